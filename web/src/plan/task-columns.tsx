/* plan/task-columns.tsx -- how a task stands in a list: cells on a desk, a card on a phone. */
import { WarningOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { Link, useLocation } from 'react-router';
import type { TaskOrder, TaskRow } from '../api/types';
import type { GridColumn } from '../kit/grid';
import { deadlineInTable, unitsInTable } from '../kit/plan-words';
import { useWords } from '../words/lang';
import { withChanges } from './filters';

/** The task's title as a link that opens it beside the list. */
function TaskLink({ row, className }: { row: TaskRow; className?: string }) {
  const { pathname, search } = useLocation();
  const next = withChanges(new URLSearchParams(search), { task: row.id });
  return (
    <Link to={`${pathname}?${next.toString()}`} tabIndex={-1} className={className} title={row.title}>
      {row.title}
    </Link>
  );
}

function WarningCount({ count }: { count: number }) {
  const { t } = useWords();
  if (count === 0) return null;
  return (
    <span className="xj-warned" title={t('task.warned', { n: count })}>
      <WarningOutlined aria-hidden="true" /> {count}
      <span className="xj-hidden">{t('count.warnings')}</span>
    </span>
  );
}

export interface TaskSort {
  order: TaskOrder;
  set: (order: TaskOrder) => void;
}

/** The columns; without SORT the list stands in the plan's order. */
export function useTaskColumns(sort?: TaskSort): GridColumn<TaskRow>[] {
  const w = useWords();
  const order = sort?.order;
  const set = sort?.set;
  return useMemo<GridColumn<TaskRow>[]>(() => {
    const { t } = w;
    const sorting = (up: TaskOrder, down: TaskOrder): GridColumn<TaskRow>['sort'] =>
      set && {
        state: order === up ? 'ascending' : order === down ? 'descending' : 'none',
        next: () => {
          set(order === up ? down : order === down ? 'plan' : up);
        },
      };
    return [
      { key: 'action', title: t('task.action'), width: 'minmax(120px, 1fr)', render: (r) => <span title={r.action}>{r.action}</span> },
      { key: 'no', title: t('task.no'), width: '56px', align: 'right', render: (r) => r.no },
      { key: 'title', title: t('task.title'), width: 'minmax(260px, 3.2fr)', render: (r) => <TaskLink row={r} /> },
      {
        key: 'units',
        title: t('task.units'),
        width: 'minmax(180px, 2fr)',
        render: (r) => {
          const units = unitsInTable(w, r.units, r.open_ended ?? false);
          return <span title={units}>{units || '—'}</span>;
        },
      },
      {
        key: 'due',
        title: t('task.deadline'),
        width: w.lang === 'zh' ? '136px' : '164px',
        sort: sorting('due', '-due'),
        render: (r) => <span title={r.deadline.raw ?? ''}>{deadlineInTable(w, r.deadline)}</span>,
      },
      { key: 'strength', title: t('task.strength'), width: w.lang === 'zh' ? '56px' : '92px', render: (r) => t(`strength.${r.strength}`) },
      { key: 'warnings', title: t('count.warnings'), width: w.lang === 'zh' ? '60px' : '84px', render: (r) => <WarningCount count={r.warnings ?? 0} /> },
    ];
  }, [w, order, set]);
}

export function TaskCard({ row }: { row: TaskRow }) {
  const w = useWords();
  return (
    <>
      <TaskLink row={row} className="xj-line" />
      <span className="xj-line xj-faint">{unitsInTable(w, row.units, row.open_ended ?? false) || w.t('task.noUnits')}</span>
      <span className="xj-line xj-faint">
        {deadlineInTable(w, row.deadline)} · {row.action} {row.no} <WarningCount count={row.warnings ?? 0} />
      </span>
    </>
  );
}
