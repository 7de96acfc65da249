/* plan/task-columns.tsx -- how a task stands in a list: cells on a desk, a card on a phone. */
import { WarningOutlined } from '@ant-design/icons';
import { Checkbox } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import type { TaskOrder, TaskRow } from '../api/types';
import type { GridColumn } from '../kit/grid';
import { deadlineInTable, unitsInTable } from '../kit/plan-words';
import { useWords, type Words } from '../words/lang';
import { USUAL_COLUMNS, withChanges, type ListColumn } from './filters';
import type { Marks } from './marks';
import { TagLinks, unitsOfRole } from './parts';

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

const WIDTHS: Record<ListColumn, { zh: string; en: string; least: number }> = {
  action: { zh: 'minmax(120px, 1fr)', en: 'minmax(120px, 1fr)', least: 120 },
  no: { zh: '56px', en: '56px', least: 56 },
  title: { zh: 'minmax(220px, 3.2fr)', en: 'minmax(220px, 3.2fr)', least: 220 },
  lead: { zh: 'minmax(110px, 1fr)', en: 'minmax(110px, 1fr)', least: 110 },
  responsible: { zh: 'minmax(130px, 1.4fr)', en: 'minmax(130px, 1.4fr)', least: 130 },
  cooperate: { zh: 'minmax(110px, 1fr)', en: 'minmax(110px, 1fr)', least: 110 },
  units: { zh: 'minmax(160px, 2fr)', en: 'minmax(160px, 2fr)', least: 160 },
  deadline: { zh: '136px', en: '164px', least: 150 },
  kind: { zh: '72px', en: '110px', least: 90 },
  raw: { zh: 'minmax(110px, 1fr)', en: 'minmax(110px, 1fr)', least: 110 },
  strength: { zh: '56px', en: '92px', least: 74 },
  tags: { zh: 'minmax(90px, 1fr)', en: 'minmax(90px, 1fr)', least: 90 },
  warnings: { zh: '60px', en: '84px', least: 72 },
};
const MARK_WIDTH = 38;

/** The width below which a list with COLUMNS scrolls sideways. */
export function leastWidth(columns: readonly ListColumn[], marked: boolean): number {
  return columns.reduce((sum, key) => sum + WIDTHS[key].least, marked ? MARK_WIDTH : 0);
}

/** What a cell shows; as text alone where it is printed. */
export function cellText(w: Words, row: TaskRow, key: ListColumn): string {
  switch (key) {
    case 'action': return row.action;
    case 'no': return row.no;
    case 'title': return row.title;
    case 'lead':
    case 'responsible':
    case 'cooperate': return unitsOfRole(w, row.units, key);
    case 'units': return unitsInTable(w, row.units, row.open_ended ?? false);
    case 'deadline': return deadlineInTable(w, row.deadline);
    case 'kind': return w.t(`kind.${row.deadline.kind}`);
    case 'raw': return row.deadline.raw ?? '';
    case 'strength': return w.t(`strength.${row.strength}`);
    case 'tags': return (row.tags ?? []).join(w.t('list.comma'));
    case 'warnings': return String(row.warnings ?? 0);
  }
}

function cell(w: Words, row: TaskRow, key: ListColumn): ReactNode {
  if (key === 'title') return <TaskLink row={row} />;
  if (key === 'tags') return <TagLinks tags={row.tags ?? []} />;
  if (key === 'warnings') return <WarningCount count={row.warnings ?? 0} />;
  const text = cellText(w, row, key);
  return <span title={key === 'deadline' ? (row.deadline.raw ?? '') : text}>{text || '—'}</span>;
}

/** The column that marks rows. */
function markColumn(w: Words, marks: Marks, rows: readonly TaskRow[]): GridColumn<TaskRow> {
  const { t } = w;
  const at = new Map(rows.map((row, i) => [row.id, i]));
  return {
    key: 'mark',
    title: t('marks.column'),
    width: `${MARK_WIDTH}px`,
    head: (
      <Checkbox
        aria-label={t('marks.loaded')}
        checked={marks.all}
        indeterminate={!marks.all && marks.ids.size > 0}
        onChange={(event) => { marks.setAll(event.target.checked); }}
      />
    ),
    render: (row) => (
      <Checkbox
        tabIndex={-1}
        aria-label={t('marks.one', { title: row.title })}
        checked={marks.all || marks.ids.has(row.id)}
        onChange={(event) => { marks.toggle(at.get(row.id) ?? -1, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey); }}
      />
    ),
  };
}

interface Options {
  columns?: readonly ListColumn[];
  /** Without it the list stands in the plan's order. */
  sort?: TaskSort | undefined;
  marks?: Marks | undefined;
  rows: readonly TaskRow[];
}

export function useTaskColumns({ columns = USUAL_COLUMNS, sort, marks, rows }: Options): GridColumn<TaskRow>[] {
  const w = useWords();
  const order = sort?.order;
  const set = sort?.set;
  return useMemo<GridColumn<TaskRow>[]>(() => {
    const sorting = (up: TaskOrder, down: TaskOrder): GridColumn<TaskRow>['sort'] =>
      set && {
        state: order === up ? 'ascending' : order === down ? 'descending' : 'none',
        next: () => {
          set(order === up ? down : order === down ? 'plan' : up);
        },
      };
    const shown = columns.map<GridColumn<TaskRow>>((key) => ({
      key,
      title: w.t(key === 'units' ? 'task.units' : `column.${key}`),
      width: WIDTHS[key][w.lang],
      ...(key === 'no' ? { align: 'right' as const } : {}),
      ...(key === 'deadline' ? { sort: sorting('due', '-due') } : {}),
      render: (row) => cell(w, row, key),
    }));
    return marks ? [markColumn(w, marks, rows), ...shown] : shown;
  }, [w, order, set, columns, marks, rows]);
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
