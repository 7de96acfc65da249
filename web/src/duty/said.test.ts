import { describe, expect, it } from 'vitest';
import type { ReportRow } from '../api/types';
import { draftOf, mistakes, numberOf, saidOf } from './said';

const figure = { indicator: '培训', measure: '人次', value: '', span: 'period' as const };
const row: ReportRow = {
  duty: 1, version: 2, action_no: 1, action: '一', no: '1', title: '讲座', words: '讲座', deadline_kind: 'ongoing', due: null, strength: 'must',
  state: 'open', why: null, plan_task: 3, text: '讲座两次', percent: 40, difficulties: '', next_step: '', same: false,
  figures: [{ indicator: '培训', measure: '人次', goals: '培训300人次', value: 120.5, span: 'period', last_value: null, last_span: null, adds: true, fed: null }],
  on_behalf: false, judge: null, changed_by: '李', changed_at: '2026-03-02T04:00:00Z', last: null, feeds: [],
  counties: [], remarks: [],
};

describe('numberOf', () => {
  it.each([['1,339', 1339], ['１２', 12], [' -0.5 ', -0.5], ['12.', null], ['1e3', null], ['约300', null], ['', null]])('%s', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });
});

describe('draftOf', () => {
  it('says again what the server holds', () => {
    const draft = draftOf(saidOf(row), row, 7);
    expect(draft).toEqual({
      unit: 7, text: '讲座两次', percent: 40, difficulties: '', next_step: '', same: false,
      figures: [{ indicator: '培训', measure: '人次', value: 120.5, span: 'period' }],
    });
  });
  it('leaves a field with a mistake as it was, and an emptied one out', () => {
    const said = { ...saidOf(row), percent: '一百' };
    expect(mistakes(said)).toEqual(new Set(['percent']));
    expect(draftOf(said, row, 7).percent).toBe(40);
    const emptied = { ...saidOf(row), percent: '', figures: [figure] };
    expect(draftOf(emptied, row, 7).percent).toBeNull();
    expect(draftOf(emptied, row, 7).figures).toEqual([]);
    const slip = { ...saidOf(row), figures: [{ ...figure, value: '12a' }] };
    expect(draftOf(slip, row, 7).figures?.[0]?.value).toBe(120.5);
  });
  it('wants whole percents from 0 to 100', () => {
    for (const bad of ['-1', '101', '4.5']) expect(mistakes({ ...saidOf(row), percent: bad }).has('percent')).toBe(true);
    for (const good of ['0', '100', '']) expect(mistakes({ ...saidOf(row), percent: good }).size).toBe(0);
  });
});
