/*
 * api/calls.ts -- the queries that more than one page asks, with their keys.
 */
import { queryOptions } from '@tanstack/react-query';
import { api, data, refreshSession } from './client';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: refreshSession,
  staleTime: Infinity,
  retry: (count, error) => count < 2 && 'mayPass' in error && error.mayPass === true,
});

/** Whether the server is empty and waits for its first start. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/setup', { signal })),
  staleTime: Infinity,
});

export const programmesQuery = queryOptions({
  queryKey: ['programmes'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/programmes', { signal })),
  staleTime: 5 * 60_000,
});

/** The links of this jurisdiction with its counties', or with its city's; asked for by those who may (link.read). */
export const countyLinksQuery = queryOptions({
  queryKey: ['county', 'links'],
  queryFn: async ({ signal }) => (await data(api.GET('/api/v1/county-links', { signal }))).items,
  staleTime: 30_000,
});
