import { expect, test } from 'vitest';
import { sortOf } from './sort';

type Name = 'no' | 'due' | 'light';

test('a head goes up, down, and back to how it was', () => {
  expect(sortOf<Name>('no', 'due', 'no')).toEqual({ state: 'none', next: 'due' });
  expect(sortOf<Name>('due', 'due', 'no')).toEqual({ state: 'ascending', next: '-due' });
  expect(sortOf<Name>('-due', 'due', 'no')).toEqual({ state: 'descending', next: 'no' });
  expect(sortOf<Name>('due', 'light', 'no')).toEqual({ state: 'none', next: 'light' });
  expect(sortOf<Name>('-due', 'due', 'due')).toEqual({ state: 'descending', next: 'due' });
});
