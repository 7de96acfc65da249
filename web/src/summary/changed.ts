/* summary/changed.ts -- what changed from one text to the next, line by line. */

export interface Line {
  how: 'kept' | 'added' | 'gone';
  text: string;
}

/** The lines of both texts in order: those that stand in both once (the longest common row of them), the others as they are. */
export function changedLines(before: string, after: string): Line[] {
  const a = before.split('\n');
  const b = after.split('\n');
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = common[i];
    if (row === undefined) continue;
    for (let j = b.length - 1; j >= 0; j -= 1) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const old = a[i];
    const now = b[j];
    if (old !== undefined && old === now) {
      lines.push({ how: 'kept', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ how: 'gone', text: old });
      i += 1;
    } else if (now !== undefined) {
      lines.push({ how: 'added', text: now });
      j += 1;
    }
  }
  return lines;
}

/** TEXT without its marks (〔3〕), as it goes out. */
export const plainText = (text: string): string => text.replaceAll(/〔\d{1,3}〕/g, '');
