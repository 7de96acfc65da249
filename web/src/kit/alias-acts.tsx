/*
 * kit/alias-acts.tsx -- whether two names are one unit: said with a button, and taken back with one.
 *
 * What was said stays in its place, so that a slip of the hand is mended where it was made.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { AliasState } from '../api/types';
import { useWords } from '../words/lang';
import { problemWords } from './problem-note';
import { useRights } from './rights';

export interface AliasPair {
  alias_id: number;
  alias: string;
  unit_id: number;
  unit: string;
  state: AliasState;
}

/** What shows names, or counts by them. */
const CHANGED = ['units', 'unit', 'tasks', 'search'];

/** Say what PAIR is; lists that show names or count by them are asked for anew. */
export function useDecideAlias() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ pair, state }: { pair: AliasPair; state: AliasState }) =>
      data(
        api.POST('/api/v1/aliases', {
          params: { header: { 'Idempotency-Key': newKey() } },
          body: { alias: pair.alias_id, unit: pair.unit_id, state },
        }),
      ),
    onSuccess: () => {
      for (const name of CHANGED) void queries.invalidateQueries({ queryKey: [name] });
    },
  });
}

/** The same of many pairs in one request; `left` are those that cannot be said so any more. */
export function useDecideMany() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ pairs, state }: { pairs: readonly AliasPair[]; state: AliasState }) =>
      data(
        api.POST('/api/v1/aliases/decisions', {
          params: { header: { 'Idempotency-Key': newKey() } },
          body: { state, pairs: pairs.map((pair) => ({ alias: pair.alias_id, unit: pair.unit_id })) },
        }),
      ),
    onSuccess: () => {
      for (const name of CHANGED) void queries.invalidateQueries({ queryKey: [name] });
    },
  });
}

interface Props {
  pair: AliasPair;
  onSaid?: (state: AliasState) => void;
}

export function AliasActs({ pair, onSaid }: Props) {
  const w = useWords();
  const { t } = w;
  const { notification } = App.useApp();
  const right = useRights();
  const [said, setSaid] = useState<AliasState | null>(null);
  const decide = useDecideAlias();
  const state = said ?? pair.state;
  const say = (next: AliasState): void => {
    decide.mutate(
      { pair, state: next },
      {
        onSuccess: () => {
          setSaid(next);
          onSaid?.(next);
        },
        onError: (error) => {
          const { title, advice } = problemWords(w, asProblem(error));
          notification.error({ title, description: advice });
        },
      },
    );
  };
  const names = { alias: pair.alias, unit: pair.unit };
  if (!right('unit.change')) return state === 'proposed' ? null : <span className="xj-faint">{t(`alias.${state}`)}</span>;
  if (state === 'proposed') {
    return (
      <span className="xj-row-line xj-alias-acts" role="group" aria-label={t('alias.decide', names)}>
        <Button size="small" disabled={decide.isPending} onClick={() => { say('confirmed'); }}>{t('alias.same')}</Button>
        <Button size="small" disabled={decide.isPending} onClick={() => { say('rejected'); }}>{t('alias.different')}</Button>
      </span>
    );
  }
  return (
    <span className="xj-row-line xj-alias-acts" role="group" aria-label={t('alias.decide', names)}>
      <span className={state === 'confirmed' ? 'xj-good' : 'xj-faint'} role="status">{t(`alias.${state}`)}</span>
      <Button size="small" type="link" disabled={decide.isPending} onClick={() => { say('proposed'); }}>{t('alias.takeBack')}</Button>
    </span>
  );
}
