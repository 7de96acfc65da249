/* kit/rights.ts -- how far the rights of who is signed in reach: acts that he has not are not shown. */
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/calls';
import type { Session } from '../api/types';

export type Reach = Session['rights'][number]['reach'];

/** Asks how far RIGHT (src/org/rights.tsv) reaches; null where it does not at all. */
export function useRights(): (right: string) => Reach | null {
  const { data } = useQuery(sessionQuery);
  return (right) => data?.rights.find((r) => r.right === right)?.reach ?? null;
}
