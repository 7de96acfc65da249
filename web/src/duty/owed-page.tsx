/* duty/owed-page.tsx -- 应办: what is due, by day; a return opens to be filled or reviewed. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useCallback, useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { ObligationRow } from '../api/types';
import { useActiveRow } from '../kit/active-row';
import { DaysLeft } from '../kit/days-left';
import { ExportSheet } from '../kit/export-sheet';
import { Grid, type GridColumn } from '../kit/grid';
import { useNarrow } from '../kit/narrow';
import { OwedLink, owedPath } from '../kit/owed-link';
import { useRights } from '../kit/rights';
import type { Sort } from '../kit/sort';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { useWords, type Words } from '../words/lang';
import { obligationsQuery, type ObligationFilters } from './duty-query';
import { useOwedOrder, type OwedSorted } from './owed-order';
import { useWaits } from './owed-waits';
import { signingsQuery } from './return-query';

const SHOWN = ['open', 'sent', 'all'] as const;
type Which = (typeof SHOWN)[number];

function stateOf(w: Words, row: ObligationRow, signed: ReadonlySet<number>): string {
  return signed.has(row.id) ? w.t('signing.state.waiting') : w.tCode('return.state', row.state);
}

/** SIGNED is what waits inside its unit for a signature. */
function columnsOf(w: Words, signed: ReadonlySet<number>, sort: (name: OwedSorted) => Sort): GridColumn<ObligationRow>[] {
  return [
    {
      key: 'title',
      title: w.t('owed.what'),
      width: 'minmax(180px, 3fr)',
      render: (row) => <span className="xj-line"><OwedLink row={row} inGrid /></span>,
    },
    { key: 'unit', title: w.t('owed.unit'), width: 'minmax(120px, 1fr)', sort: sort('unit'), render: (row) => <span className="xj-line">{row.unit_name}</span> },
    { key: 'due', title: w.t('owed.due'), width: '104px', sort: sort('due'), render: (row) => row.due },
    {
      key: 'left',
      title: w.t('owed.left'),
      width: '110px',
      render: (row) => (row.open ? <DaysLeft due={row.due} /> : '—'),
    },
    { key: 'state', title: w.t('owed.state'), width: '90px', render: (row) => stateOf(w, row, signed) },
  ];
}

export function OwedPage() {
  const w = useWords();
  const { t } = w;
  const narrow = useNarrow();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const which: Which = SHOWN.find((name) => name === search.get('show')) ?? 'open';
  const { order, sort } = useOwedOrder();
  const filter: ObligationFilters = { ...(which === 'open' ? { open: true } : which === 'sent' ? { state: 'sent' } : {}), ...(order ? { order } : {}) };
  const owed = useInfiniteQuery(obligationsQuery(filter));
  const rows = useMemo(() => owed.data?.pages.flatMap((page) => page.items) ?? [], [owed.data]);
  const [active, setActive] = useActiveRow(`owed ${which} ${order ?? ''}`, rows);
  const waits = useWaits();
  const right = useRights();
  const signings = useQuery({ ...signingsQuery, enabled: right('signing.read') !== null });
  const signed = useMemo(() => new Set((signings.data?.items ?? []).map((row) => row.return)), [signings.data]);
  const columns = columnsOf(w, signed, sort);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = owed;
  const onNeed = useCallback(
    (index: number) => { if (hasNextPage && !isFetchingNextPage && index > rows.length - 50) void fetchNextPage(); },
    [hasNextPage, isFetchingNextPage, fetchNextPage, rows.length],
  );
  useTitle(t('nav.owed'));
  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('nav.owed')}</h1>
        <Segmented<Which>
          size="small"
          aria-label={t('owed.show')}
          value={which}
          options={SHOWN.map((name) => ({ value: name, label: t(`owed.show.${name}`) }))}
          onChange={(name) => { setSearch({ ...(name === 'open' ? {} : { show: name }), ...(order ? { order } : {}) }); }}
        />
        <span className="xj-grow" />
        <ExportSheet list="obligations" query={filter} disabled={rows.length === 0} />
      </header>
      {waits.loading ? null : waits.list}
      <Answer query={waits.loading ? { data: undefined, error: owed.error, refetch: owed.refetch } : owed} rows={12}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('owed.none')} advice={t('owed.noneAdvice')} />
          ) : (
            <Grid
              label={t('nav.owed')}
              columns={columns}
              rows={rows}
              count={hasNextPage ? rows.length + 1 : rows.length}
              rowKey={(row) => row.id}
              rowHeight={narrow ? 64 : 32}
              narrow={narrow ? (row) => (
                <>
                  <span className="xj-line"><OwedLink row={row} inGrid /></span>
                  <span className="xj-line xj-faint">{row.unit_name} {row.due} {row.open ? <DaysLeft due={row.due} /> : null} {stateOf(w, row, signed)}</span>
                </>
              ) : undefined}
              minWidth={720}
              active={active}
              onActive={setActive}
              onOpen={(row) => { const to = owedPath(row); if (to) void navigate(to); }}
              onNeed={onNeed}
              fit
            />
          )
        }
      </Answer>
    </section>
  );
}
