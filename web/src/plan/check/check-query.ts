/* plan/check/check-query.ts -- what the check page asks of the server. */
import { queryOptions } from '@tanstack/react-query';
import { api, data } from '../../api/client';

/** A version with all its rows; edits are written into it as they are answered. */
export function checkQuery(version: number) {
  return queryOptions({
    queryKey: ['check', version],
    queryFn: ({ signal }) => data(api.GET('/api/v1/versions/{version}/check', { params: { path: { version } }, signal })),
    staleTime: Infinity,
  });
}

export function tablesQuery(version: number, at: number) {
  return queryOptions({
    queryKey: ['check', version, 'tables', at],
    queryFn: ({ signal }) => data(api.GET('/api/v1/versions/{version}/tables', { params: { path: { version } }, signal })),
  });
}

export function stepsQuery(version: number, at: number) {
  return queryOptions({
    queryKey: ['check', version, 'steps', at],
    queryFn: ({ signal }) =>
      data(api.GET('/api/v1/versions/{version}/steps', { params: { path: { version }, query: { limit: 200 } }, signal })),
  });
}

export function stepQuery(version: number, step: number) {
  return queryOptions({
    queryKey: ['check', version, 'step', step],
    queryFn: ({ signal }) => data(api.GET('/api/v1/versions/{version}/steps/{step}', { params: { path: { version, step } }, signal })),
    staleTime: Infinity,
  });
}

export function changesSince(version: number, since: number, signal?: AbortSignal) {
  return data(
    api.GET('/api/v1/versions/{version}/changes', { params: { path: { version }, query: { since } }, ...(signal ? { signal } : {}) }),
  );
}
