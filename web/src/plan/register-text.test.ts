import { describe, expect, it } from 'vitest';
import { contextOf } from '../kit/marked-text';
import { rangeOfWords, readRegister, taskAround } from './register-text';

const text = '一、控烟行动\n1.禁烟。\n2.月艮务\n';
const words = (line: number, what: string | null): string => contextOf(text, rangeOfWords(text, line, what), 0).words;

describe('rangeOfWords', () => {
  it('finds words in their line, by bytes', () => {
    expect(words(3, '月艮')).toBe('月艮');
    expect(rangeOfWords(text, 3, '月艮').from).toBe(new TextEncoder().encode('一、控烟行动\n1.禁烟。\n2.').length);
  });

  it('takes the line where the words stand elsewhere or are not known', () => {
    expect(words(2, '月艮')).toBe('1.禁烟。');
    expect(words(1, null)).toBe('一、控烟行动');
  });

  it('survives a line beyond the text', () => {
    expect(words(99, null)).toBe('');
  });
});

describe('taskAround', () => {
  const tasks = [
    { at: '1/1', from: 10, to: 20 },
    { at: '1/2', from: 20, to: 30 },
  ];
  it('is the task that holds the first byte', () => {
    expect(taskAround(tasks, { from: 20, to: 25 })).toBe('1/2');
    expect(taskAround(tasks, { from: 30, to: 31 })).toBeNull();
  });
});

describe('readRegister', () => {
  it('keeps what has a place and leaves out the rest', () => {
    expect(readRegister({ text: 't', tasks: [{ action: 1, no: '2', source: { from: 3, to: 4 } }, { action: 1 }, 7] })).toEqual({
      text: 't',
      tasks: [{ at: '1/2', from: 3, to: 4 }],
      pages: [],
      cells: [],
    });
    expect(readRegister({})).toEqual({ text: '', tasks: [], pages: [], cells: [] });
  });

  it('knows pieces by their page and cells by their table', () => {
    const places = [
      { from: 0, to: 3, page: 2, box: [1, 2, 3, 4] },
      { from: 4, to: 9, row: 1, column: 2, row_span: 3 },
      { from: 10, to: 12, sheet: 2, row: 5, column: 1, column_span: 2 },
      { from: 13, to: 13, page: 1, box: [1, 2, 3, 4] },
      { from: 14, to: 15, page: 1 },
    ];
    const { pages, cells } = readRegister({ places });
    expect(pages).toEqual([{ from: 0, to: 3, page: 2, box: [1, 2, 3, 4] }]);
    expect(cells).toEqual([
      { from: 4, to: 9, sheet: 0, row: 1, column: 2, rows: 3, columns: 1 },
      { from: 10, to: 12, sheet: 2, row: 5, column: 1, rows: 1, columns: 2 },
    ]);
  });
});
