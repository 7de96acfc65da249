/*
 * org/alike.ts -- pairs of names that differ in the same way: 市卫健委 and 市卫生健康委 as 县卫健委 and
 * 县卫生健康委 do.  One decision fits them all.
 */
export interface Pair {
  alias: string;
  unit: string;
}

/** What is left of the two names without their common beginning and end. */
export function difference({ alias, unit }: Pair): [alias: string, unit: string] {
  const a = Array.from(alias);
  const b = Array.from(unit);
  const most = Math.min(a.length, b.length);
  let from = 0;
  while (from < most && a[from] === b[from]) from += 1;
  let end = 0;
  while (end < most - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return [a.slice(from, a.length - end).join(''), b.slice(from, b.length - end).join('')];
}

/** PAIRS in groups of those that are alike, in the order of each group's first. */
export function alike<T extends Pair>(pairs: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const pair of pairs) {
    const key = difference(pair).join('\n');
    const group = groups.get(key);
    if (group) group.push(pair);
    else groups.set(key, [pair]);
  }
  return [...groups.values()];
}
