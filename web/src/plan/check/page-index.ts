/*
 * plan/check/page-index.ts -- where words stand on the pages of the file, and which words stand where.
 *
 * A place is a piece of a line with its box.  Inside a piece words are found by their share of its
 * bytes: near enough for a mark and for a click, as most of a plan is characters of equal width.
 */
import type { PagePlace } from '../register-text';
import type { FieldPlace } from './source-index';

export interface PageBox {
  page: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
  field: string;
}

/** The first of PLACES (in the order of the text) that ends behind byte AT. */
function firstBehind(places: readonly PagePlace[], at: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.to ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The boxes of FIELDS on the pages, whole rows first, so that what is smaller lies above. */
export function boxesOf(places: readonly PagePlace[], fields: readonly FieldPlace[]): PageBox[] {
  const ordered = [...fields].sort((a, b) => b.to - b.from - (a.to - a.from));
  return ordered.flatMap(({ field, from, to }) => {
    const found: PageBox[] = [];
    for (let i = firstBehind(places, from); i < places.length; i += 1) {
      const place = places[i];
      if (!place || place.from >= to) break;
      const [left, top, right, bottom] = place.box;
      const at = (byte: number): number => left + ((byte - place.from) / (place.to - place.from)) * (right - left);
      found.push({ page: place.page, left: at(Math.max(from, place.from)), top, right: at(Math.min(to, place.to)), bottom, field });
    }
    return found;
  });
}

/** BOXES by their page. */
export function byPage(boxes: readonly PageBox[]): ReadonlyMap<number, readonly PageBox[]> {
  const found = new Map<number, PageBox[]>();
  for (const box of boxes) {
    const there = found.get(box.page);
    if (there) there.push(box);
    else found.set(box.page, [box]);
  }
  return found;
}

/** The byte of the text whose words stand at X, Y (points) of PAGE, or null where none do. */
export function byteOnPage(places: readonly PagePlace[], page: number, x: number, y: number): number | null {
  const hit = places.find(({ page: on, box: [left, top, right, bottom] }) => on === page && x >= left && x <= right && y >= top && y <= bottom);
  if (!hit) return null;
  const [left, , right] = hit.box;
  const share = right > left ? (x - left) / (right - left) : 0;
  return Math.min(hit.to - 1, hit.from + Math.floor(share * (hit.to - hit.from)));
}

/** How many pages there are at least, and how a page lies that is not there yet (width / height). */
export function pagesOf(places: readonly PagePlace[]): { count: number; ratio: number } {
  let count = 0;
  let right = 0;
  let bottom = 0;
  for (const place of places) {
    count = Math.max(count, place.page);
    right = Math.max(right, place.box[2]);
    bottom = Math.max(bottom, place.box[3]);
  }
  return { count, ratio: right > bottom ? 842 / 595 : 595 / 842 };
}
