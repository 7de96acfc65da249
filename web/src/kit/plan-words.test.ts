import { expect, test } from 'vitest';
import { wordsOfTask } from './plan-words';

test('what a task is called is set off from what is done', () => {
  expect(wordsOfTask('推行工间健身', '推行工间健身在机关倡导工间操')).toBe('推行工间健身\u3000在机关倡导工间操');
});

test('words with a mark of their own, or without the name, stand as they are', () => {
  expect(wordsOfTask('推行工间健身', '推行工间健身。在机关倡导工间操')).toBe('推行工间健身。在机关倡导工间操');
  expect(wordsOfTask('推行工间健身', '在机关倡导工间操')).toBe('在机关倡导工间操');
  expect(wordsOfTask('推行工间健身', '推行工间健身')).toBe('推行工间健身');
});
