import { describe, expect, it } from 'vitest';
import { contextOf } from './marked-text';

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const text = '一、总体要求。二、开展健康知识普及😀行动。三、结束。';
const words = '开展健康知识普及😀行动';
const from = bytes('一、总体要求。二、');
const range = { from, to: from + bytes(words) };

describe('contextOf', () => {
  it('finds words by bytes among characters of several', () => {
    const found = contextOf(text, range, 1000);
    expect(found).toEqual({ before: '一、总体要求。二、', words, after: '。三、结束。', cutBefore: false, cutAfter: false });
  });

  it('cuts at characters, never inside one', () => {
    for (let around = 0; around < 20; around += 1) {
      const found = contextOf(text, range, around);
      expect(text).toContain(found.before + found.words + found.after);
    }
  });

  it('says what was left out', () => {
    const found = contextOf(text, range, 3);
    expect(found.cutBefore && found.cutAfter).toBe(true);
    expect(found.before).toBe('、');
  });

  it('survives a range beyond the text', () => {
    expect(contextOf('短', { from: 90, to: 10 }, 5).words).toBe('');
  });
});
