import { describe, expect, it } from 'vitest';
import { marked } from './marks';

const hits = (text: string, words: string): string[] => marked(text, words).filter((p) => p.hit).map((p) => p.text);

describe('marked', () => {
  it('keeps the text whole', () => {
    for (const words of ['健康', 'b163', '', '〔2020〕', '没有']) {
      expect(marked('健康云沂〔２０２０〕B163健康', words).map((p) => p.text).join('')).toBe('健康云沂〔２０２０〕B163健康');
    }
  });
  it('finds every place, in any case, width and bracket', () => {
    expect(hits('健康云沂健康', '健康')).toEqual(['健康', '健康']);
    expect(hits('见B163。', 'b163')).toEqual(['B163']);
    expect(hits('云健委〔2020〕1号', '[2020]1号')).toEqual(['〔2020〕1号']);
    expect(hits('（２０２０）', '(2020)')).toEqual(['（２０２０）']);
  });
  it('marks nothing where nothing stands', () => {
    expect(hits('健康', 'jk')).toEqual([]);
    expect(marked('', '健康')).toEqual([]);
  });
});
