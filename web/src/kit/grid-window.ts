/* kit/grid-window.ts -- which rows of a long list are in sight; plain arithmetic over equal rows. */

export interface RowWindow {
  first: number;
  /** One past the last. */
  end: number;
}

/** Rows that a view of HEIGHT at SCROLL shows out of COUNT rows of ROW pixels, with EXTRA on both sides. */
export function rowsInSight(scroll: number, height: number, row: number, count: number, extra: number): RowWindow {
  const first = Math.max(0, Math.floor(scroll / row) - extra);
  const end = Math.min(count, Math.ceil((scroll + height) / row) + extra);
  return { first: Math.min(first, count), end: Math.max(end, Math.min(first, count)) };
}

/** The scroll position nearest to SCROLL at which row INDEX is wholly in sight. */
export function scrollToShow(index: number, scroll: number, height: number, row: number): number {
  const top = index * row;
  if (top < scroll) return top;
  if (top + row > scroll + height) return top + row - height;
  return scroll;
}
