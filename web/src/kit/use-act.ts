/* kit/use-act.ts -- one act of a person on the server, and what is asked for anew behind it. */
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';

/**
 * One act of a person: its key stays the same while it may be tried again, and what it changed, or
 * what somebody else changed first (queries under the NAMES), is asked for anew.
 */
export function useActOn<V, R>(names: readonly string[], run: (value: V, key: string) => Promise<R>, done?: (result: R) => void): UseMutationResult<R, Error, V> {
  const queries = useQueryClient();
  const key = useRef(newKey());
  const renew = (): void => {
    for (const name of names) void queries.invalidateQueries({ queryKey: [name] });
  };
  return useMutation({
    mutationFn: (value: V) => run(value, key.current),
    onSuccess: (result) => {
      key.current = newKey();
      renew();
      done?.(result);
    },
    onError: (thrown) => {
      const problem = asProblem(thrown);
      if (!problem.mayPass) key.current = newKey();
      if (problem.code === 'stale' || problem.code === 'conflict') renew();
    },
  });
}
