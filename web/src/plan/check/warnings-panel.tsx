/* plan/check/warnings-panel.tsx -- open warnings, worked off one by one or all of a kind. */
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Check, Warning } from '../../api/types';
import { useActiveRow } from '../../kit/active-row';
import { Grid, type GridColumn } from '../../kit/grid';
import { Empty } from '../../kit/states';
import { useWords } from '../../words/lang';
import { warningWords } from '../parts';
import type { Edits } from './use-edits';

type Numbered = Warning & { id: number };

interface Props {
  check: Check;
  edits: Edits;
  /** Shows the words of a warning, and its row where it has one. */
  onShow: (warning: Warning) => void;
}

export function WarningsPanel({ check, edits, onShow }: Props) {
  const w = useWords();
  const { t } = w;
  const open = check.version.warnings.flatMap((warning): Numbered[] => (warning.state === 'open' && warning.seq !== undefined ? [{ ...warning, id: warning.seq }] : []));
  const [active, setActive] = useActiveRow(`warnings ${check.version.summary.id}`, open);
  const [why, setWhy] = useState('');
  const current = open[active];
  const alike = current ? open.filter((warning) => warning.code === current.code) : [];
  const columns: GridColumn<Numbered>[] = [
    { key: 'what', title: t('version.warning'), width: 'minmax(160px, 2fr)', render: (row) => <span className="xj-line" title={warningWords(w, row)}>{warningWords(w, row)}</span> },
    { key: 'words', title: t('version.words'), width: 'minmax(100px, 2fr)', render: (row) => <span className="xj-line">{row.words ?? '—'}</span> },
    { key: 'task', title: t('task.one'), width: '90px', render: (row) => row.task ?? '—' },
  ];
  if (open.length === 0) return <Empty title={t('check.noWarnings')} advice={t('check.noWarningsAdvice')} />;
  const end = (warnings: readonly Numbered[], state: 'resolved' | 'dismissed'): void => {
    void edits
      .run([{ op: 'set_warnings', warnings: warnings.map((warning) => warning.id), state, ...(state === 'dismissed' ? { why: why.trim() } : {}) }])
      .then((made) => { if (made) setWhy(''); });
  };
  return (
    <>
      <Grid label={t('count.warnings')} columns={columns} rows={open} rowKey={(row) => row.id} active={active} onActive={(i) => { setActive(i); const row = open[i]; if (row) onShow(row); }} onOpen={onShow} />
      {current ? (
        <section className="xj-row-editor" aria-label={t('check.thisWarning')}>
          <p>{warningWords(w, current)} {current.words ? <q>{current.words}</q> : null}</p>
          <div className="xj-row-line">
            <Button size="small" type="primary" disabled={edits.pending} onClick={() => { end([current], 'resolved'); }}>{t('check.warningDone')}</Button>
            <Input size="small" className="xj-why" aria-label={t('check.whyNone')} placeholder={t('check.whyNone')} maxLength={500} value={why} onChange={(event) => { setWhy(event.target.value); }} />
            <Button size="small" disabled={edits.pending || !why.trim()} onClick={() => { end([current], 'dismissed'); }}>{t('check.warningNone')}</Button>
            {alike.length > 1 ? <Button size="small" disabled={edits.pending || !why.trim()} onClick={() => { end(alike, 'dismissed'); }}>{t('check.allNone', { n: alike.length })}</Button> : null}
          </div>
        </section>
      ) : (
        <p className="xj-faint">{t('check.warningsWhat')}</p>
      )}
    </>
  );
}
