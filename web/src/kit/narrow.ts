/* kit/narrow.ts -- whether the window is a phone's. */
import { useSyncExternalStore } from 'react';

const query = typeof matchMedia === 'function' ? matchMedia('(max-width: 719px)') : null;

function subscribe(tell: () => void): () => void {
  query?.addEventListener('change', tell);
  return () => query?.removeEventListener('change', tell);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query?.matches ?? false);
}
