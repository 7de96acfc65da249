import { expect, it } from 'vitest';
import { firstBadLine } from './utf8';

const text = (s: string): number[] => [...new TextEncoder().encode(s)];

it.each([
  ['plain and Chinese and beyond', text('a\n健康😀\n'), null],
  ['nothing', [], null],
  ['GBK in the third line', [...text('一\n二\n'), 0xb7, 0xbd, 0x0a], 3],
  ['a character cut at the end', text('健康').slice(0, 5), 1],
  ['an overlong slash', [0xc0, 0xaf], 1],
  ['an overlong form of three', [0x0a, 0xe0, 0x80, 0xaf], 2],
  ['a surrogate', [0xed, 0xa0, 0x80], 1],
  ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], 1],
  ['a lone continuation', [0x0a, 0x0a, 0x80], 3],
])('%s', (_, bytes, line) => {
  expect(firstBadLine(Uint8Array.from(bytes))).toBe(line);
});

it('agrees with the platform on every pair of bytes', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let a = 0; a < 256; a += 1) {
    for (let b = 0; b < 256; b += 1) {
      const bytes = Uint8Array.from([a, b]);
      let valid = true;
      try {
        decoder.decode(bytes);
      } catch {
        valid = false;
      }
      expect(firstBadLine(bytes) === null, `${a} ${b}`).toBe(valid);
    }
  }
});
