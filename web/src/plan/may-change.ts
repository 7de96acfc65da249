/* plan/may-change.ts -- whether who is signed in may change documents: their acts are shown to them alone. */
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/calls';

export function useMayChange(): boolean {
  const session = useQuery(sessionQuery);
  return session.data?.rights.some((r) => r.right === 'document.change') ?? false;
}
