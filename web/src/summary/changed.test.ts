import { expect, test } from 'vitest';
import { changedLines, plainText } from './changed';

const shown = (before: string, after: string): string =>
  changedLines(before, after).map((line) => ({ kept: ' ', added: '+', gone: '-' })[line.how] + line.text).join('|');

test('lines are kept, gone or added, in order', () => {
  expect(shown('一\n二\n三', '一\n二\n三')).toBe(' 一| 二| 三');
  expect(shown('一\n二\n三', '一\n三\n四')).toBe(' 一|-二| 三|+四');
  expect(shown('', '一')).toBe('-|+一');
});

test('marks are left out, numbers of papers are not', () => {
  expect(plainText('共2项。〔1〕云健委〔2026〕3号〔12〕')).toBe('共2项。云健委〔2026〕3号');
});
