/* summary/summary-query.ts -- what the pages of summaries ask for. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';

/** What a change of a summary makes old. */
export const SUMMARY_KEYS = ['summaries', 'summary', 'obligations'] as const;

export const summariesQuery = infiniteQueryOptions({
  queryKey: ['summaries'],
  queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/summaries', { params: { query: { limit: 100, after: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

export function summaryQuery(id: number, no?: number) {
  return queryOptions({
    queryKey: ['summary', id, no ?? 0],
    queryFn: ({ signal }) => data(api.GET('/api/v1/summaries/{summary}', { params: { path: { summary: id }, query: no ? { no } : {} }, signal })),
  });
}

/** What is owed as a report in writing and not sent yet. */
export const owedReportsQuery = queryOptions({
  queryKey: ['obligations', 'reports'],
  queryFn: async ({ signal }) => {
    const kinds = ['annual_monitoring_report', 'annual_evaluation_report'] as const;
    const pages = await Promise.all(kinds.map((kind) => data(api.GET('/api/v1/obligations', { params: { query: { kind, open: true, limit: 200 } }, signal }))));
    return pages.flatMap((page) => page.items).sort((a, b) => a.due.localeCompare(b.due));
  },
});
