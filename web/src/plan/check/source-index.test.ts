import { describe, expect, it } from 'vitest';
import type { Check, Task } from '../../api/types';
import { lineAt, linesOf, type Line } from '../document-layout';
import { charactersBefore, fieldAt, piecesOf, placesOf } from './source-index';

const text = '一、行动\n1.办好讲座。（责任单位：市教育局）\n末行';
const lines = linesOf(text);
const [first, second, third] = lines as [Line, Line, Line];
const byte = (words: string): number => new TextEncoder().encode(text.slice(0, text.indexOf(words))).length;
const range = (words: string) => ({ from: byte(words), to: byte(words) + new TextEncoder().encode(words).length });

const task = {
  id: 7, source: range('办好讲座。（责任单位：市教育局）'), units: [{ name: '市教育局', role: 'responsible', inherited: false, source: range('市教育局') }],
  deadline: { kind: 'none', date: null, dates: [], inferred: false, source: null },
  targets: [], deliverables: [], warnings: [{ code: 'x', message: 'y', state: 'dismissed', source: range('讲座') }],
} as unknown as Task;
const check = { tasks: [task] } as unknown as Check;

describe('lines', () => {
  it('know their bytes', () => {
    expect([first, second, third].map((l) => l.from)).toEqual([0, 13, 13 + new TextEncoder().encode(second.text).length + 1]);
    expect(lineAt(lines, 0)).toBe(0);
    expect(lineAt(lines, byte('讲座'))).toBe(1);
    expect(lineAt(lines, byte('末行') + 100)).toBe(2);
  });
  it('are cut where fields begin and end, and lose no character', () => {
    const pieces = piecesOf(second, placesOf(task));
    expect(pieces.map((p) => p.text).join('')).toBe(second.text);
    expect(pieces.find((p) => p.text === '市教育局')?.fields).toEqual(['units.0', 'row']);
    expect(pieces[0]).toEqual({ text: '1.', from: second.from, fields: [] });
    expect(piecesOf(first, placesOf(task))).toHaveLength(1);
    expect(piecesOf({ text: '', from: 5, to: 5 }, [])).toEqual([]);
  });
});

describe('fieldAt', () => {
  it('is the smallest that holds the place', () => {
    expect(fieldAt(check, byte('教育局'))).toEqual({ task: 7, field: 'units.0' });
    expect(fieldAt(check, byte('讲座'))).toEqual({ task: 7, field: 'row' }); // the warning is dismissed
    expect(fieldAt(check, byte('末行'))).toBeNull();
  });
});

describe('charactersBefore', () => {
  it('counts code points, not units', () => {
    expect(charactersBefore('𠮷办好', 3)).toBe(2);
  });
});
