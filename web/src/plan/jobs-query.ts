/* plan/jobs-query.ts -- the long work that this person has asked for, on the server whatever tab asked. */
import { queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';
import type { Job } from '../api/types';

export function isOpen(job: Job): boolean {
  return job.finished_at === null;
}

/*
 * Somebody who watches a file being read wants to see it move, so this asks more often than other
 * pages do: only while a job is open, only in a tab that is seen, one small request for all of the
 * person's jobs, and less often once the newest has taken two minutes.
 */
const SOON = 1500;
const LATER = 5000;
const PATIENCE = 2 * 60_000;

export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/jobs', { params: { query: { limit: 50 } }, signal })),
  staleTime: 0,
  refetchInterval: ({ state }) => {
    const open = state.data?.items.filter(isOpen) ?? [];
    if (open.length === 0) return false;
    const newest = Math.max(...open.map((job) => Date.parse(job.created_at)));
    return Date.now() - newest < PATIENCE ? SOON : LATER;
  },
});
