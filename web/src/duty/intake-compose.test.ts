import { expect, test } from 'vitest';
import type { IntakeFigure, IntakePiece, ReportRow } from '../api/types';
import { composed, differs, goodFigures, goodPercent, isClear, proposedFor, taken, type Choice } from './intake-compose';

const row = { duty: 7, text: '讲座两次', difficulties: '', next_step: '', percent: 20, figures: [] as ReportRow['figures'] } as ReportRow;
const piece = (text: string): IntakePiece => ({ text, group: 1, duty: null, score: 0, part: 'none', percent: null, page: 0, sheet: 0, row: 0 });
const to = (part: Choice['part'], duty: number | null = 7): Choice => ({ duty, part });

test('pieces stand below what the row says already, each once', () => {
  const pieces = [piece('讲座三次'), piece('讲座两次'), piece('缺老师'), piece('别处'), piece('60%')];
  const said = composed(row, pieces, [to('text'), to('text'), to('difficulties'), to('text', 8), to('percent')]);
  expect(said).toEqual({ text: '讲座两次\n讲座三次', difficulties: '缺老师', next_step: '', percent: '60', figures: [] });
  expect(differs(row, said)).toBe(true);
});

test('what goes nowhere changes nothing', () => {
  const said = composed(row, [piece('市推进办：')], [to('none', null)]);
  expect(said).toEqual({ text: '讲座两次', difficulties: '', next_step: '', percent: '20', figures: [] });
  expect(differs(row, said)).toBe(false);
});

test('a percent is a whole number up to 100, or nothing', () => {
  expect(['', '0', '１００', '60'].map(goodPercent)).toEqual([true, true, true, true]);
  expect(['101', '1.5', '一半'].map(goodPercent)).toEqual([false, false, false]);
  expect(composed(row, [{ ...piece('九成'), percent: 90 }], [to('percent')]).percent).toBe('90');
  expect(composed(row, [piece('约一半'), piece('140')], [to('percent'), to('percent')]).percent).toBe('20');
});

const figure = { indicator: '培训', measure: '人次', goals: '300人次以上', value: null, span: null, last_value: null, last_span: null } as ReportRow['figures'][number];
const counted = { ...row, figures: [figure] };
const stated = (value: number, more: Partial<IntakeFigure> = {}): IntakeFigure => ({ piece: 0, duty: 7, indicator: '培训', measure: '人次', value, span: null, shared: false, before: '培训', words: `${value}人次`, after: '', ...more });

test('figures of a row come from the words that it is given, and from no others', () => {
  const proposals = [stated(300), stated(900, { piece: 1 }), stated(300, { piece: 2 }), stated(80, { duty: 8 }), stated(5, { measure: '人' })];
  expect(proposedFor(counted, 0, proposals, [to('text'), to('difficulties'), to('text')]).map((one) => one.value)).toEqual([300]);
  expect(proposedFor(counted, 0, proposals, [to('text', 8), to('text'), to('none')]).map((one) => one.value)).toEqual([900]);
});

test('where two values compete, or two targets, none is clear', () => {
  expect(isClear([stated(300)])).toBe(true);
  expect(isClear([stated(300), stated(900)])).toBe(false);
  expect(isClear([stated(300, { shared: true })])).toBe(false);
  expect(isClear([])).toBe(false);
});

test('a figure that was taken makes the row differ; a span that was not said stays', () => {
  const said = composed(counted, [], []);
  expect(differs(counted, said)).toBe(false);
  const now = { ...said, figures: [taken(said.figures[0] as (typeof said.figures)[number], stated(300))] };
  expect(now.figures).toEqual([{ indicator: '培训', measure: '人次', value: '300', span: 'to_date' }]);
  expect(differs(counted, now)).toBe(true);
  expect(taken(now.figures[0] as (typeof said.figures)[number], stated(400, { span: 'period' })).span).toBe('period');
  expect(goodFigures(now.figures)).toBe(true);
  expect(goodFigures([{ ...(now.figures[0] as (typeof said.figures)[number]), value: '三百' }])).toBe(false);
});
