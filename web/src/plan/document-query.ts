/* plan/document-query.ts -- one document, one of its versions, and the difference of two. */
import { queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';

export function documentQuery(id: number) {
  return queryOptions({
    queryKey: ['document', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/documents/{document}', { params: { path: { document: id } }, signal })),
  });
}

export function versionQuery(id: number) {
  return queryOptions({
    queryKey: ['version', id, 'head'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/versions/{version}', { params: { path: { version: id } }, signal })),
  });
}

export function diffQuery(version: number, against: number) {
  return queryOptions({
    queryKey: ['version', version, 'diff', against],
    queryFn: ({ signal }) =>
      data(api.GET('/api/v1/versions/{version}/diff', { params: { path: { version }, query: { against } }, signal })),
    staleTime: 5 * 60_000,
  });
}
