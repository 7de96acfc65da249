import { expect, test } from 'vitest';
import type { BackfillLine } from '../api/types';
import { decided, placeOf, wantsPerson } from './backfill-query';

const line = (part: Partial<BackfillLine>): BackfillLine => ({
  sheet: 1, row: 3, act: 'record', no: '', task: '', unit: '', duty: 5, by: 'title', likely: [], returns: [], notes: [], state: null, percent: null, faults: [], ...part,
});

test('what is decided of a row takes the place of what was decided before', () => {
  const first = decided({}, { sheet: 1, row: 3, duty: 7 });
  expect(first).toEqual({ '1.3': { sheet: 1, row: 3, duty: 7 } });
  expect(decided(first, { sheet: 1, row: 3, duty: null })).toEqual({ '1.3': { sheet: 1, row: 3, duty: null } });
  expect(decided(first, { sheet: 1, row: 4, done_on: '2026-03-01' })).toHaveProperty(['1.3']);
});

test('a row as it was found is no decision', () => {
  expect(decided({ '1.3': { sheet: 1, row: 3, duty: 7 } }, { sheet: 1, row: 3 })).toEqual({});
});

test('a row wants a person where a part of it cannot be recorded', () => {
  expect(placeOf(line({}))).toBe('1.3');
  expect(wantsPerson(line({}))).toBe(false);
  expect(wantsPerson(line({ act: 'choose' }))).toBe(true);
  expect(wantsPerson(line({ faults: [{ code: 'sent_late', column: 2, about: '3', stops: false }] }))).toBe(false);
  expect(wantsPerson(line({ faults: [{ code: 'done_undated', column: 2, about: '', stops: true }] }))).toBe(true);
});
