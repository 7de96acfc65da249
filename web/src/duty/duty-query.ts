/* duty/duty-query.ts -- what the pages of duty tasks ask the server. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { programmesQuery } from '../api/calls';
import { api, data, guardedFetch } from '../api/client';
import { Problem } from '../api/problem';
import type { operations } from '../api/schema.gen';
import type { ObligationRow } from '../api/types';

type Query<O extends keyof operations> = Omit<NonNullable<operations[O]['parameters']['query']>, 'limit' | 'after'>;
export type DutyFilters = Query<'listDuties'>;
export type ObligationFilters = Query<'listObligations'>;

/** Queries under these names are asked for anew behind a change of anything that is owed. */
export const DUTY_KEYS = ['duty', 'duties', 'desk', 'obligations', 'receipts', 'orders', 'requests', 'heat-map', 'light-turns', 'light-trend', 'paste-text', 'instructions'] as const;

const PAGE = 200;
const following = (page: { next: string | null }): string | undefined => page.next ?? undefined;
const start = undefined as string | undefined;

export const deskQuery = queryOptions({
  queryKey: ['desk'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/duty-desk', { signal })),
});

export const closingQuery = infiniteQueryOptions({
  queryKey: ['bodies', 'closing'],
  queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/bodies/closing', { params: { query: { limit: 100, after: pageParam } }, signal })),
  initialPageParam: start,
  getNextPageParam: following,
});

/** Whether BEFORE is the same list in another order: its rows stay until the others come, and with them the focus. */
function onlySorted(before: { queryKey: readonly unknown[] } | undefined, filters: { order?: string }): boolean {
  const unordered = (of: object): string => JSON.stringify({ ...of, order: undefined });
  const old = before?.queryKey[1];
  return typeof old === 'object' && old !== null && unordered(old) === unordered(filters);
}

export function dutiesQuery(filters: DutyFilters) {
  return infiniteQueryOptions({
    queryKey: ['duties', filters],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/duties', { params: { query: { ...filters, limit: PAGE, after: pageParam } }, signal })),
    initialPageParam: start,
    getNextPageParam: following,
    placeholderData: (rows, before) => (onlySorted(before, filters) ? rows : undefined),
  });
}

export function obligationsQuery(filters: ObligationFilters) {
  return infiniteQueryOptions({
    queryKey: ['obligations', filters],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/obligations', { params: { query: { ...filters, limit: PAGE, after: pageParam } }, signal })),
    initialPageParam: start,
    getNextPageParam: following,
    placeholderData: (rows, before) => (onlySorted(before, filters) ? rows : undefined),
  });
}

export const receiptsQuery = infiniteQueryOptions({
  queryKey: ['receipts', 'open'],
  queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/receipts', { params: { query: { open: true, limit: PAGE, after: pageParam } }, signal })),
  initialPageParam: start,
  getNextPageParam: following,
});

export const ordersQuery = infiniteQueryOptions({
  queryKey: ['orders', 'open'],
  queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/orders', { params: { query: { open: true, limit: PAGE, after: pageParam } }, signal })),
  initialPageParam: start,
  getNextPageParam: following,
});

/** What a request is about. */
export interface RequestPlace {
  about: 'duty' | 'obligation';
  id: number;
}

/** What was asked about PLACE, the first asked first. */
export function requestsOfQuery({ about, id }: RequestPlace) {
  return queryOptions({
    queryKey: ['requests', about, id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/requests', { params: { query: about === 'duty' ? { duty: id } : { obligation: id } }, signal })),
  });
}

/** What waits for the office's answer. */
export const openRequestsQuery = infiniteQueryOptions({
  queryKey: ['requests', 'open'],
  queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/requests', { params: { query: { state: 'asked', limit: PAGE, after: pageParam } }, signal })),
  initialPageParam: start,
  getNextPageParam: following,
});

/** How many messages did not arrive; the list itself is the page of messages. */
export const failedQuery = queryOptions({
  queryKey: ['deliveries', 'failed', 'count'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/deliveries', { params: { query: { state: 'failed', limit: 100 } }, signal })),
});

export function dutyQuery(id: number) {
  return queryOptions({
    queryKey: ['duty', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/duties/{duty}', { params: { path: { duty: id } }, signal })),
  });
}

/** Instructions that are not ended, of those that one may see. */
export const instructionsQuery = queryOptions({
  queryKey: ['instructions', 'open'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/instructions', { params: { query: { open: true, limit: 50 } }, signal })),
});

/** A page of an instruction's scan as it looks. */
export function scanPageQuery(duty: number, scan: number, page: number) {
  return queryOptions({
    queryKey: ['scan', duty, scan, page],
    queryFn: async ({ signal }): Promise<{ picture: Blob; count: number }> => {
      const reply = await guardedFetch(new Request(new URL(`/api/v1/duties/${duty}/scans/${scan}/pages/${page}`, location.href), { signal }));
      return { picture: await reply.blob(), count: Number(reply.headers.get('X-Page-Count')) };
    },
    staleTime: Infinity,
    // the server draws few pages at once: it is free again in a moment
    retry: (count, error) => error instanceof Problem && error.mayPass && count < 4,
  });
}

/** The lights of its parts since FROM. */
export function lightsQuery(id: number, from: string) {
  return queryOptions({
    queryKey: ['duty', id, 'lights', from],
    queryFn: ({ signal }) => data(api.GET('/api/v1/duties/{duty}/lights', { params: { path: { duty: id }, query: { from } }, signal })),
  });
}

/** What returns say of it, the last first. */
export function saidQuery(id: number) {
  return infiniteQueryOptions({
    queryKey: ['duty', id, 'returns'],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/duties/{duty}/returns', { params: { path: { duty: id }, query: { limit: 50, after: pageParam } }, signal })),
    initialPageParam: start,
    getNextPageParam: following,
  });
}

/** The duty tasks that a year-end decision is about. */
export function obligationQuery(id: number) {
  return queryOptions({
    queryKey: ['obligations', 'one', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/obligations/{obligation}', { params: { path: { obligation: id } }, signal })),
  });
}

/** Lights by action and unit as of DAY. */
export function heatQuery(programme: number, day: string) {
  return queryOptions({
    queryKey: ['heat-map', programme, day],
    queryFn: ({ signal }) => data(api.GET('/api/v1/heat-map', { params: { query: { programme, day } }, signal })),
  });
}

/** Duty tasks by light at the ends of the months before DAY, and on it. */
export function trendQuery(programme: number, day: string) {
  return queryOptions({
    queryKey: ['light-trend', programme, day],
    queryFn: ({ signal }) => data(api.GET('/api/v1/light-trend', { params: { query: { programme, day, months: 12 } }, signal })),
  });
}

/** What turned red from FROM to TO, the last first. */
export function turnsQuery(programme: number, from: string, to: string, action?: number) {
  return infiniteQueryOptions({
    queryKey: ['light-turns', programme, from, to, action ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/light-turns', { params: { query: { programme, light: 'red', from, to, ...(action === undefined ? {} : { action_no: action }), limit: 50, after: pageParam } }, signal })),
    initialPageParam: start,
    getNextPageParam: following,
  });
}

/** The last figures that returns gave of an action's duty tasks. */
export function figuresQuery(programme: number, action: number) {
  return queryOptions({
    queryKey: ['action-figures', programme, action],
    queryFn: ({ signal }) => data(api.GET('/api/v1/action-figures', { params: { query: { programme, action_no: action } }, signal })),
  });
}

/** What supervision found of an action, as far as one may know of it. */
export function actionFindingsQuery(programme: number, action: number) {
  return infiniteQueryOptions({
    queryKey: ['findings', 'action', programme, action],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/findings', { params: { query: { programme, action_no: action, limit: 50, after: pageParam } }, signal })),
    initialPageParam: start,
    getNextPageParam: following,
  });
}

/** What units were asked for in YEAR. */
export function askedQuery(year: number) {
  return queryOptions({
    queryKey: ['asked', year],
    queryFn: ({ signal }) => data(api.GET('/api/v1/asked', { params: { query: { year } }, signal })),
  });
}

const MONTH_MAX = 4000;

/** All that is due from FIRST to LAST (of UNIT); `more` where it is too much for a page. */
export function monthQuery(first: string, last: string, unit: number | undefined) {
  return queryOptions({
    queryKey: ['obligations', 'days', first, last, unit ?? 0],
    queryFn: async ({ signal }) => {
      const items: ObligationRow[] = [];
      let after: string | undefined;
      do {
        const page = await data(api.GET('/api/v1/obligations', { params: { query: { due_from: first, due_to: last, unit, limit: 500, after } }, signal }));
        items.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined && items.length < MONTH_MAX);
      return { items: items.filter((row) => row.state !== 'withdrawn'), more: after !== undefined };
    },
  });
}

/** The official days off and made up of YEAR. */
export function workingDaysQuery(year: number) {
  return queryOptions({
    queryKey: ['duty-calendar', year],
    queryFn: ({ signal }) => data(api.GET('/api/v1/duty-calendar', { params: { query: { year } }, signal })),
    staleTime: 5 * 60_000,
  });
}

/** The actions of a programme (the first where none is named), by number. */
export function actionsQuery(programme: number | undefined) {
  return queryOptions({
    queryKey: ['heat-map', 'actions', programme ?? 0],
    queryFn: async ({ client, signal }) => {
      const wanted = programme ?? (await client.query({ ...programmesQuery, staleTime: 'static' })).items[0]?.id;
      if (wanted === undefined) return [];
      return (await data(api.GET('/api/v1/heat-map', { params: { query: { programme: wanted } }, signal }))).actions;
    },
    staleTime: 60_000,
  });
}

export const dutyTagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/tasks/tags', { signal })),
});

export function unitNameQuery(id: number) {
  return queryOptions({
    queryKey: ['units', 'one', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/units/{unit}', { params: { path: { unit: id } }, signal })),
  });
}
