import { expect, test } from 'vitest';
import type { IntakePiece, ReportRow } from '../api/types';
import { composed, differs, goodPercent, type Choice } from './intake-compose';

const row = { duty: 7, text: '讲座两次', difficulties: '', next_step: '', percent: 20 } as ReportRow;
const piece = (text: string): IntakePiece => ({ text, group: 1, duty: null, score: 0, part: 'none', page: 0, sheet: 0, row: 0 });
const to = (part: Choice['part'], duty: number | null = 7): Choice => ({ duty, part });

test('pieces stand below what the row says already, each once', () => {
  const pieces = [piece('讲座三次'), piece('讲座两次'), piece('缺老师'), piece('别处'), piece('60%')];
  const said = composed(row, pieces, [to('text'), to('text'), to('difficulties'), to('text', 8), to('percent')]);
  expect(said).toEqual({ text: '讲座两次\n讲座三次', difficulties: '缺老师', next_step: '', percent: '60' });
  expect(differs(row, said)).toBe(true);
});

test('what goes nowhere changes nothing', () => {
  const said = composed(row, [piece('市推进办：')], [to('none', null)]);
  expect(said).toEqual({ text: '讲座两次', difficulties: '', next_step: '', percent: '20' });
  expect(differs(row, said)).toBe(false);
});

test('a percent is a whole number up to 100, or nothing', () => {
  expect(['', '0', '１００', '60'].map(goodPercent)).toEqual([true, true, true, true]);
  expect(['101', '1.5', '一半'].map(goodPercent)).toEqual([false, false, false]);
  expect(composed(row, [piece('约一半'), piece('140')], [to('percent'), to('percent')]).percent).toBe('20');
});
