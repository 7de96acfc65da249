/* duty/return-review.tsx -- the office's word on a row: accept it, or send it back with a remark. */
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { ReportRow } from '../api/types';
import { useWords } from '../words/lang';
import { SaidRow } from './return-row';

const REMARK_MAX = 1000;
const QUOTE_MAX = 500;

/** The words that are marked on the page, where they lie inside BOX. */
function marked(box: HTMLElement | null): string {
  const selection = window.getSelection();
  if (!box || !selection || selection.rangeCount === 0 || !box.contains(selection.anchorNode)) return '';
  return selection.toString().trim().slice(0, QUOTE_MAX);
}

interface Props {
  row: ReportRow;
  current: boolean;
  busy: boolean;
  judge: (accepted: boolean, why?: string, quote?: string) => void;
}

export function ReviewRow({ row, current, busy, judge }: Props) {
  const { t } = useWords();
  const [box, setBox] = useState<HTMLElement | null>(null);
  const [back, setBack] = useState<{ quote: string; why: string } | null>(null);
  const id = useId();
  return (
    <div className={current ? 'xj-judge xj-current' : 'xj-judge'} ref={setBox}>
      <SaidRow row={row} />
      {row.state === 'sent' && row.judge !== null ? <p className="xj-faint">{t('return.judgedBy', { name: row.judge })}</p> : null}
      {row.state === 'sent' && row.judge === null && !back ? (
        <p className="xj-acts xj-no-print">
          <Button size="small" type="primary" disabled={busy} onClick={() => { judge(true); }}>{t('return.accept')}</Button>
          <Button size="small" className="xj-back" disabled={busy} onClick={() => { setBack({ quote: marked(box), why: '' }); }}>{t('return.sendBack')}</Button>
        </p>
      ) : null}
      {back ? (
        <form
          className="xj-no-print"
          onSubmit={(event) => {
            event.preventDefault();
            if (back.why.trim()) judge(false, back.why.trim(), back.quote);
          }}
        >
          {back.quote ? <p>{t('return.about')}<q>{back.quote}</q></p> : <p className="xj-faint">{t('return.markFirst')}</p>}
          <label htmlFor={`${id}w`}>{t('return.whyBack')}</label>
          <Input.TextArea
            id={`${id}w`}
            autoFocus
            required
            maxLength={REMARK_MAX}
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={back.why}
            onChange={(event) => { setBack({ ...back, why: event.target.value }); }}
            onKeyDown={(event) => { if (event.key === 'Escape') setBack(null); }}
          />
          <p className="xj-acts">
            <Button size="small" type="primary" htmlType="submit" disabled={busy || !back.why.trim()}>{t('return.sendBack')}</Button>
            <Button size="small" onClick={() => { setBack(null); }}>{t('act.cancel')}</Button>
          </p>
        </form>
      ) : null}
    </div>
  );
}
