/* plan/use-jobs.ts -- the person's jobs as the documents page shows them. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { api } from '../api/client';
import { newKey } from '../api/key';
import type { Job } from '../api/types';
import { forgetJob, isWatched, watchJob } from './imports';
import { isOpen, jobsQuery } from './jobs-query';

export interface Jobs {
  /** Open ones, failed ones, and those of which this tab saw the end; oldest first. */
  shown: readonly Job[];
  onQueued: (job: Job) => void;
  hasOpen: () => boolean;
  /** Take those that have ended off the list. */
  clear: () => void;
}

/** ONDONE is called when one of them has made a draft. */
export function useJobs(onDone: () => void): Jobs {
  const queries = useQueryClient();
  const { data } = useQuery(jobsQuery);
  const open = useRef<ReadonlySet<number>>(new Set());

  const shown = useMemo(() => {
    const items = data?.items ?? [];
    return items.filter((job) => isOpen(job) || job.state === 'failed' || isWatched(job.id)).toReversed();
  }, [data]);

  useEffect(() => {
    const items = data?.items ?? [];
    if (items.some((job) => job.state === 'done' && open.current.has(job.id))) onDone();
    open.current = new Set(items.filter(isOpen).map((job) => job.id));
    for (const id of open.current) watchJob(id);
  }, [data, onDone]);

  const onQueued = useCallback(
    (job: Job) => {
      queries.setQueryData(jobsQuery.queryKey, (old) => ({
        items: [job, ...(old?.items ?? []).filter((one) => one.id !== job.id)],
        next: old?.next ?? null,
      }));
      void queries.invalidateQueries({ queryKey: jobsQuery.queryKey });
    },
    [queries],
  );
  const hasOpen = useCallback(
    () => queries.getQueryData(jobsQuery.queryKey)?.items.some(isOpen) ?? false,
    [queries],
  );
  const clear = useCallback(() => {
    const ended = shown.filter((job) => !isOpen(job));
    void Promise.allSettled(
      ended.map(async (job) => {
        await api.DELETE('/api/v1/jobs/{job}', {
          params: { path: { job: job.id }, header: { 'Idempotency-Key': newKey() } },
        });
        forgetJob(job.id);
      }),
    ).then(() => queries.invalidateQueries({ queryKey: jobsQuery.queryKey }));
  }, [shown, queries]);

  return { shown, onQueued, hasOpen, clear };
}
