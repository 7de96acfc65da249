/* inspect/inspections-page.tsx -- 督导整改: campaigns, what is to be set right, circulars. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { CircularRow } from '../api/types';
import { ExportSheet } from '../kit/export-sheet';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { More, Wide } from '../kit/wide';
import { useWords } from '../words/lang';
import { InspectionForm } from './inspection-form';
import { circularsQuery, findingsQuery, inspectionsQuery } from './inspect-query';
import { FindingTable, InspectionState, useRight } from './parts';

const SHOWN = ['campaigns', 'open', 'closed', 'circulars'] as const;
type Which = (typeof SHOWN)[number];

function Campaigns() {
  const { t } = useWords();
  const query = useInfiniteQuery(inspectionsQuery);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Answer query={query}>
      {() =>
        rows.length === 0 ? (
          <Empty title={t('inspect.none')} advice={t('inspect.noneAdvice')} />
        ) : (
          <>
            <Wide stack label={t('inspect.show.campaigns')}>
              <table>
                <thead>
                  <tr>
                    <th>{t('inspect.title')}</th>
                    <th>{t('inspect.basis')}</th>
                    <th>{t('inspect.time')}</th>
                    <th>{t('inspect.stateHead')}</th>
                    <th>{t('inspect.by')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id}>
                      <td><Link to={`/inspections/${row.id}`}>{row.title}</Link></td>
                      <td data-label={t('inspect.basis')}>{row.basis}</td>
                      <td data-label={t('inspect.time')}>{t('inspect.fromTo', { from: row.from_on, to: row.to_on })}</td>
                      <td><InspectionState row={row} /></td>
                      <td data-label={t('inspect.by')}>{row.created_by}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Wide>
            <More query={query} />
          </>
        )
      }
    </Answer>
  );
}

function Findings({ stands, action, onAction }: { stands: 'open' | 'closed'; action: number | undefined; onAction: (action: number | undefined) => void }) {
  const { t } = useWords();
  const all = useInfiniteQuery(findingsQuery({ stands }));
  const query = useInfiniteQuery(findingsQuery({ stands, ...(action === undefined ? {} : { action_no: action }) }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const actions = new Map((all.data?.pages.flatMap((page) => page.items) ?? []).flatMap((row) => (row.action_no === null ? [] : [[row.action_no, row.action ?? ''] as const])));
  return (
    <Answer query={query}>
      {() =>
        rows.length === 0 && action === undefined ? (
          <Empty title={t('inspect.noFindings')} />
        ) : (
          <>
            {actions.size > 0 ? (
              <p className="xj-no-print">
                <Select<number>
                  size="small"
                  allowClear
                  aria-label={t('task.action')}
                  placeholder={t('task.action')}
                  popupMatchSelectWidth={false}
                  {...(action === undefined ? {} : { value: action })}
                  options={[...actions].map(([value, label]) => ({ value, label }))}
                  onChange={(value: number | undefined) => { onAction(value); }}
                />
              </p>
            ) : null}
            <FindingTable rows={rows} label={t(`inspect.show.${stands}`)} />
            <More query={query} />
          </>
        )
      }
    </Answer>
  );
}

function Circulars() {
  const { t } = useWords();
  const query = useInfiniteQuery(circularsQuery());
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Answer query={query}>
      {() => (rows.length === 0 ? <Empty title={t('inspect.noCirculars')} /> : <><CircularList rows={rows} /><More query={query} /></>)}
    </Answer>
  );
}


function CircularList({ rows }: { rows: readonly CircularRow[] }) {
  const { t } = useWords();
  return (
    <ul className="xj-history">
      {rows.map((row) => (
        <li key={row.id}>
          <Link to={`/circulars/${row.id}`}>{row.title}</Link>{' '}
          <span className="xj-faint">{row.published_on ? t('inspect.publishedOn', { date: row.published_on }) : t('inspect.circularDraft')}</span>
        </li>
      ))}
    </ul>
  );
}

export function InspectionsPage() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const mayPlan = useRight('inspection.change');
  const which: Which = SHOWN.find((name) => name === search.get('show')) ?? 'campaigns';
  const chosen = search.get('action') ?? '';
  const action = /^\d{1,4}$/.test(chosen) ? Number(chosen) : undefined;
  useTitle(t('nav.inspections'));
  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('nav.inspections')}</h1>
        <Segmented<Which>
          size="small"
          aria-label={t('inspect.show')}
          value={which}
          options={SHOWN.map((name) => ({ value: name, label: t(`inspect.show.${name}`) }))}
          onChange={(name) => { setSearch(name === 'campaigns' ? {} : { show: name }); }}
        />
        <span className="xj-grow" />
        {which === 'campaigns' ? <ExportSheet list="inspections" /> : which === 'circulars' ? <ExportSheet list="circulars" /> : <ExportSheet list="findings" query={{ stands: which, action_no: action }} />}
        {mayPlan ? <InspectionForm /> : null}
      </header>
      {which === 'campaigns' ? <Campaigns /> : which === 'circulars' ? <Circulars /> : <Findings key={which} stands={which} action={action} onAction={(no) => { setSearch({ show: which, ...(no === undefined ? {} : { action: String(no) }) }); }} />}
    </section>
  );
}
