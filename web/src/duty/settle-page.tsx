/*
 * duty/settle-page.tsx -- what a published document leaves open, settled at once and by rule: who leads,
 * how often it is returned, by which way county figures come, which counties take part.
 */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Popconfirm, Select } from 'antd';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, data } from '../api/client';
import type { components } from '../api/schema.gen';
import type { DutyRow } from '../api/types';
import { Answer, Empty, Loading } from '../kit/states';
import { useTitle } from '../kit/title';
import { UnitPicker } from '../kit/unit-picker';
import { useActOn } from '../kit/use-act';
import { useWords } from '../words/lang';
import { CountyChoice } from './county-choice';
import { DUTY_KEYS, dutiesQuery } from './duty-query';
import { CADENCES, type Cadence } from './duty-words';
import { DutyLink, Refused } from './parts';
import './settle.css';

type SettleAnswer = components['schemas']['SettleAnswer'];
type Open = DutyRow['unsettled'][number];

/** In the order in which they are settled: who returns before how often. */
const OPEN: readonly Open[] = ['lead', 'cadence', 'way', 'counties'];

interface Group {
  key: string;
  label: string;
  /** Which duty tasks an answer about the group means. */
  which: Pick<SettleAnswer, 'owner' | 'action_no'>;
  rows: DutyRow[];
}

/** The rows that leave WORD open: by their proposed lead, else by their action. */
function groupsOf(rows: readonly DutyRow[], word: Open): Group[] {
  const found = new Map<string, Group>();
  for (const row of rows) {
    if (!row.unsettled.includes(word)) continue;
    const byLead = word === 'lead';
    const key = String(byLead ? row.owner : row.action_no);
    const group = found.get(key) ?? { key, label: byLead ? row.owner_name : row.action, which: byLead ? { owner: row.owner } : { action_no: row.action_no }, rows: [] };
    group.rows.push(row);
    found.set(key, group);
  }
  return [...found.values()];
}

interface ActsProps {
  word: Open;
  /** Of a group, or of one row. */
  rows: readonly DutyRow[];
  pending: boolean;
  onSay: (answer: SettleAnswer) => void;
}

/** What can be said of ROWS; the first is what is proposed. */
function Acts({ word, rows, pending, onSay }: ActsProps) {
  const w = useWords();
  const { t } = w;
  const one = <T,>(values: readonly T[]): T | undefined => (new Set(values).size === 1 ? values[0] : undefined);
  switch (word) {
    case 'lead':
      return (
        <>
          <Button size="small" type="primary" disabled={pending} onClick={() => { onSay({ keep: true }); }}>{t('settle.keepLead', { unit: rows[0]?.owner_name ?? '' })}</Button>
          <UnitPicker label={t('settle.otherLead')} onPick={(_, id) => { if (id !== undefined) onSay({ lead: id }); }} />
        </>
      );
    case 'cadence':
      return (
        <>
          <Button size="small" type="primary" disabled={pending} onClick={() => { onSay({ keep: true }); }}>
            {t('settle.keepAs', { what: w.tCode('cadence', one(rows.map((row) => row.cadence)) ?? 'mixed') })}
          </Button>
          <Select
            size="small"
            aria-label={t('settle.otherCadence')}
            placeholder={t('settle.otherCadence')}
            popupMatchSelectWidth={false}
            disabled={pending}
            value={null}
            options={CADENCES.map((c) => ({ value: c, label: w.tCode('cadence', c) }))}
            onChange={(cadence: Cadence | null) => { if (cadence) onSay({ cadence }); }}
          />
        </>
      );
    case 'way': {
      const proposed = one(rows.map((row) => row.way));
      return (['area', 'line'] as const).map((way) => (
        <Button key={way} size="small" type={way === proposed ? 'primary' : 'default'} disabled={pending} onClick={() => { onSay({ way }); }}>
          {t(`settle.${way}`)}
        </Button>
      ));
    }
    default:
      return (
        <>
          <Button size="small" type="primary" disabled={pending} onClick={() => { onSay({ keep: true }); }}>{t('settle.keepCounties')}</Button>
          <CountyChoice onSay={(counties) => { onSay({ counties }); }} />
        </>
      );
  }
}

function GroupRow({ word, group, pending, onSay }: { word: Open; group: Group; pending: boolean; onSay: (answer: SettleAnswer) => void }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <tbody>
      <tr>
        <th scope="row">
          <Button size="small" type="link" aria-expanded={open} onClick={() => { setOpen(!open); }}>
            {t('filter.counted', { name: group.label || t('settle.noAction'), n: group.rows.length })}
          </Button>
        </th>
        <td className="xj-settle-acts">
          <Acts word={word} rows={group.rows} pending={pending} onSay={(answer) => { onSay({ ...group.which, ...answer }); }} />
        </td>
      </tr>
      {open
        ? group.rows.map((row) => (
            <tr key={row.id}>
              <td className="xj-settle-one"><DutyLink id={row.id} no={row.no} title={row.title} /></td>
              <td className="xj-settle-acts">
                <Acts word={word} rows={[row]} pending={pending} onSay={(answer) => { onSay({ duties: [row.id], ...answer }); }} />
              </td>
            </tr>
          ))
        : null}
    </tbody>
  );
}

function Section({ word, rows, pending, onSay }: { word: Open; rows: readonly DutyRow[]; pending: boolean; onSay: (answer: SettleAnswer) => void }) {
  const { t } = useWords();
  const groups = useMemo(() => groupsOf(rows, word), [rows, word]);
  if (groups.length === 0) return null;
  const n = groups.reduce((sum, group) => sum + group.rows.length, 0);
  const say = (answer: SettleAnswer): void => { onSay({ open: word, ...answer }); };
  return (
    <section aria-labelledby={`settle-${word}`}>
      <div className="xj-row-line">
        <h2 id={`settle-${word}`}>{t('filter.counted', { name: t(`duty.unsettled.${word}`), n })}</h2>
        <span className="xj-faint">{t(`settle.what.${word}`)}</span>
        <span className="xj-grow" />
        <Button size="small" disabled={pending} onClick={() => { say({ keep: true }); }}>{t('settle.keepSection')}</Button>
      </div>
      <table className="xj-table xj-settle-table">
        <thead>
          <tr>
            <th scope="col">{t(word === 'lead' ? 'settle.proposedLead' : 'task.action')}</th>
            <th scope="col">{t('settle.say')}</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <GroupRow key={group.key} word={word} group={group} pending={pending} onSay={say} />
        ))}
      </table>
    </section>
  );
}

function Sections({ document, rows, end }: { document: number; rows: readonly DutyRow[]; end: ReactNode }) {
  const { t } = useWords();
  const act = useActOn(DUTY_KEYS, (answer: SettleAnswer, key) =>
    data(api.POST('/api/v1/documents/{document}/settle', { params: { path: { document }, header: { 'Idempotency-Key': key } }, body: { answers: [answer] } })),
  );
  const say = (answer: SettleAnswer): void => { act.mutate(answer); };
  if (rows.length === 0) return <Empty title={t('settle.nothing')} advice={t('settle.nothingAdvice')} />;
  return (
    <>
      <p>
        {t('settle.intro', { n: rows.length })}{' '}
        <Popconfirm title={t('settle.keepAllTitle', { n: rows.length })} okText={t('settle.keepAll')} cancelText={t('act.cancel')} onConfirm={() => { say({ keep: true }); }}>
          <Button type="primary" disabled={act.isPending}>{t('settle.keepAll')}</Button>
        </Popconfirm>
      </p>
      <Refused error={act.error} />
      {OPEN.map((word) => (
        <Section key={word} word={word} rows={rows} pending={act.isPending} onSay={say} />
      ))}
      {end}
    </>
  );
}

export function SettlePage() {
  const { t } = useWords();
  const { document: param } = useParams();
  const document = Number(param) || 0;
  const head = useQuery({
    queryKey: ['document', document],
    queryFn: ({ signal }) => data(api.GET('/api/v1/documents/{document}', { params: { path: { document } }, signal })),
  });
  const query = useInfiniteQuery(dutiesQuery({ document, unsettled: true }));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { hasNextPage, isFetching, fetchNextPage } = query;
  // groups are of all rows: the rest follows by itself
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  useTitle(t('settle.heading'));
  return (
    <section className="xj-page xj-settle-page">
      <p className="xj-crumb xj-no-print">
        <Link to={`/documents/${document}`}>← {head.data?.title ?? t('nav.documents')}</Link>
      </p>
      <h1 className="xj-title">{t('settle.heading')}</h1>
      <Answer query={query}>{() => <Sections document={document} rows={rows} end={hasNextPage ? <Loading /> : null} />}</Answer>
    </section>
  );
}
