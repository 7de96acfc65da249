import { expect, test } from 'vitest';
import { squares } from './qr';

test('runs of dark modules are one box each', () => {
  expect(squares(['1101', '0000', '0010'], 4)).toBe('M4 4h2v1h-2zM7 4h1v1h-1zM6 6h1v1h-1z');
  expect(squares(['000'], 0)).toBe('');
});
