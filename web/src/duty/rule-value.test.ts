import { expect, test } from 'vitest';
import type { DutyRule } from '../api/types';
import { makeWords } from '../words/lang';
import { boundWords, grouped, GROUPS, noHourLeft, readRule, ruleText, ruleWords } from './rule-value';

const rule = (more: Partial<DutyRule>): DutyRule => ({ name: 'light_days_ahead', kind: 'int', least: 0, most: 60, words: [], value: '7', standard: '7', changed: null, ...more });
const days = rule({ name: 'dates_half_yearly', kind: 'dates', least: null, most: 2 });

test('a whole number inside the bounds is one, nothing else', () => {
  for (const [typed, value] of [['14', '14'], [' 07 ', '7'], ['\uff11\uff14', '14'], ['0', '0'], ['60', '60'], ['', null], ['1.5', null], ['-1', null], ['61', null], ['ten', null], ['1e1', null], ['99999999999', null]] as const)
    expect(readRule(rule({}), typed), typed).toBe(value);
});

test('days of the year are taken as people write them', () => {
  for (const [typed, value] of [
    ['06-15,12-15', '06-15,12-15'], ['12.15 6.15', '06-15,12-15'], ['6\u670815\u65e5\u300112\u670815\u65e5', '06-15,12-15'], ['6-15', '06-15'], ['6-15, 6-15', '06-15'],
    ['', null], ['02-30', null], ['13-01', null], ['6-15,7-15,8-15', null], ['soon', null],
  ] as const) expect(readRule(days, typed), typed).toBe(value);
});

test('words and days', () => {
  const word = rule({ name: 'way', kind: 'word', words: ['area', 'line'] });
  expect([readRule(word, 'line'), readRule(word, 'lin')]).toEqual(['line', null]);
  const day = rule({ name: 'begun_on', kind: 'day' });
  expect([readRule(day, '2026-09-01'), readRule(day, ''), readRule(day, 'soon')]).toEqual(['2026-09-01', '', null]);
});

test('each rule has its words in both languages, and a new one of the server is shown all the same', () => {
  for (const lang of ['zh', 'en'] as const) {
    const w = makeWords(lang);
    for (const name of GROUPS.flatMap((group) => group.rules))
      for (const part of ['name', 'what', 'example'] as const) expect(ruleText(w, name, part), `${lang} ${name} ${part}`).not.toMatch(/^$|_/);
    expect(ruleWords(w, rule({}), '14')).toContain('14');
    expect(ruleWords(w, rule({ name: 'digest_weekday' }), '1')).not.toBe('1');
    expect(boundWords(w, rule({}))).toContain('60');
  }
  const groups = grouped([rule({}), rule({ name: 'moon' })]);
  expect(groups.map((group) => group.key)).toEqual(['light', 'other']);
});

test('messages keep an hour to go out', () => {
  const rules = [rule({ name: 'send_from', value: '8' }), rule({ name: 'send_to', value: '18' })];
  expect([noHourLeft(rules, 'send_from', '17'), noHourLeft(rules, 'send_from', '18'), noHourLeft(rules, 'send_to', '8'), noHourLeft(rules, 'send_to', '9')]).toEqual([false, true, true, false]);
  expect(noHourLeft(rules, 'light_days_ahead', '30')).toBe(false);
});
