/* plan/tasks-query.ts -- the tasks of a list, page after page, and their totals. */
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, type QueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api, data } from '../api/client';
import type { TaskFilters, TaskOrder, TaskRow } from '../api/types';

const PAGE = 500;

export function tasksQuery(filters: TaskFilters, order: TaskOrder) {
  return infiniteQueryOptions({
    queryKey: ['tasks', 'list', filters, order],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/tasks', { params: { query: { ...filters, order, limit: PAGE, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 60_000,
  });
}

export function totalsQuery(filters: TaskFilters) {
  return queryOptions({
    queryKey: ['tasks', 'totals', filters],
    queryFn: ({ signal }) => data(api.GET('/api/v1/tasks/totals', { params: { query: filters }, signal })),
    staleTime: 60_000,
  });
}

export function taskQuery(id: number) {
  return queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/tasks/{task}', { params: { path: { task: id } }, signal })),
    staleTime: 60_000,
  });
}

/** The rows of a list, and what the grid calls when it comes near the end of them. */
export function useTaskRows(filters: TaskFilters, order: TaskOrder) {
  const query = useInfiniteQuery(tasksQuery(filters, order));
  const { data: pages, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const rows = useMemo<TaskRow[]>(() => pages?.pages.flatMap((page) => page.items) ?? [], [pages]);
  const loaded = rows.length;
  const onNeed = useCallback(
    (index: number) => {
      if (index + PAGE / 2 > loaded && hasNextPage && !isFetching && !isError) void fetchNextPage();
    },
    [loaded, hasNextPage, isFetching, isError, fetchNextPage],
  );
  return { query, rows, onNeed };
}

/** All rows of a list, for printing: what is loaded already, then the rest; onProgress gets the number so far. */
export async function allTaskRows(
  queries: QueryClient,
  filters: TaskFilters,
  order: TaskOrder,
  signal: AbortSignal,
  onProgress: (rows: number) => void,
): Promise<TaskRow[]> {
  const cached = queries.getQueryData(tasksQuery(filters, order).queryKey);
  const rows = cached?.pages.flatMap((page) => page.items) ?? [];
  let after = cached ? (cached.pages.at(-1)?.next ?? null) : '';
  while (after !== null) {
    const query = { ...filters, order, limit: PAGE, after: after === '' ? undefined : after };
    const page = await data(api.GET('/api/v1/tasks', { params: { query }, signal }));
    rows.push(...page.items);
    onProgress(rows.length);
    after = page.next;
  }
  return rows;
}
