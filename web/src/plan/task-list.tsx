/* plan/task-list.tsx -- tasks in a grid, with the chosen one beside it. */
import { useNavigate, useSearchParams } from 'react-router';
import type { ReactNode } from 'react';
import type { TaskFilters, TaskOrder, TaskRow } from '../api/types';
import { useActiveRow } from '../kit/active-row';
import { Grid } from '../kit/grid';
import { ItemDrawer } from '../kit/item-drawer';
import { useNarrow } from '../kit/narrow';
import { ProblemNote } from '../kit/problem-note';
import { Answer } from '../kit/states';
import { useWords } from '../words/lang';
import { USUAL_COLUMNS, withChanges, type ListColumn } from './filters';
import { useMarks } from './marks';
import { TagBar } from './tag-bar';
import { leastWidth, TaskCard, useTaskColumns, type TaskSort } from './task-columns';
import { TaskView } from './task-view';
import { useTaskRows } from './tasks-query';

const card = (row: TaskRow): ReactNode => <TaskCard row={row} />;

interface Props {
  /** Names the list, for the row that Back returns to. */
  list: string;
  label: string;
  filters: TaskFilters;
  order: TaskOrder;
  sort?: TaskSort;
  columns?: readonly ListColumn[];
  /** Rows can be marked, and tagged. */
  markable?: boolean;
  /** How many there are, where it is known. */
  count: number | undefined;
  empty: ReactNode;
}

export function TaskList({ list, label, filters, order, sort, columns: keys = USUAL_COLUMNS, markable = false, count, empty }: Props) {
  const { t } = useWords();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const { query, rows, onNeed } = useTaskRows(filters, order);
  const [active, setActive] = useActiveRow(list, rows);
  const kept = useMarks(JSON.stringify([filters, order]), rows);
  const marks = markable && !narrow ? kept : undefined;
  const columns = useTaskColumns({ columns: keys, sort, marks, rows });
  const shown = Number(search.get('task')) || null;

  const open = (id: number, replace: boolean): void => {
    setSearch((old) => withChanges(old, { task: id }), { replace });
  };
  const close = (): void => {
    // what opened it is one step back, unless the address came from outside
    if ((history.state as { idx?: number } | null)?.idx) void navigate(-1);
    else setSearch((old) => withChanges(old, { task: null }), { replace: true });
  };

  return (
    <Answer query={query} rows={12}>
      {() => (
        <>
          {marks ? <TagBar marks={marks} count={count} filters={filters} order={order} /> : null}
          {rows.length === 0 ? (
            empty
          ) : (
            <Grid
              label={label}
              columns={columns}
              rows={rows}
              count={query.hasNextPage ? Math.max(count ?? 0, rows.length + 1) : rows.length}
              rowKey={(row) => row.id}
              minWidth={leastWidth(keys, marks !== undefined)}
              narrow={narrow ? card : undefined}
              rowHeight={narrow ? 80 : 32}
              active={active}
              onActive={(index) => {
                setActive(index);
                const row = rows[index];
                // beside an open task, moving through the list shows each one
                if (shown !== null && row && row.id !== shown) open(row.id, true);
              }}
              onOpen={(row) => {
                if (row.id !== shown) open(row.id, shown !== null);
              }}
              {...(marks ? { onMark: marks.toggle } : {})}
              onNeed={onNeed}
              fit
            />
          )}
          {query.isFetchNextPageError ? <ProblemNote error={query.error} onRetry={() => void query.fetchNextPage()} /> : null}
          {shown !== null ? (
            <ItemDrawer label={t('task.one')} onClose={close}>
              <TaskView id={shown} />
            </ItemDrawer>
          ) : null}
        </>
      )}
    </Answer>
  );
}
