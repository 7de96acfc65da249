/*
 * plan/pairs-query.ts -- which row goes on with which row of the version before: the pairs of a
 * version, how many are open, and deciding on them.
 */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { Decision, Pair, PairList, Relation } from '../api/types';
import { versionQuery } from './document-query';

const PAGE = 100;

/** In the order in which they are worked through: what changed first, what stayed the same last. */
export const RELATIONS: readonly Relation[] = ['reworded', 'moved', 'split', 'joined', 'added', 'dropped', 'same'];

/** What a pair of RELATION can be decided as; the first is what is proposed. */
export function choicesOf(relation: Relation): readonly Decision[] {
  switch (relation) {
    case 'added':
    case 'split':
      return ['new'];
    case 'dropped':
    case 'joined':
      return ['ends', 'stays'];
    default:
      return ['same', 'new', 'beside'];
  }
}

/** How many pairs a person should still look at: rows that stayed the same need nobody. */
export function openPairs(counts: PairList['counts']): number {
  return counts.reduce((sum, c) => sum + (choicesOf(c.relation).length > 1 && c.relation !== 'same' ? c.undecided : 0), 0);
}

export function pairsQuery(version: number, relation: Relation) {
  return infiniteQueryOptions({
    queryKey: ['version', version, 'pairs', relation],
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET('/api/v1/versions/{version}/pairs', {
          params: { path: { version }, query: { relation, limit: PAGE, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function pairCountsQuery(version: number) {
  return queryOptions({
    queryKey: ['version', version, 'pairs', 'counts'],
    queryFn: ({ signal }) =>
      data(api.GET('/api/v1/versions/{version}/pairs', { params: { path: { version }, query: { limit: 1 } }, signal })),
  });
}

export interface Deciding {
  decision: Decision;
  relation: Relation;
  /** Null: all pairs of the relation. */
  pair: Pair | null;
}

type Pages = InfiniteData<PairList>;

function patched(pages: Pages | undefined, { decision, pair }: Deciding): Pages | undefined {
  if (!pages) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (pair === null || item.seq === pair.seq ? { ...item, decision, decided: true } : item)),
    })),
  };
}

/*
 * Decisions are sent one after the other, each with what the draft is at.  Where somebody changed the
 * draft meanwhile, a decision goes again if its own pair was left alone; else it is in `missed`, by
 * the pair's number, beside what stands now.
 */
export function useDecide(version: number) {
  const queries = useQueryClient();
  const [missed, setMissed] = useState<ReadonlyMap<number, Decision>>(new Map());
  const head = versionQuery(version);

  const send = async ({ decision, relation, pair }: Deciding): Promise<void> => {
    const { summary } = await queries.query({ ...head, staleTime: 'static' });
    const { version: at } = await data(
      api.POST('/api/v1/versions/{version}/pairs/decision', {
        params: { path: { version }, header: { 'If-Match': `"${summary.version}"`, 'Idempotency-Key': newKey() } },
        body: pair ? { decision, pairs: [pair.seq] } : { decision, relation },
      }),
    );
    queries.setQueryData(head.queryKey, (old) => old && { ...old, summary: { ...old.summary, version: at } });
  };
  const refetch = (relation: Relation): Promise<unknown> =>
    Promise.all([
      queries.refetchQueries({ queryKey: head.queryKey }),
      queries.refetchQueries({ queryKey: pairsQuery(version, relation).queryKey }),
    ]);
  const now = ({ relation, pair }: Deciding): Pair | undefined =>
    queries
      .getQueryData(pairsQuery(version, relation).queryKey)
      ?.pages.flatMap((page) => page.items)
      .find((item) => item.seq === pair?.seq);

  const act = useMutation({
    scope: { id: `pairs ${version}` },
    mutationFn: async (deciding: Deciding) => {
      try {
        await send(deciding);
      } catch (error) {
        if (deciding.pair === null || asProblem(error).code !== 'stale') throw error;
        await refetch(deciding.relation);
        const pair = now(deciding);
        // an answer that was lost: it is decided so already
        if (pair?.decided && pair.decision === deciding.decision) return;
        if (JSON.stringify(pair) !== JSON.stringify(deciding.pair)) throw error;
        await send(deciding);
      }
    },
    onMutate: async (deciding) => {
      const { queryKey } = pairsQuery(version, deciding.relation);
      await queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, (pages) => patched(pages, deciding));
      setMissed((old) => new Map([...old].filter(([seq]) => deciding.pair !== null && seq !== deciding.pair.seq)));
    },
    onError: async (error, deciding) => {
      await refetch(deciding.relation);
      const { pair, decision } = deciding;
      if (pair && asProblem(error).code === 'stale') setMissed((old) => new Map(old).set(pair.seq, decision));
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: pairCountsQuery(version).queryKey });
    },
  });
  return { act, missed };
}
