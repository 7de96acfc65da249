/* kit/export-sheet.tsx -- the list that is shown, whole, as a spreadsheet. */
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { DownloadButton } from './download-button';

export type SheetList =
  | 'aliases'
  | 'areas'
  | 'circulars'
  | 'deliveries'
  | 'documents'
  | 'duties'
  | 'findings'
  | 'inspection-burden'
  | 'inspections'
  | 'obligations'
  | 'orders'
  | 'receipts'
  | 'requests';

interface Props {
  list: SheetList;
  /** The filters of the list, as its query has them. */
  query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  disabled?: boolean;
  /** Where a page exports more than one list. */
  label?: string;
}

export function ExportSheet({ list, query = {}, disabled = false, label }: Props) {
  const { t, lang } = useWords();
  const asked = new URLSearchParams({ lang });
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null) asked.set(name, String(value));
  return (
    <span className="xj-no-print">
      <DownloadButton
        label={label ?? t('export.act')}
        url={`/api/v1/${list}/export.xlsx?${asked.toString()}`}
        name={`${t(`sheet.${list}`)} ${today()}.xlsx`}
        disabled={disabled}
      />
    </span>
  );
}
