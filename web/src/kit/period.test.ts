import { describe, expect, it } from 'vitest';
import { makeWords } from '../words/lang';
import { periodWords } from './period';

describe('periodWords', () => {
  const zh = makeWords('zh');
  it.each([
    ['202606', '2026年6月'],
    ['2026Q3', '2026年第3季度'],
    ['2026S1', '2026年上半年'],
    ['2026S2', '2026年下半年'],
    ['2026', '2026年'],
    ['what else', 'what else'],
  ])('%s', (period, words) => {
    expect(periodWords(zh, period)).toBe(words);
  });
});
