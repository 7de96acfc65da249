/* duty/backfill-lines.tsx -- the rows of a ledger, one line each; one of them opened beside them. */
import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { BackfillChoice, BackfillLine, BackfillPreview } from '../api/types';
import { Grid, type GridColumn } from '../kit/grid';
import { ItemDrawer } from '../kit/item-drawer';
import { Empty } from '../kit/states';
import { useWords, type Words } from '../words/lang';
import { placeOf, wantsPerson, type Choices } from './backfill-query';
import { BackfillRow, faultWords } from './backfill-row';

const ACTS = ['record', 'choose', 'unknown', 'wrong', 'same', 'left', 'silent'] as const;
type Shown = (typeof ACTS)[number] | 'all' | 'person';

/** What becomes of LINE, in short. */
function recordWords({ t, tCode }: Words, line: BackfillLine): string {
  const said = (words: string, part: string): string => (part === 'added' ? words : t('backfill.short.part', { words, part: tCode('backfill.part', part) }));
  const parts = line.state ? [said(t('backfill.short.state', { state: t(`backfill.state.${line.state.to}`), date: line.state.on }), line.state.part)] : [];
  for (const r of line.returns) parts.push(said((r.county ? `${r.county} ` : '') + t(r.sent_on ? 'backfill.short.return' : 'backfill.short.draft', { due: r.due, sent: r.sent_on ?? '' }), r.part));
  if (line.percent !== null) parts.push(t('backfill.short.percent', { n: line.percent }));
  return parts.join(t('list.semicolon'));
}

function useColumns(): GridColumn<BackfillLine>[] {
  const w = useWords();
  return useMemo(() => {
    const { t } = w;
    return [
      { key: 'place', title: t('backfill.place'), width: '130px', render: (l) => t('roster.row', { sheet: l.sheet, row: l.row }) },
      { key: 'act', title: t('backfill.act'), width: '76px', render: (l) => <span className={wantsPerson(l) ? 'xj-bad' : undefined}>{t(`backfill.act.${l.act}`)}</span> },
      { key: 'task', title: t('backfill.inLedger'), width: 'minmax(160px, 2fr)', render: (l) => <span title={l.task}>{[l.no, l.task].filter(Boolean).join(' ')}</span> },
      {
        key: 'duty',
        title: t('backfill.laidTo'),
        width: 'minmax(160px, 2fr)',
        render: (l) => (l.duty ? <span title={l.likely[0]?.title}>{l.likely[0]?.title} <span className="xj-faint">{t(`backfill.by.${l.by ?? 'hand'}`)}</span></span> : '—'),
      },
      { key: 'record', title: t('backfill.records'), width: 'minmax(200px, 3fr)', render: (l) => { const words = recordWords(w, l); return <span title={words}>{words}</span>; } },
      {
        key: 'faults',
        title: t('backfill.faults'),
        width: 'minmax(160px, 2fr)',
        render: (l) => {
          const words = l.faults.map((f) => faultWords(w, f)).join(t('list.semicolon'));
          return <span title={words} className={l.faults.some((f) => f.stops) ? 'xj-bad' : undefined}>{words}</span>;
        },
      },
    ];
  }, [w]);
}

export function BackfillLines({ seen, document, choices, onDecide, busy }: {
  seen: BackfillPreview; document: number; choices: Choices; onDecide: (choice: BackfillChoice) => void; busy: boolean;
}) {
  const { t } = useWords();
  const people = useMemo(() => seen.lines.filter(wantsPerson), [seen]);
  const [shown, setShown] = useState<Shown>(people.length > 0 ? 'person' : 'all');
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState<string | null>(null);
  const columns = useColumns();
  const rows = useMemo(
    () => (shown === 'all' ? seen.lines : shown === 'person' ? people : seen.lines.filter((l) => l.act === shown)),
    [seen, people, shown],
  );
  const line = seen.lines.find((l) => placeOf(l) === open);
  return (
    <>
      <Segmented<Shown>
        aria-label={t('backfill.shown')}
        value={shown}
        onChange={(next: Shown) => {
          setShown(next);
          setActive(-1);
          setOpen(null);
        }}
        options={[
          { value: 'all', label: t('backfill.all', { n: seen.lines.length }) },
          { value: 'person', label: t('backfill.person', { n: people.length }) },
          ...ACTS.filter((act) => seen.counts[act] > 0).map((act) => ({ value: act, label: t('roster.actCount', { act: t(`backfill.act.${act}`), n: seen.counts[act] }) })),
        ]}
      />
      {rows.length === 0 ? (
        <Empty title={t(shown === 'person' ? 'backfill.noPerson' : 'roster.noneShown')} />
      ) : (
        <Grid
          label={t('backfill.lines')}
          columns={columns}
          rows={rows}
          rowKey={placeOf}
          minWidth={1000}
          active={active}
          onActive={(index) => {
            setActive(index);
            if (open !== null && rows[index]) setOpen(placeOf(rows[index]));
          }}
          onOpen={(l) => { setOpen(placeOf(l)); }}
          fit
        />
      )}
      {line ? (
        <ItemDrawer label={t('backfill.rowTitle', { sheet: line.sheet, row: line.row })} onClose={() => { setOpen(null); }}>
          <BackfillRow key={`${placeOf(line)} ${seen.token}`} line={line} document={document} choice={choices[placeOf(line)]} onDecide={onDecide} busy={busy} />
        </ItemDrawer>
      ) : null}
    </>
  );
}
