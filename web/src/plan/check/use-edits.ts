/*
 * plan/check/use-edits.ts -- edits of a draft: one after the other, each answered before the next.
 *
 * The rows on the page are the query's data; what the server answers is written into it.  Where
 * somebody else was first, the edit waits (`conflict`) until a person says whose holds.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { api, data } from '../../api/client';
import { newKey } from '../../api/key';
import { asProblem, type Problem } from '../../api/problem';
import type { Changes, Check, Edit, EditResult, Task } from '../../api/types';
import { changesSince, checkQuery } from './check-query';

export interface Conflict {
  edits: Edit[];
  theirs: Changes;
}

/** What may be sent again as it was. */
interface Failed {
  edits: Edit[];
  why: string | undefined;
  key: string;
}

export interface Edits {
  /** Make EDITS as one step; the answer, or null where it was not made (then `problem` or `conflict` says why). */
  run: (edits: Edit[], why?: string) => Promise<EditResult | null>;
  /** Back to what the draft was after step TO. */
  goTo: (to: number) => Promise<boolean>;
  pending: boolean;
  problem: Problem | null;
  /** Send again what failed. */
  retry: (() => void) | null;
  conflict: Conflict | null;
  settle: (mine: boolean) => void;
  /** Who else changed rows lately: by task, who. */
  others: ReadonlyMap<number, string>;
}

function withRows(tasks: readonly Task[], removed: readonly number[], changed: readonly Task[]): Task[] {
  const gone = new Set(removed);
  const rows = new Map(tasks.filter((task) => !gone.has(task.id)).map((task) => [task.id, task]));
  for (const task of changed) rows.set(task.id, task);
  return [...rows.values()].sort((a, b) => a.id - b.id);
}

export function useEdits(version: number): Edits {
  const queries = useQueryClient();
  const { queryKey } = checkQuery(version);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const [waiting, setWaiting] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [failed, setFailed] = useState<Failed | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [others, setOthers] = useState<ReadonlyMap<number, string>>(new Map());

  const seen = useCallback((): number => queries.getQueryData<Check>(queryKey)?.version.summary.version ?? 0, [queries, queryKey]);

  const reload = useCallback(() => queries.invalidateQueries({ queryKey, exact: true }), [queries, queryKey]);

  const take = useCallback(
    (made: { tasks: Task[]; removed: number[]; others: string[]; more: boolean }, at: number, summary?: EditResult['summary']) => {
      queries.setQueryData<Check>(queryKey, (old) =>
        old && {
          ...old,
          steps: old.steps + 1,
          tasks: withRows(old.tasks, made.removed, made.tasks),
          version: { ...old.version, summary: { ...(summary ?? old.version.summary), version: at } },
        },
      );
      for (const name of ['document', 'version', 'tasks']) void queries.invalidateQueries({ queryKey: [name] });
      if (made.more || made.others.length > 0 || !summary) void reload();
    },
    [queries, queryKey, reload],
  );

  const inLine = useCallback(<T,>(work: () => Promise<T>): Promise<T> => {
    setWaiting((n) => n + 1);
    const done = line.current.then(work).finally(() => { setWaiting((n) => n - 1); });
    line.current = done.catch(() => undefined);
    return done;
  }, []);

  const send = useCallback(
    async (edits: Edit[], why: string | undefined, key: string): Promise<EditResult | null> => {
      const at = seen();
      try {
        const made = await data(
          api.POST('/api/v1/versions/{version}/edits', {
            params: { path: { version }, header: { 'If-Match': `"${at}"`, 'Idempotency-Key': key } },
            body: { edits, ...(why ? { why } : {}) },
          }),
        );
        setProblem(null);
        setFailed(null);
        take(made, made.step === 0 ? at : made.step, made.summary);
        return made;
      } catch (thrown) {
        const met = asProblem(thrown);
        if (met.code === 'stale') {
          setConflict({ edits, theirs: await changesSince(version, at) });
        } else {
          setProblem(met);
          setFailed(met.mayPass ? { edits, why, key } : null);
        }
        return null;
      }
    },
    [seen, take, version],
  );

  const run = useCallback((edits: Edit[], why?: string) => inLine(() => send(edits, why, newKey())), [inLine, send]);

  const goTo = useCallback(
    (to: number) =>
      inLine(async () => {
        try {
          const made = await data(
            api.POST('/api/v1/versions/{version}/return', {
              params: { path: { version }, header: { 'If-Match': `"${seen()}"`, 'Idempotency-Key': newKey() } },
              body: { step: to },
            }),
          );
          setProblem(null);
          take({ ...made, more: true }, made.step === 0 ? seen() : made.step, made.summary);
          return true;
        } catch (thrown) {
          setProblem(asProblem(thrown));
          return false;
        }
      }),
    [inLine, seen, take, version],
  );

  const accept = useCallback(
    (theirs: Changes): void => {
      setOthers(new Map(theirs.steps.flatMap(({ step, tasks }) => tasks.map((id) => [id, step.by] as const))));
      take(theirs, theirs.version);
    },
    [take],
  );

  const settle = (mine: boolean): void => {
    if (!conflict) return;
    accept(conflict.theirs);
    setConflict(null);
    if (mine) void run(conflict.edits);
  };

  // what others change is fetched now and then, and when somebody comes back to the page
  useQuery({
    queryKey: ['check', version, 'changes'],
    queryFn: async ({ signal }) => {
      const news = await changesSince(version, seen(), signal);
      if (news.steps.length > 0 && news.version > seen()) accept(news);
      return news.version;
    },
    refetchInterval: 30_000,
    refetchOnWindowFocus: 'always',
    enabled: waiting === 0 && conflict === null,
  });
  const retry = failed && (() => { void inLine(() => send(failed.edits, failed.why, failed.key)); });

  return { run, goTo, pending: waiting > 0, problem, retry, conflict, settle, others };
}
