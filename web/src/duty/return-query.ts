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

export function feedsQuery(unit: number) {
  return queryOptions({
    queryKey: ['feeds', unit],
    queryFn: ({ signal }) => data(api.GET('/api/v1/feeds', { params: { query: { unit } }, signal })),
  });
}
