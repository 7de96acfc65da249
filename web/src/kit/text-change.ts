/* kit/text-change.ts -- where two texts differ: what both begin and end with, and the middles. */
export interface TextChange {
  head: string;
  oldMiddle: string;
  newMiddle: string;
  tail: string;
}

function isFigure(char: string | undefined): boolean {
  return char !== undefined && /[0-9.-]/.test(char);
}

export function textChange(oldText: string, newText: string): TextChange {
  const a = Array.from(oldText);
  const b = Array.from(newText);
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  // a date or a figure changes as a whole, not in its second digit
  while (head > 0 && isFigure(a[head - 1]) && (isFigure(a[head]) || isFigure(b[head]))) head -= 1;
  while (tail > 0 && isFigure(a[a.length - tail]) && (isFigure(a[a.length - tail - 1]) || isFigure(b[b.length - tail - 1]))) {
    tail -= 1;
  }
  return {
    head: a.slice(0, head).join(''),
    oldMiddle: a.slice(head, a.length - tail).join(''),
    newMiddle: b.slice(head, b.length - tail).join(''),
    tail: a.slice(a.length - tail).join(''),
  };
}
