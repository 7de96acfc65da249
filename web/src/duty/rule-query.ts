/* duty/rule-query.ts -- what the page of rules asks the server. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';

const AGAIN_MS = 3000;

/** Asked again while lights are made still by rules that were changed. */
export const rulesQuery = queryOptions({
  queryKey: ['duty-rules'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/duty-rules', { signal })),
  refetchInterval: ({ state }) => (state.data?.relighting ? AGAIN_MS : false),
});

/** Who set rule NAME (all, where none is named), the last first. */
export function ruleChangesQuery(name: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['duty-rules', 'changes', name ?? ''],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/duty-rules/changes', { params: { query: { name, limit: 20, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

const TYPING_MS = 300;

/** What VALUE of rule NAME (null: its default) would do to today's lights; asked when one pauses in typing. */
export function ruleTryQuery(name: string, value: string | null) {
  return infiniteQueryOptions({
    queryKey: ['duty-rules', 'try', name, value],
    queryFn: async ({ pageParam, signal }) => {
      if (pageParam === undefined) await new Promise((resolve) => { setTimeout(resolve, TYPING_MS); });
      signal.throwIfAborted();
      return data(api.POST('/api/v1/duty-rules/preview', { params: { query: { limit: 20, after: pageParam } }, body: { rules: [{ name, value }] }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
    gcTime: 0,
  });
}
