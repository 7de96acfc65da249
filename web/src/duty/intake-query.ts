/* duty/intake-query.ts -- what is still owed, what came, and the reading of what is being registered. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';
import { today } from '../words/dates';

const AHEAD_DAYS = 60;

function day(ahead: number): string {
  const date = new Date(`${today()}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + ahead);
  return date.toISOString().slice(0, 10);
}

/** Returns that are owed until two months ahead, by day; of UNIT where one is asked for. */
export function dueQuery(unit: number | undefined) {
  return infiniteQueryOptions({
    queryKey: ['obligations', 'intake', unit ?? 0],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/obligations', { params: { query: { kind: 'return', open: true, due_to: day(AHEAD_DAYS), limit: 100, after: pageParam, ...(unit ? { unit } : {}) } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** What came by other ways, the newest first. */
export const cameQuery = infiniteQueryOptions({
  queryKey: ['originals'],
  queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/originals', { params: { query: { limit: 50, after: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

export interface Asked {
  upload: number;
  came_on: string;
  unit?: number;
  return?: number;
}

/** What the file of an upload says, laid to the rows of a return. */
export function readingQuery(asked: Asked | null) {
  return queryOptions({
    queryKey: ['intake', asked],
    queryFn: ({ signal }) => data(api.POST('/api/v1/intake/read', { body: asked ?? { upload: 0, came_on: '' }, signal })),
    enabled: asked !== null,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
}
