/*
 * plan/check/use-edits.ts -- edits of a draft: one after the other, each answered before the next.
 *
 * The rows on the page are the query's data; what the server answers is written into it.  Where
 * somebody else changed the same fields first, the edit waits (`conflict`) until a person says what
 * holds; where the other changed other fields of the row, both hold.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { api, data } from '../../api/client';
import { newKey } from '../../api/key';
import { asProblem, type Problem } from '../../api/problem';
import type { Changes, Check, Edit, EditResult, Task } from '../../api/types';
import { changesSince, checkQuery } from './check-query';
import { fieldsOf, type Field } from './merge';

export type Settled = Edit[] | 'theirs' | 'later';

export interface Conflict {
  edits: Edit[];
  theirs: Changes;
  /** The draft as it is now. */
  now: Check;
  /** What is changed, by field; null where the edit does more than that. */
  fields: Field[] | null;
  /** What holds: other edits, nothing of mine, or not decided (what was typed stays in its field). */
  settle: (how: Settled) => void;
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

  const notice = useCallback((theirs: Changes): void => {
    setOthers(new Map(theirs.steps.flatMap(({ step, tasks }) => tasks.map((id) => [id, step.by] as const))));
  }, []);

  /** What is to be sent instead of EDITS, which somebody overtook; else how they ended. */
  const overtaken = useCallback(
    async (edits: Edit[], at: number): Promise<Edit[] | EditResult | null> => {
      const base = queries.getQueryData<Check>(queryKey);
      const theirs = await changesSince(version, at);
      const now = await queries.query({ ...checkQuery(version), staleTime: 0 });
      notice(theirs);
      const fields = base ? fieldsOf(edits, base, now) : null;
      if (fields?.every((field) => !field.contested)) return edits;
      const settled = await new Promise<Settled>((resolve) => {
        setConflict({ edits, theirs, now, fields, settle: (how) => { setConflict(null); resolve(how); } });
      });
      if (settled === 'later') return null;
      if (settled !== 'theirs' && settled.length > 0) return settled;
      return { step: 0, summary: now.version.summary, tasks: [], removed: [], moved: [], others: [], more: false };
    },
    [queries, queryKey, version, notice],
  );

  const post = useCallback(
    async (edits: Edit[], why: string | undefined, key: string): Promise<EditResult | null> => {
      let [sent, withKey] = [edits, key];
      for (;;) {
        const at = seen();
        try {
          return await data(
            api.POST('/api/v1/versions/{version}/edits', {
              params: { path: { version }, header: { 'If-Match': `"${at}"`, 'Idempotency-Key': withKey } },
              body: { edits: sent, ...(why ? { why } : {}) },
            }),
          );
        } catch (thrown) {
          if (asProblem(thrown).code !== 'stale') throw thrown;
          const next = await overtaken(sent, at);
          if (!Array.isArray(next)) return next;
          [sent, withKey] = [next, newKey()];
        }
      }
    },
    [seen, version, overtaken],
  );

  const send = useCallback(
    async (edits: Edit[], why: string | undefined, key: string): Promise<EditResult | null> => {
      try {
        const made = await post(edits, why, key);
        setProblem(null);
        setFailed(null);
        if (made && made.step > 0) take(made, made.step, made.summary);
        return made;
      } catch (thrown) {
        const met = asProblem(thrown);
        setProblem(met);
        setFailed(met.mayPass ? { edits, why, key } : null);
        return null;
      }
    },
    [post, take],
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

  // what others change is fetched now and then, and when somebody comes back to the page
  useQuery({
    queryKey: ['check', version, 'changes'],
    queryFn: async ({ signal }) => {
      const news = await changesSince(version, seen(), signal);
      if (news.steps.length > 0 && news.version > seen()) {
        notice(news);
        take(news, news.version);
      }
      return news.version;
    },
    refetchInterval: 30_000,
    refetchOnWindowFocus: 'always',
    enabled: waiting === 0 && conflict === null,
  });
  const retry = failed && (() => { void inLine(() => send(failed.edits, failed.why, failed.key)); });

  return { run, goTo, pending: waiting > 0, problem, retry, conflict, others };
}
