/* org/unit-tasks.tsx -- the published tasks that name a unit: led, shared, or merely named in. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useCallback, useMemo, type ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { Role, TaskRow, Unit } from '../api/types';
import { useActiveRow } from '../kit/active-row';
import { Grid, type GridColumn } from '../kit/grid';
import { useNarrow } from '../kit/narrow';
import { deadlineInTable } from '../kit/plan-words';
import { ProblemNote } from '../kit/problem-note';
import { Answer, Empty } from '../kit/states';
import { useWords } from '../words/lang';
import { UNIT_ROLES, unitTasksQuery } from './unit-query';

function roleIn(row: TaskRow, unit: number): Role | undefined {
  return row.units.find((u) => u.id === unit)?.role;
}

function useColumns(unit: number): GridColumn<TaskRow>[] {
  const w = useWords();
  return useMemo(() => {
    const { t } = w;
    return [
      { key: 'action', title: t('task.action'), width: 'minmax(120px, 1fr)', render: (r) => <span title={r.action}>{r.action}</span> },
      { key: 'no', title: t('task.no'), width: '64px', align: 'right', render: (r) => r.no },
      {
        key: 'title',
        title: t('task.title'),
        width: 'minmax(260px, 3.4fr)',
        render: (r) => (
          <Link to={`/tasks/${r.id}`} tabIndex={-1} title={r.title}>
            {r.title}
          </Link>
        ),
      },
      {
        key: 'role',
        title: t('filter.role'),
        width: w.lang === 'zh' ? '72px' : '108px',
        render: (r) => {
          const role = roleIn(r, unit);
          return role ? t(`role.${role}`) : '—';
        },
      },
      {
        key: 'others',
        title: t('unit.others'),
        width: 'minmax(140px, 1.6fr)',
        render: (r) => {
          const names = r.units.filter((u) => u.id !== unit).map((u) => u.name).join(t('list.comma'));
          return <span title={names}>{names || '—'}</span>;
        },
      },
      { key: 'due', title: t('task.deadline'), width: w.lang === 'zh' ? '136px' : '164px', render: (r) => <span title={r.deadline.raw ?? ''}>{deadlineInTable(w, r.deadline)}</span> },
      { key: 'strength', title: t('task.strength'), width: w.lang === 'zh' ? '56px' : '92px', render: (r) => t(`strength.${r.strength}`) },
    ];
  }, [w, unit]);
}

function Card({ row, unit }: { row: TaskRow; unit: number }) {
  const w = useWords();
  const role = roleIn(row, unit);
  return (
    <>
      <Link to={`/tasks/${row.id}`} tabIndex={-1} className="xj-line">
        {row.title}
      </Link>
      <span className="xj-line xj-faint">
        {role ? `${w.t(`role.${role}`)} · ` : ''}
        {deadlineInTable(w, row.deadline)} · {row.action} {row.no}
      </span>
    </>
  );
}

export function UnitTasks({ unit }: { unit: Unit }) {
  const { t } = useWords();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const role = UNIT_ROLES.find((r) => r === search.get('role'));
  const tasks = useInfiniteQuery(unitTasksQuery(unit.id, role));
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = tasks;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const [active, setActive] = useActiveRow(`unit ${unit.id}`, rows);
  const columns = useColumns(unit.id);
  const onNeed = useCallback(
    (index: number) => {
      if (index > rows.length - 250 && hasNextPage && !isFetching && !isError) void fetchNextPage();
    },
    [rows.length, hasNextPage, isFetching, isError, fetchNextPage],
  );
  const all = unit.tasks.lead + unit.tasks.responsible + unit.tasks.cooperate;
  const card = (row: TaskRow): ReactNode => <Card row={row} unit={unit.id} />;
  return (
    <>
      <div className="xj-row-line">
        <Segmented
          size="small"
          aria-label={t('filter.role')}
          value={role ?? 'all'}
          onChange={(next) => { setSearch(next === 'all' ? {} : { role: next }); }}
          options={[
            { value: 'all' as const, label: t('filter.counted', { name: t('unit.allRoles'), n: all }) },
            ...UNIT_ROLES.map((r) => ({ value: r, label: t('filter.counted', { name: t(`role.${r}`), n: unit.tasks[r] }) })),
          ]}
        />
        {unit.groups.length > 0 ? <span className="xj-faint">{t('unit.alsoAsGroup')}</span> : null}
      </div>
      <Answer query={tasks} rows={12}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('unit.noTasks')} {...(unit.alias_of ? { advice: t('unit.noTasksAlias') } : {})} />
          ) : (
            <>
              <Grid
                label={t('unit.tasksOf', { unit: unit.name })}
                columns={columns}
                rows={rows}
                count={hasNextPage ? rows.length + 1 : rows.length}
                rowKey={(row) => row.id}
                minWidth={900}
                narrow={narrow ? card : undefined}
                rowHeight={narrow ? 60 : 32}
                active={active}
                onActive={setActive}
                onOpen={(row) => void navigate(`/tasks/${row.id}`)}
                onNeed={onNeed}
                fit
              />
              {tasks.isFetchNextPageError ? <ProblemNote error={tasks.error} onRetry={() => void fetchNextPage()} /> : null}
            </>
          )
        }
      </Answer>
    </>
  );
}
