/* summary/summaries-page.tsx -- 小结与报告: those there are, what is owed, and drafting one. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { programmesQuery, sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import type { ObligationRow, SummaryNew, UnitRef } from '../api/types';
import { DayField } from '../kit/day-field';
import { useActOn } from '../kit/use-act';
import { ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { UnitField } from '../kit/unit-picker';
import { instantInTable, today } from '../words/dates';
import { useWords } from '../words/lang';
import { owedReportsQuery, summariesQuery, SUMMARY_KEYS } from './summary-query';
import './summary.css';

/** The half year that DAY lies in, or (whole) its year, as first and last day. */
function daysAround(day: string, whole: boolean): { from_on: string; to_on: string } {
  const year = day.slice(0, 4);
  if (whole) return { from_on: `${year}-01-01`, to_on: `${year}-12-31` };
  return Number(day.slice(5, 7)) <= 6 ? { from_on: `${year}-01-01`, to_on: `${year}-06-30` } : { from_on: `${year}-07-01`, to_on: `${year}-12-31` };
}

function useDraftAct() {
  const navigate = useNavigate();
  return useActOn(
    SUMMARY_KEYS,
    (body: SummaryNew, key) => data(api.POST('/api/v1/summaries', { params: { header: { 'Idempotency-Key': key } }, body })),
    (made) => { void navigate(`/summaries/${made.id}`); },
  );
}

/** A half year's, of one's own unit or of the one chosen. */
function HalfYear() {
  const { t } = useWords();
  const session = useQuery(sessionQuery).data;
  const programmes = useQuery(programmesQuery).data?.items ?? [];
  const own = session?.posts.map((post) => post.unit).find((unit) => unit !== null) ?? null;
  const [chosen, setChosen] = useState<UnitRef | null>();
  const [days, setDays] = useState(() => daysAround(today(), false));
  const [programme, setProgramme] = useState<number>();
  const unit = chosen === undefined ? own : chosen;
  const about = programme ?? programmes[0]?.id;
  const act = useDraftAct();
  return (
    <section className="xj-summary-new" aria-label={t('summary.half_year')}>
      <h2>{t('summary.half_year')}</h2>
      {act.error ? <ProblemNote error={act.error} /> : null}
      <div className="xj-summary-line">
        {programmes.length > 1 ? (
          <label>
            {t('frame.programme')}{' '}
            <select value={about} onChange={(event) => { setProgramme(Number(event.target.value)); }}>
              {programmes.map((p) => <option key={p.id} value={p.id}>{p.name}</option>)}
            </select>
          </label>
        ) : null}
        <UnitField label={t('summary.unit')} value={unit} onChange={setChosen} />
        <DayField aria-label={t('summary.from')} value={days.from_on} onChange={(day) => { setDays({ ...days, from_on: day ?? '' }); }} />
        <DayField aria-label={t('summary.to')} value={days.to_on} onChange={(day) => { setDays({ ...days, to_on: day ?? '' }); }} />
        <Button
          type="primary"
          loading={act.isPending}
          disabled={unit === null || about === undefined || !days.from_on || !days.to_on}
          onClick={() => { if (unit && about !== undefined) act.mutate({ kind: 'half_year', programme: about, unit: unit.id, ...days }); }}
        >
          {t('summary.draft')}
        </Button>
      </div>
    </section>
  );
}

function Owed({ row }: { row: ObligationRow }) {
  const w = useWords();
  const act = useDraftAct();
  const kind = row.kind === 'annual_monitoring_report' ? row.kind : 'annual_evaluation_report';
  return (
    <li>
      <span className="xj-grow">
        {row.unit_name}{w.t('summary.colon')}{w.t(`summary.${kind}`)} <span className="xj-faint">{w.t('summary.due', { date: row.due })}</span>
      </span>
      <Button size="small" loading={act.isPending} aria-label={w.t('summary.draftOf', { unit: row.unit_name })} onClick={() => { act.mutate({ kind, obligation: row.id, ...daysAround(row.due, true) }); }}>
        {w.t('summary.draft')}
      </Button>
      {act.error ? <ProblemNote error={act.error} /> : null}
    </li>
  );
}

function OwedReports() {
  const { t } = useWords();
  const owed = useQuery(owedReportsQuery);
  if (!owed.data || owed.data.length === 0) return null;
  return (
    <section className="xj-summary-new" aria-label={t('summary.owed')}>
      <h2>{t('summary.owed')}</h2>
      <ul className="xj-summary-owed">{owed.data.map((row) => <Owed key={row.id} row={row} />)}</ul>
    </section>
  );
}

export function SummariesPage() {
  const { t } = useWords();
  const right = useRights();
  const query = useInfiniteQuery(summariesQuery);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  useTitle(t('nav.summaries'));
  return (
    <section className="xj-page">
      <header className="xj-page-head"><h1>{t('nav.summaries')}</h1></header>
      <div className="xj-summary">
        {right('return.draft') ? <><HalfYear /><OwedReports /></> : null}
        <Answer query={query}>
          {() =>
            rows.length === 0 ? (
              <Empty title={t('summary.none')} advice={t('summary.noneAdvice')} />
            ) : (
              <>
                <table className="xj-summary-table" aria-label={t('nav.summaries')}>
                  <thead>
                    <tr>
                      <th>{t('summary.heading')}</th>
                      <th>{t('summary.unit')}</th>
                      <th>{t('summary.days')}</th>
                      <th>{t('summary.state')}</th>
                      <th>{t('summary.last')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <td><Link to={`/summaries/${row.id}`}>{row.heading}</Link></td>
                        <td>{row.unit.name}</td>
                        <td>{t('inspect.fromTo', { from: row.from_on, to: row.to_on })}</td>
                        <td>{row.sent_on ? t('summary.sentOn', { date: row.sent_on }) : t('summary.isDraft')}</td>
                        <td>{row.by} {instantInTable(row.at)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
                {query.hasNextPage ? <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('summary.more')}</Button> : null}
              </>
            )
          }
        </Answer>
      </div>
    </section>
  );
}
