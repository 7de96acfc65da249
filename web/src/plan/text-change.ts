/* plan/text-change.ts -- where two texts differ: what both begin and end with, and the middles. */
export interface TextChange {
  head: string;
  oldMiddle: string;
  newMiddle: string;
  tail: string;
}

export function textChange(oldText: string, newText: string): TextChange {
  const a = Array.from(oldText);
  const b = Array.from(newText);
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return {
    head: a.slice(0, head).join(''),
    oldMiddle: a.slice(head, a.length - tail).join(''),
    newMiddle: b.slice(head, b.length - tail).join(''),
    tail: a.slice(a.length - tail).join(''),
  };
}
