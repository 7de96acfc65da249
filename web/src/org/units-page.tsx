/* org/units-page.tsx -- 单位: every unit that the plans name, what it is, and how much it owes. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useCallback, useMemo, type ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { UnitKind, UnitLevel, UnitLine } from '../api/types';
import { useActiveRow } from '../kit/active-row';
import { DownloadButton } from '../kit/download-button';
import { Grid, type GridColumn } from '../kit/grid';
import { useNarrow } from '../kit/narrow';
import { ProblemNote } from '../kit/problem-note';
import { SearchField } from '../kit/search-field';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import './org.css';
import { readUnitFilters, UNIT_KINDS, UNIT_LEVELS, unitsQuery, type UnitFilters } from './unit-query';
import { UnitsTabs } from './units-tabs';

/** A number that opens the tasks it counts; none is a dash. */
function Count({ unit, as, n }: { unit: UnitLine; as: 'lead' | 'responsible' | 'cooperate'; n: number }) {
  const { t } = useWords();
  if (n === 0) return <span className="xj-faint">—</span>;
  return (
    <Link to={`/units/${unit.id}?role=${as}`} tabIndex={-1} aria-label={t('totals.open', { name: unit.name, role: t(`role.${as}`), n })}>
      {formatNumber(n)}
    </Link>
  );
}

function useColumns(): GridColumn<UnitLine>[] {
  const w = useWords();
  return useMemo(() => {
    const { t } = w;
    return [
      {
        key: 'name',
        title: t('unit.name'),
        width: 'minmax(220px, 2.4fr)',
        render: (u) => (
          <Link to={`/units/${u.id}`} tabIndex={-1} title={u.name}>
            {u.name}
          </Link>
        ),
      },
      { key: 'kind', title: t('unit.kindOf'), width: w.lang === 'zh' ? '92px' : '140px', render: (u) => t(`unit.kind.${u.kind}`) },
      { key: 'level', title: t('unit.level'), width: w.lang === 'zh' ? '64px' : '84px', render: (u) => t(`unit.level.${u.level}`) },
      { key: 'parent', title: t('unit.parent'), width: 'minmax(120px, 1.2fr)', render: (u) => <span title={u.parent?.name ?? ''}>{u.parent?.name ?? '—'}</span> },
      {
        key: 'aliases',
        title: t('unit.aliases'),
        width: 'minmax(120px, 1.6fr)',
        render: (u) => {
          const names = u.aliases.join(t('list.comma'));
          return <span title={names}>{names || '—'}</span>;
        },
      },
      { key: 'lead', title: t('role.lead.short'), width: '72px', align: 'right', render: (u) => <Count unit={u} as="lead" n={u.lead} /> },
      { key: 'responsible', title: t('role.responsible.short'), width: w.lang === 'zh' ? '72px' : '104px', align: 'right', render: (u) => <Count unit={u} as="responsible" n={u.responsible} /> },
      { key: 'cooperate', title: t('role.cooperate.short'), width: w.lang === 'zh' ? '72px' : '104px', align: 'right', render: (u) => <Count unit={u} as="cooperate" n={u.cooperate} /> },
    ];
  }, [w]);
}

function NarrowRow({ unit }: { unit: UnitLine }) {
  const { t } = useWords();
  return (
    <>
      <Link to={`/units/${unit.id}`} tabIndex={-1} className="xj-line">
        {unit.name}
      </Link>
      <span className="xj-line xj-faint">
        {t(`unit.kind.${unit.kind}`)} {unit.level === 'none' ? '' : t(`unit.level.${unit.level}`)}{' '}
        {t('unit.counts', { lead: unit.lead, responsible: unit.responsible, cooperate: unit.cooperate })}
      </span>
    </>
  );
}

const narrowRow = (unit: UnitLine): ReactNode => <NarrowRow unit={unit} />;

function FilterBar({ filters }: { filters: UnitFilters }) {
  const { t } = useWords();
  const [, setSearch] = useSearchParams();
  const change = (changes: Readonly<Record<string, string | null>>): void => {
    setSearch((old) => {
      const next = new URLSearchParams(old);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      return next;
    });
  };
  return (
    <div className="xj-filters xj-no-print" role="search" aria-label={t('filter.label')}>
      <SearchField
        key={filters.q ?? ''}
        value={filters.q ?? ''}
        label={t('unit.find')}
        hint={t('unit.findHint')}
        onSearch={(q) => {
          if (q !== (filters.q ?? '')) change({ q });
        }}
      />
      <Select
        aria-label={t('unit.kindOf')}
        placeholder={t('unit.anyKind')}
        allowClear
        popupMatchSelectWidth={false}
        value={filters.kind ?? null}
        onChange={(kind: UnitKind | null) => { change({ kind }); }}
        options={UNIT_KINDS.map((kind) => ({ value: kind, label: t(`unit.kind.${kind}`) }))}
      />
      <Select
        aria-label={t('unit.level')}
        placeholder={t('unit.anyLevel')}
        allowClear
        popupMatchSelectWidth={false}
        value={filters.level ?? null}
        onChange={(level: UnitLevel | null) => { change({ level }); }}
        options={UNIT_LEVELS.map((level) => ({ value: level, label: t(`unit.level.${level}`) }))}
      />
      {filters.q || filters.kind || filters.level ? (
        <Button type="link" onClick={() => { change({ q: null, kind: null, level: null }); }}>
          {t('filter.clear')}
        </Button>
      ) : null}
    </div>
  );
}

export function UnitsPage() {
  const { t, lang } = useWords();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const [search] = useSearchParams();
  const text = search.toString();
  const filters = useMemo(() => readUnitFilters(new URLSearchParams(text)), [text]);
  const filtered = Boolean(filters.q ?? filters.kind ?? filters.level);
  const units = useInfiniteQuery(unitsQuery(filters));
  const columns = useColumns();
  useTitle(t('nav.units'));

  const { hasNextPage, isFetching, isError, fetchNextPage } = units;
  const rows = useMemo(() => units.data?.pages.flatMap((page) => page.items) ?? [], [units.data]);
  const [active, setActive] = useActiveRow('units', rows);
  const onNeed = useCallback(
    (index: number) => {
      if (index > rows.length - 250 && hasNextPage && !isFetching && !isError) void fetchNextPage();
    },
    [rows.length, hasNextPage, isFetching, isError, fetchNextPage],
  );
  const asked = new URLSearchParams({ lang });
  for (const [name, value] of Object.entries(filters) as [string, string | undefined][]) if (value) asked.set(name, value);

  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('unit.heading')}</h1>
        <span className="xj-faint" role="status">
          {units.data ? t(hasNextPage ? 'unit.countMore' : 'unit.count', { n: rows.length }) : ''}
        </span>
        <span className="xj-grow" />
        <span className="xj-page-acts xj-no-print">
          <DownloadButton
            label={t('export.act')}
            url={`/api/v1/units/export.xlsx?${asked.toString()}`}
            name={`${t('unit.fileName', { date: today() })}.xlsx`}
            disabled={rows.length === 0}
          />
        </span>
      </header>
      <UnitsTabs />
      <FilterBar filters={filters} />
      <Answer query={units} rows={12}>
        {() =>
          rows.length === 0 ? (
            filtered ? (
              <Empty title={t('unit.noMatch')} advice={t('unit.noMatchAdvice')} />
            ) : (
              <Empty title={t('unit.none')} advice={t('unit.noneAdvice')} />
            )
          ) : (
            <>
              <Grid
                label={t('unit.heading')}
                columns={columns}
                rows={rows}
                count={hasNextPage ? rows.length + 1 : rows.length}
                rowKey={(u) => u.id}
                minWidth={900}
                narrow={narrow ? narrowRow : undefined}
                rowHeight={narrow ? 60 : 32}
                active={active}
                onActive={setActive}
                onOpen={(u) => void navigate(`/units/${u.id}`)}
                onNeed={onNeed}
                fit
              />
              {units.isFetchNextPageError ? <ProblemNote error={units.error} onRetry={() => void fetchNextPage()} /> : null}
            </>
          )
        }
      </Answer>
    </section>
  );
}
