import { describe, expect, it } from 'vitest';
import { findWords, HITS_MAX } from './find-text';

const lines = (...texts: string[]) => texts.map((text) => ({ text }));

describe('findWords', () => {
  it('finds every place, line after line, in any case of letters', () => {
    expect(findWords(lines('健康B163健康', '', 'b163'), 'b163')).toEqual([
      { line: 0, from: 2, to: 6 },
      { line: 2, from: 0, to: 4 },
    ]);
    expect(findWords(lines('健健健'), '健健')).toEqual([{ line: 0, from: 0, to: 2 }]);
  });
  it('finds nothing for blanks, and stops at the limit', () => {
    expect(findWords(lines('健 康'), '  ')).toEqual([]);
    expect(findWords(lines('健'.repeat(HITS_MAX + 5)), '健')).toHaveLength(HITS_MAX);
  });
});
