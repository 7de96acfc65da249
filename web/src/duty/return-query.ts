/* duty/return-query.ts -- one return (报送单) and the returns that a unit feeds. */
import { queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';

/** Return ID as unit AS says it; without AS, as the unit that returns it. */
export function returnQuery(id: number, as?: number) {
  return queryOptions({
    queryKey: ['return', id, as ?? 0],
    queryFn: ({ signal }) =>
      data(api.GET('/api/v1/returns/{return}', { params: { path: { return: id }, query: as ? { as } : {} }, signal })),
  });
}

/** The files of return ID as unit AS sees them. */
export function filesQuery(id: number, as?: number) {
  return queryOptions({
    queryKey: ['return', id, 'files', as ?? 0],
    queryFn: ({ signal }) =>
      data(api.GET('/api/v1/returns/{return}/files', { params: { path: { return: id }, query: as ? { as } : {} }, signal })),
  });
}

/** How far return ID is with its unit's own signatures; for people of the unit alone. */
export function signingQuery(id: number) {
  return queryOptions({
    queryKey: ['return', id, 'signing'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/returns/{return}/signing', { params: { path: { return: id } }, signal })),
  });
}

/** The returns of one's units that wait for a signature. */
export const signingsQuery = queryOptions({
  queryKey: ['signings'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/signings', { params: { query: { limit: 200 } }, signal })),
});

export function feedsQuery(unit: number) {
  return queryOptions({
    queryKey: ['feeds', unit],
    queryFn: ({ signal }) => data(api.GET('/api/v1/feeds', { params: { query: { unit } }, signal })),
  });
}
