import { expect, test } from 'vitest';
import type { PagePlace } from '../register-text';
import { boxesOf, byteOnPage, pagesOf } from './page-index';

const places: PagePlace[] = [
  { from: 0, to: 30, page: 1, box: [100, 50, 200, 60] },
  { from: 31, to: 61, page: 2, box: [100, 20, 400, 30] },
];

test('a field is boxed by its share of a piece, on each page that it runs over', () => {
  expect(boxesOf(places, [{ field: 'deadline', from: 15, to: 46 }])).toEqual([
    { page: 1, left: 150, top: 50, right: 200, bottom: 60, field: 'deadline' },
    { page: 2, left: 100, top: 20, right: 250, bottom: 30, field: 'deadline' },
  ]);
});

test('a row lies under its fields, and what stands nowhere has no box', () => {
  const found = boxesOf(places, [
    { field: 'units.0', from: 3, to: 6 },
    { field: 'row', from: 0, to: 30 },
    { field: 'targets.0', from: 30, to: 31 },
  ]);
  expect(found.map((b) => b.field)).toEqual(['row', 'units.0']);
});

test('a point of a page is a byte of the text, and beside the words none', () => {
  expect(byteOnPage(places, 1, 100, 55)).toBe(0);
  expect(byteOnPage(places, 1, 150, 55)).toBe(15);
  expect(byteOnPage(places, 1, 200, 55)).toBe(29);
  expect(byteOnPage(places, 2, 150, 55)).toBeNull();
  expect(byteOnPage(places, 1, 99, 55)).toBeNull();
});

test('pages are counted, and lie as their words do', () => {
  expect(pagesOf(places)).toEqual({ count: 2, ratio: 842 / 595 });
  expect(pagesOf([])).toEqual({ count: 0, ratio: 595 / 842 });
});
