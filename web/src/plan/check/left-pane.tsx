/* plan/check/left-pane.tsx -- the left half of 校核: the file as it looks where it has pages, or its text. */
import { useQuery } from '@tanstack/react-query';
import { ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useMemo } from 'react';
import type { Check } from '../../api/types';
import { Problem } from '../../api/problem';
import { useRemembered } from '../../kit/remembered';
import { useWords } from '../../words/lang';
import type { Layout } from '../document-layout';
import type { RegisterText } from '../register-text';
import { PAGE_WIDTH, PagePane } from './page-pane';
import { pageQuery } from './page-query';
import { placesOf, type FieldPlace } from './source-index';
import { SourcePane } from './source-pane';

const LOOKS = ['page', 'text'] as const;
/** Of the pane's width, in percent. */
const ZOOMS = ['100', '150', '200'] as const;

/** Whether the file's pages can be seen: some files have places on pages and no pictures of them. */
function useHasPages(version: number, register: RegisterText): boolean {
  const some = register.pages.length > 0;
  const first = useQuery({ ...pageQuery(version, register.pages[0]?.page ?? 1, PAGE_WIDTH), enabled: some });
  const none = first.error instanceof Problem && (first.error.code === 'unsupported_kind' || first.error.code === 'not_found');
  return some && !none;
}

interface Props {
  check: Check;
  register: RegisterText;
  layout: Layout;
  /** Of the chosen row's fields. */
  places: readonly FieldPlace[];
  /** The field that has the focus, or null. */
  focused: string | null;
  onPick: (byte: number) => void;
}

export function LeftPane({ check, register, layout, places, focused, onPick }: Props) {
  const { t } = useWords();
  const { id } = check.version.summary;
  const [look, setLook] = useRemembered('check.look', LOOKS);
  const [zoom, setZoom] = useRemembered('check.zoom', ZOOMS);
  const hasPages = useHasPages(id, register);
  const step = ZOOMS.indexOf(zoom);
  const zoomTo = (to: number): void => {
    const next = ZOOMS[to];
    if (next) setZoom(next);
  };
  const all = useMemo(() => (hasPages ? check.tasks.flatMap(placesOf) : []), [hasPages, check.tasks]);
  return (
    <div className="xj-check-left">
      {hasPages ? (
        <div className="xj-row-line xj-no-print">
          <Segmented
            size="small"
            aria-label={t('check.look')}
            options={LOOKS.map((value) => ({ value, label: t(`check.look.${value}`) }))}
            value={look}
            onChange={setLook}
          />
          {look === 'page' ? (
            <>
              <Button size="small" icon={<ZoomOutOutlined />} aria-label={t('check.zoomOut')} disabled={step === 0} onClick={() => { zoomTo(step - 1); }} />
              <Button size="small" icon={<ZoomInOutlined />} aria-label={t('check.zoomIn')} disabled={step === ZOOMS.length - 1} onClick={() => { zoomTo(step + 1); }} />
            </>
          ) : null}
        </div>
      ) : null}
      {hasPages && look === 'page' ? (
        <PagePane version={id} places={register.pages} all={all} fields={places} focused={focused} zoom={Number(zoom)} onPick={onPick} />
      ) : (
        <SourcePane layout={layout} places={places} focused={focused} onPick={onPick} />
      )}
    </div>
  );
}
