import { expect, test } from 'vitest';
import { cellName, columnName } from './sheet-place';

test('columns have letters, and after Z two of them', () => {
  expect([1, 6, 26, 27, 52, 53, 702, 703].map(columnName)).toEqual(['A', 'F', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  expect(cellName(4, 6)).toBe('F4');
});
