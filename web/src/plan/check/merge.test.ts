import { describe, expect, it } from 'vitest';
import type { Check, Edit } from '../../api/types';
import { editsWith, fieldsOf, mergeTexts } from './merge';

const base = '组织讲座10场，发放手册。';

describe('mergeTexts', () => {
  it('puts changes of different parts together, in either order', () => {
    expect(mergeTexts(base, '组织讲座20场，发放手册。', '组织讲座10场，发放手册和海报。')).toBe('组织讲座20场，发放手册和海报。');
    expect(mergeTexts(base, '组织讲座10场，发放手册和海报。', '市里组织讲座10场，发放手册。')).toBe('市里组织讲座10场，发放手册和海报。');
  });
  it('does not guess where both changed the same part', () => {
    expect(mergeTexts(base, '组织讲座20场，发放手册。', '组织讲座30场，发放手册。')).toBeNull();
    expect(mergeTexts(base, `${base}甲`, `${base}乙`)).toBeNull();
    expect(mergeTexts(base, '', '组织讲座10场。')).toBeNull();
  });
  it('takes the only change there is', () => {
    expect(mergeTexts(base, base, '丁')).toBe('丁');
    expect(mergeTexts(base, '丙', base)).toBe('丙');
    expect(mergeTexts(base, '丙', '丙')).toBe('丙');
  });
});

const check = (task: object): Check =>
  ({ tasks: [{ id: 7, title: '讲座', text: base, strength: 'must', ...task }], version: { document: {}, summary: {}, actions: [{ seq: 1, no: 1, name: '控烟' }] } }) as unknown as Check;
const set = (change: object): Edit => ({ op: 'set', tasks: [7], change });

describe('fieldsOf', () => {
  it('contests only what both changed', () => {
    const edits = [set({ title: '讲座会', text: '组织讲座20场，发放手册。' })];
    const fields = fieldsOf(edits, check({}), check({ text: '组织讲座10场，发放手册和海报。', strength: 'expected' }));
    expect(fields?.map((f) => [f.name, f.contested, f.merged])).toEqual([
      ['title', false, null],
      ['text', true, '组织讲座20场，发放手册和海报。'],
    ]);
  });
  it('knows nothing of a row that is gone, of many rows, and of other acts', () => {
    expect(fieldsOf([set({ title: '甲' })], check({}), { ...check({}), tasks: [] })).toBeNull();
    expect(fieldsOf([{ op: 'set', tasks: [7, 8], change: { title: '甲' } }], check({}), check({}))).toBeNull();
    expect(fieldsOf([{ op: 'remove', tasks: [7] }], check({}), check({}))).toBeNull();
  });
  it('knows actions', () => {
    const edits: Edit[] = [{ op: 'set_action', seq: 1, action: { name: '无烟' } }];
    expect(fieldsOf(edits, check({}), check({}))?.[0]).toMatchObject({ part: 'action', name: 'name', base: '控烟', contested: false });
  });
});

describe('editsWith', () => {
  it('keeps what was chosen and drops an edit that is left empty', () => {
    const edits = [set({ title: '甲', text: '乙' }), set({ strength: 'expected' })];
    const fields = fieldsOf(edits, check({}), check({ title: '丙', strength: 'encouraged' })) ?? [];
    expect(editsWith(edits, fields, (f) => (f.name === 'title' ? '丁' : f.name === 'text' ? f.mine : undefined))).toEqual([set({ title: '丁', text: '乙' })]);
  });
});
