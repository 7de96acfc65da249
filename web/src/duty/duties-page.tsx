/* duty/duties-page.tsx -- 任务: the duty tasks of all plans and orders, narrowed by what stands in the address. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { DutyRow } from '../api/types';
import { useActiveRow } from '../kit/active-row';
import { ExportSheet } from '../kit/export-sheet';
import { Grid, type GridColumn } from '../kit/grid';
import { LightMark, LIGHTS } from '../kit/light';
import { useNarrow } from '../kit/narrow';
import { useRights } from '../kit/rights';
import { sortOf } from '../kit/sort';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { UnitField } from '../kit/unit-picker';
import { daysBetween, today } from '../words/dates';
import { useWords, type Words } from '../words/lang';
import { AddDuty } from './duty-add';
import { readDutyFilters, type DutyOrder, type Sorted } from './duty-filters';
import { actionsQuery, dutiesQuery, dutyTagsQuery, unitNameQuery } from './duty-query';
import { ALL_ORIGINS, KINDS, STATES } from './duty-words';
import { actionName, dutyDue } from './parts';

function columnsOf(w: Words, order: DutyOrder, go: (order: DutyOrder) => void): GridColumn<DutyRow>[] {
  const sort = (name: Sorted): NonNullable<GridColumn<DutyRow>['sort']> => {
    const { state, next } = sortOf<Sorted>(order, name, 'no');
    return { state, next: () => { go(next); } };
  };
  return [
    { key: 'light', title: w.t('duty.light'), width: '88px', sort: sort('light'), render: (row) => <LightMark light={row.light} /> },
    {
      key: 'title',
      title: w.t('duty.one'),
      width: 'minmax(220px, 3fr)',
      sort: sort('no'),
      render: (row) => <Link tabIndex={-1} className="xj-line" to={`/duties/${row.id}`}>{row.no ? `${row.no} ` : ''}{row.title}</Link>,
    },
    { key: 'action', title: w.t('task.action'), width: 'minmax(110px, 1fr)', sort: sort('action'), render: (row) => <span className="xj-line">{row.action || w.t(`duty.origin.${row.origin}`)}</span> },
    { key: 'owner', title: w.t('duty.owner'), width: 'minmax(110px, 1fr)', sort: sort('owner'), render: (row) => <span className="xj-line">{row.owner_name}</span> },
    { key: 'state', title: w.t('owed.state'), width: w.lang === 'zh' ? '104px' : '172px', sort: sort('state'), render: (row) => w.tCode('duty.state', row.state) },
    { key: 'progress', title: w.t('duty.progress'), width: '84px', align: 'right', render: (row) => (row.progress === null ? '—' : `${row.progress}%`) },
    {
      key: 'due',
      title: w.t('duty.due'),
      width: w.lang === 'zh' ? '130px' : '150px',
      sort: sort('due'),
      render: (row) => <span className={row.due && daysBetween(today(), row.due) < 0 && row.light === 'red' ? 'xj-bad' : undefined}>{dutyDue(w, row)}</span>,
    },
  ];
}

function Filters() {
  const w = useWords();
  const { t } = w;
  const [search, setSearch] = useSearchParams();
  const programme = Number(search.get('programme')) || undefined;
  const unit = Number(search.get('unit')) || 0;
  const actions = useQuery(actionsQuery(programme));
  const tags = useQuery(dutyTagsQuery);
  const name = useQuery({ ...unitNameQuery(unit), enabled: unit > 0 });
  const set = (key: string, value: string | null | undefined): void => {
    setSearch((old) => {
      const next = new URLSearchParams(old);
      if (value) next.set(key, value);
      else next.delete(key);
      return next;
    });
  };
  const choose = (key: string, label: string, options: { value: string; label: string }[]) => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      value={search.get(key)}
      options={options}
      onChange={(value: string | null) => { set(key, value); }}
    />
  );
  const used = ['light', 'state', 'action_no', 'kind', 'origin', 'tag', 'unit', 'unsettled'].some((key) => search.has(key));
  return (
    <div className="xj-filters xj-no-print" role="search" aria-label={t('filter.label')}>
      {choose('light', t('duty.light'), LIGHTS.map((light) => ({ value: light, label: t(`light.${light}`) })))}
      {choose('state', t('owed.state'), STATES.map((state) => ({ value: state, label: t(`duty.state.${state}`) })))}
      {choose('action_no', t('task.action'), (actions.data ?? []).map((a) => ({ value: String(a.no), label: actionName(w, a.name) })))}
      {choose('origin', t('duty.origin'), ALL_ORIGINS.map((origin) => ({ value: origin, label: t(`duty.origin.${origin}`) })))}
      {choose('kind', t('duty.kind'), KINDS.map((kind) => ({ value: kind, label: t(`duty.kind.${kind}`) })))}
      {(tags.data?.items.length ?? 0) > 0 ? choose('tag', t('task.tags'), (tags.data?.items ?? []).map((tag) => ({ value: tag, label: tag }))) : null}
      <UnitField label={t('task.unit')} value={unit > 0 ? { id: unit, name: name.data?.name ?? '…' } : null} onChange={(found) => { set('unit', found ? String(found.id) : null); }} />
      {used ? <Button type="link" onClick={() => { setSearch((old) => new URLSearchParams([...old].filter(([key]) => key === 'programme' || key === 'order'))); }}>{t('filter.clear')}</Button> : null}
    </div>
  );
}

function List({ text }: { text: string }) {
  const w = useWords();
  const { t } = w;
  const narrow = useNarrow();
  const navigate = useNavigate();
  const filters = useMemo(() => readDutyFilters(new URLSearchParams(text)), [text]);
  const duties = useInfiniteQuery(dutiesQuery(filters));
  const rows = useMemo(() => duties.data?.pages.flatMap((page) => page.items) ?? [], [duties.data]);
  const [active, setActive] = useActiveRow(`duties ${text}`, rows);
  const [, setSearch] = useSearchParams();
  const order = filters.order ?? 'no';
  const columns = useMemo(
    () => columnsOf(w, order, (next) => {
      setSearch((old) => {
        const changed = new URLSearchParams(old);
        if (next === 'no') changed.delete('order');
        else changed.set('order', next);
        return changed;
      });
    }),
    [w, order, setSearch],
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = duties;
  const onNeed = useCallback(
    (index: number) => { if (hasNextPage && !isFetchingNextPage && index > rows.length - 50) void fetchNextPage(); },
    [hasNextPage, isFetchingNextPage, fetchNextPage, rows.length],
  );
  return (
    <Answer query={duties} rows={12}>
      {() =>
        rows.length === 0 ? (
          <Empty title={t('duty.none')} advice={t('duty.noneAdvice')} />
        ) : (
          <Grid
            label={t('nav.duties')}
            columns={columns}
            rows={rows}
            count={hasNextPage ? rows.length + 1 : rows.length}
            rowKey={(row) => row.id}
            rowHeight={narrow ? 64 : 32}
            narrow={narrow ? (row) => (
              <>
                <span className="xj-line">{row.no ? `${row.no} ` : ''}{row.title}</span>
                <span className="xj-line xj-faint"><LightMark light={row.light} /> {w.tCode('duty.state', row.state)} {row.owner_name} {dutyDue(w, row)}</span>
              </>
            ) : undefined}
            minWidth={900}
            active={active}
            onActive={setActive}
            onOpen={(row) => { void navigate(`/duties/${row.id}`); }}
            onNeed={onNeed}
          />
        )
      }
    </Answer>
  );
}

export function DutiesPage() {
  const { t } = useWords();
  const right = useRights();
  const [search] = useSearchParams();
  const [adding, setAdding] = useState(false);
  useTitle(t('nav.duties'));
  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('duty.heading')}</h1>
        <span className="xj-grow" />
        <ExportSheet list="duties" query={readDutyFilters(search)} />
        {right('duty.change') ? <Button className="xj-no-print" type="primary" onClick={() => { setAdding(true); }}>{t('duty.add')}</Button> : null}
      </header>
      <Filters />
      <List text={search.toString()} />
      {adding ? <AddDuty onClose={() => { setAdding(false); }} /> : null}
    </section>
  );
}
