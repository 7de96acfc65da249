import { expect, test } from 'vitest';
import type { Duty } from '../api/types';
import { makeWords } from '../words/lang';
import { countsDays, dutyDue } from './parts';

const zh = makeWords('zh');
const begun = { move: 'begin' } as Duty['history'][number];

test('a date that is the start\u2019s says so; where there is none, its kind stands', () => {
  expect(dutyDue(zh, { due: '2026-04-30', deadline_kind: 'start_by' })).toBe('2026-04-30 启动');
  expect(dutyDue(zh, { due: '2026-04-30', deadline_kind: 'complete_by' })).toBe('2026-04-30');
  expect(dutyDue(zh, { due: null, deadline_kind: 'ongoing' })).toBe('持续推进');
});

test('the days to a start count until it was begun, also where it was put off; those to an end until it is over', () => {
  expect(countsDays({ deadline_kind: 'start_by', state: 'extended', history: [] })).toBe(true);
  expect(countsDays({ deadline_kind: 'start_by', state: 'extended', history: [begun] })).toBe(false);
  expect(countsDays({ deadline_kind: 'complete_by', state: 'in_hand', history: [begun] })).toBe(true);
  for (const state of ['done', 'struck_off', 'laid_before'] as const)
    expect(countsDays({ deadline_kind: 'complete_by', state, history: [begun] })).toBe(false);
});
