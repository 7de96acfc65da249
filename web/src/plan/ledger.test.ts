import { expect, test } from 'vitest';
import type { LedgerView } from '../api/types';
import { listColumns, readColumns, readSaved } from './filters';
import { isBare, isChanged, viewContent, viewSearch, withView } from './ledger-query';
import { rangeOf } from './marks';

const view: LedgerView = {
  id: 7,
  name: '实事',
  shared: false,
  filter: { tag: '民生实事', order: '-due', unit: 3 },
  columns: ['title', 'lead'],
  version: 1,
};

test('a view and its address say the same', () => {
  const search = viewSearch(view);
  expect(readSaved(search)).toBe(7);
  expect(viewContent(search)).toEqual({ filter: view.filter, columns: view.columns });
  expect(isChanged(view, search)).toBe(false);
  search.set('kind', 'ongoing');
  expect(isChanged(view, search)).toBe(true);
  search.delete('kind');
  search.set('cols', 'lead,title');
  expect(isChanged(view, search)).toBe(true);
});

test('a view that was just saved is known in its new version', () => {
  const other = { ...view, id: 8, name: '十四五' };
  const ledger = { views: [view, other], desk: { view: null, columns: [] } };
  expect(withView(ledger, { ...view, name: '民生', version: 2 }).views.map((v) => [v.id, v.name, v.version])).toEqual([[7, '民生', 2], [8, '十四五', 1]]);
  expect(withView(ledger, { ...view, id: 9 }).views.map((v) => v.id)).toEqual([7, 8, 9]);
});

test('an address that says nothing opens the view it names', () => {
  const bare = (text: string): boolean => isBare(new URLSearchParams(text));
  expect(bare('')).toBe(true);
  expect(bare('saved=7')).toBe(true);
  expect(bare('programme=2')).toBe(true);
  expect(bare('saved=x')).toBe(false);
  expect(bare('saved=7&tag=a')).toBe(false);
});

test('columns that are none are left out', () => {
  expect(listColumns(['title', 'nothing', 'title', 'no'])).toEqual(['title', 'no']);
  expect(listColumns(['nothing'])).toBeNull();
  expect(readColumns(new URLSearchParams('cols=lead,no'))).toEqual(['lead', 'no']);
  expect(readColumns(new URLSearchParams(''))).toBeNull();
});

test('a range goes both ways', () => {
  expect(rangeOf(2, 4)).toEqual([2, 3, 4]);
  expect(rangeOf(4, 2)).toEqual([2, 3, 4]);
  expect(rangeOf(3, 3)).toEqual([3]);
});
