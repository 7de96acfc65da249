/*
 * plan/marks.ts -- rows marked in a list: one by one, from one to another, or all that the filters let through.
 *
 * Marks are of the list as it is filtered; another filter begins with none.
 */
import { useCallback, useState } from 'react';
import type { TaskRow } from '../api/types';

export interface Marks {
  ids: ReadonlySet<number>;
  /** All that match, those that are not loaded too. */
  all: boolean;
  toggle: (index: number, range: boolean) => void;
  setAll: (all: boolean) => void;
  clear: () => void;
}

/** The indexes from one to the other, in either direction. */
export function rangeOf(from: number, to: number): number[] {
  const first = Math.min(from, to);
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => first + i);
}

interface State {
  list: string;
  ids: ReadonlySet<number>;
  all: boolean;
  last: number;
}

/** The marks of the list called LIST (its filters), whose loaded rows are ROWS. */
export function useMarks(list: string, rows: readonly TaskRow[]): Marks {
  const none: State = { list, ids: new Set(), all: false, last: -1 };
  const [kept, setKept] = useState<State>(none);
  const state = kept.list === list ? kept : none;
  const toggle = useCallback(
    (index: number, range: boolean) => {
      setKept((old) => {
        const now = old.list === list ? old : { list, ids: new Set<number>(), all: false, last: -1 };
        const id = rows[index]?.id;
        if (id === undefined) return now;
        const ids = new Set(now.all ? rows.map((row) => row.id) : now.ids);
        const set = !ids.has(id);
        const indexes = range && now.last >= 0 ? rangeOf(now.last, index) : [index];
        for (const i of indexes) {
          const each = rows[i]?.id;
          if (each === undefined) continue;
          if (set || range) ids.add(each);
          else ids.delete(each);
        }
        return { list, ids, all: false, last: index };
      });
    },
    [list, rows],
  );
  const setAll = useCallback((all: boolean) => { setKept({ list, ids: new Set(), all, last: -1 }); }, [list]);
  const clear = useCallback(() => { setAll(false); }, [setAll]);
  return { ids: state.ids, all: state.all, toggle, setAll, clear };
}
