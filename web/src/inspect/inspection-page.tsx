/* inspect/inspection-page.tsx -- one campaign: what it asks of the units, its visits, findings, circulars. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { api, data } from '../api/client';
import { Problem } from '../api/problem';
import type { Inspection } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { Answer } from '../kit/states';
import { useTitle } from '../kit/title';
import { More, Wide } from '../kit/wide';
import { useWords } from '../words/lang';
import { InspectionForm } from './inspection-form';
import { circularsQuery, findingsQuery, inspectionQuery } from './inspect-query';
import { FindingTable, InspectionState, useAct, useRight, VisitState } from './parts';
import { VisitForm } from './visit-form';

function Facts({ row }: { row: Inspection }) {
  const { t } = useWords();
  const names = (of: boolean): string => row.people.filter((p) => p.of_team === of).map((p) => (p.leads ? t('inspect.leads', { name: p.person.name }) : p.person.name)).join('、');
  return (
    <section aria-label={t('inspect.facts')}>
      <dl className="xj-facts">
        <dt>{t('inspect.basis')}</dt>
        <dd>{row.basis || '—'}</dd>
        <dt>{t('inspect.time')}</dt>
        <dd>{t('inspect.fromTo', { from: row.from_on, to: row.to_on })}</dd>
        <dt>{t('inspect.team')}</dt>
        <dd>{names(true) || '—'}</dd>
        {row.inside ? (
          <>
            <dt>{t('inspect.office')}</dt>
            <dd>{names(false) || '—'}</dd>
          </>
        ) : null}
        {row.note ? (
          <>
            <dt>{t('inspect.note')}</dt>
            <dd>{row.note}</dd>
          </>
        ) : null}
      </dl>
    </section>
  );
}

/** Visits for each unit, this campaign's and all of the year: what it asks of them. */
function Burden({ row }: { row: Inspection }) {
  const { t } = useWords();
  const year = row.from_on.slice(0, 4);
  return (
    <div className="xj-inspect-card">
      <h2>{t('inspect.burden', { year })}</h2>
      <Wide label={t('inspect.burden', { year })}>
        <table>
          <thead>
            <tr>
              <th>{t('inspect.unit')}</th>
              <th className="xj-right">{t('inspect.planned')}</th>
              <th className="xj-right">{t('inspect.yearPlanned')}</th>
              <th className="xj-right">{t('inspect.yearMade')}</th>
              <th className="xj-right">{t('inspect.yearCampaigns')}</th>
            </tr>
          </thead>
          <tbody>
            {row.units.map((u) => (
              <tr key={u.unit.id}>
                <td>{u.unit.name}</td>
                <td className="xj-number-cell">{u.planned}</td>
                <td className="xj-number-cell">{u.year_planned}</td>
                <td className="xj-number-cell">{u.year_made}</td>
                <td className="xj-number-cell">{u.year_campaigns}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </div>
  );
}

function Visits({ row }: { row: Inspection }) {
  const { t } = useWords();
  const mayPlan = useRight('inspection.change') && row.inside && row.state !== 'closed';
  return (
    <div className="xj-inspect-card">
      <div className="xj-inspect-bar">
        <h2>{t('inspect.visits')}</h2>
        {mayPlan ? <VisitForm campaign={row} /> : null}
      </div>
      {row.visits.length === 0 ? (
        <p className="xj-faint">{t('inspect.noVisits')}</p>
      ) : (
        <Wide stack label={t('inspect.visits')}>
          <table>
            <thead>
              <tr>
                <th>{t('inspect.day')}</th>
                <th>{t('inspect.unit')}</th>
                <th>{t('inspect.way')}</th>
                <th>{t('inspect.stateHead')}</th>
                <th className="xj-right">{t('inspect.findings')}</th>
              </tr>
            </thead>
            <tbody>
              {row.visits.map((visit) => (
                <tr key={visit.id}>
                  <td><Link to={`/visits/${visit.id}`}>{visit.visit_on}</Link></td>
                  <td>{visit.unit.name}</td>
                  <td>{t(visit.announced ? 'inspect.announced' : 'inspect.unannounced')}</td>
                  <td><VisitState visit={visit} /></td>
                  <td className="xj-number-cell" data-label={t('inspect.findings')}>{visit.findings}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
    </div>
  );
}

function Findings({ row }: { row: Inspection }) {
  const { t } = useWords();
  const query = useInfiniteQuery(findingsQuery({ inspection: row.id }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="xj-inspect-card">
      <h2>{t('inspect.findings')}</h2>
      <Answer query={query} rows={3}>
        {() => (rows.length === 0 ? <p className="xj-faint">{t('inspect.noFindings')}</p> : <><FindingTable rows={rows} label={t('inspect.findings')} /><More query={query} /></>)}
      </Answer>
    </div>
  );
}

function Circulars({ row }: { row: Inspection }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const query = useInfiniteQuery(circularsQuery(row.id));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const mayWrite = useRight('inspection.change') && row.inside && row.state !== 'draft';
  const draft = useAct(
    (inspection: number, key) => data(api.POST('/api/v1/inspections/{inspection}/circulars', { params: { path: { inspection }, header: { 'Idempotency-Key': key } } })),
    (made) => { void navigate(`/circulars/${made.id}`); },
  );
  if (rows.length === 0 && !mayWrite) return null;
  return (
    <div className="xj-inspect-card">
      <div className="xj-inspect-bar">
        <h2>{t('inspect.show.circulars')}</h2>
        {mayWrite ? <Button size="small" className="xj-no-print" loading={draft.isPending} onClick={() => { draft.mutate(row.id); }}>{t('inspect.draftCircular')}</Button> : null}
      </div>
      {draft.error ? <ProblemNote error={draft.error} /> : null}
      <ul className="xj-history">
        {rows.map((c) => (
          <li key={c.id}>
            <Link to={`/circulars/${c.id}`}>{c.title}</Link>{' '}
            <span className="xj-faint">{c.published_on ? t('inspect.publishedOn', { date: c.published_on }) : t('inspect.circularDraft')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Issue and close; before issuing, what the campaign asks of the units is shown once more. */
function Acts({ row }: { row: Inspection }) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const may = useRight('inspection.change') && row.inside;
  const act = useAct((move: 'issue' | 'close', key) =>
    data(api.POST('/api/v1/inspections/{inspection}/moves', {
      params: { path: { inspection: row.id }, header: { 'If-Match': `"${row.version}"`, 'Idempotency-Key': key } },
      body: { move },
    })),
  );
  const most = row.units.reduce((found, u) => (u.year_planned > found.n ? { n: u.year_planned, name: u.unit.name } : found), { n: 0, name: '' });
  const ask = (move: 'issue' | 'close'): void => {
    modal.confirm({
      title: t(`inspect.${move}`),
      content: move === 'issue' ? t('inspect.issueAsks', { units: row.units.length, visits: row.units.reduce((sum, u) => sum + u.planned, 0), name: most.name, most: most.n }) : t('inspect.closeAsks'),
      okText: t(`inspect.${move}`),
      cancelText: t('act.cancel'),
      onOk: () => { act.mutate(move); },
    });
  };
  return (
    <div className="xj-inspect-bar xj-no-print">
      {may && row.state !== 'closed' ? <InspectionForm made={row} /> : null}
      {may && row.state === 'draft' ? <Button type="primary" size="small" loading={act.isPending} onClick={() => { ask('issue'); }}>{t('inspect.issue')}</Button> : null}
      {may && row.state === 'issued' ? <Button size="small" loading={act.isPending} onClick={() => { ask('close'); }}>{t('inspect.close')}</Button> : null}
      <Button size="small" onClick={() => { window.print(); }}>{t('print.act')}</Button>
      {act.error ? <ProblemNote error={act.error} /> : null}
    </div>
  );
}

export function InspectionPage() {
  const { t } = useWords();
  const id = Number(useParams().inspection);
  const query = useQuery({ ...inspectionQuery(id), enabled: id > 0 });
  useTitle(query.data?.title ?? t('nav.inspections'));
  return (
    <section className="xj-page">
      <Answer query={id > 0 ? query : { data: undefined, error: new Problem('not_found'), refetch: () => undefined }}>
        {(row) => (
          <div className="xj-inspect xj-upright">
            <header className="xj-page-head">
              <Link className="xj-no-print" to="/inspections">{t('nav.inspections')}</Link>
              <h1>{row.title}</h1>
              <span><InspectionState row={row} /></span>
            </header>
            <Acts row={row} />
            <Facts row={row} />
            <Burden row={row} />
            <Visits row={row} />
            <Findings row={row} />
            <Circulars row={row} />
          </div>
        )}
      </Answer>
    </section>
  );
}
