/*
 * kit/active-row.ts -- which row of a list holds the focus, by its id.
 *
 * It is remembered while the tab lives, so that Back from an item comes to the row it was opened
 * from, also where rows came or went meanwhile.
 */
import { useState } from 'react';
import { NavigationType, useNavigationType } from 'react-router';

const remembered = new Map<string, number>();

export function useActiveRow(
  list: string,
  rows: readonly { id: number }[],
): [index: number, setIndex: (index: number) => void] {
  const back = useNavigationType() === NavigationType.Pop;
  const [id, setId] = useState<number | undefined>(() => (back ? remembered.get(list) : undefined));
  const index = id === undefined ? -1 : rows.findIndex((row) => row.id === id);
  return [
    index,
    (next) => {
      const row = rows[next];
      if (!row) return;
      remembered.set(list, row.id);
      setId(row.id);
    },
  ];
}
