/* duty/rule-value.ts -- rules of a jurisdiction: which belong together, what a value says, what was typed. */
import type { DutyRule } from '../api/types';
import type { Words } from '../words/lang';
import { isKey } from '../words/words';

export const GROUPS = [
  { key: 'light', rules: ['light_days_ahead', 'light_behind', 'roll_red', 'begun_on'] },
  { key: 'remind', rules: ['digest_weekday', 'chase_after', 'order_after', 'person_cap', 'day_cap', 'send_from', 'send_to'] },
  {
    key: 'cadence',
    rules: [
      'cadence', 'way', 'dates_monthly', 'dates_quarterly', 'dates_half_yearly', 'dates_annual', 'dates_termly', 'dates_school_year',
      'dates_seasonal', 'dates_campaign', 'county_days_before', 'yearly_day', 'decision_day', 'returns_cap',
    ],
  },
  { key: 'body', rules: ['body_ends_ahead'] },
] as const;
export type GroupKey = (typeof GROUPS)[number]['key'] | 'other';

/** The rules in their groups; those of a newer server that no group names stand last. */
export function grouped(rules: readonly DutyRule[]): { key: GroupKey; rules: DutyRule[] }[] {
  const by = new Map(rules.map((rule) => [rule.name, rule]));
  const named = new Set<string>(GROUPS.flatMap((group) => group.rules));
  const groups: { key: GroupKey; rules: DutyRule[] }[] = GROUPS.map((group) => ({
    key: group.key,
    rules: group.rules.flatMap((name) => by.get(name) ?? []),
  }));
  groups.push({ key: 'other', rules: rules.filter((rule) => !named.has(rule.name)) });
  return groups.filter((group) => group.rules.length > 0);
}

/** Whether lights hang on it: then it can be tried. */
export function movesLights(name: string): boolean {
  return (GROUPS[0].rules as readonly string[]).includes(name);
}

/** Whether reminders hang on it: then their coming weeks can be tried. */
export function movesReminders(name: string): boolean {
  return ['begun_on', 'digest_weekday', 'chase_after', 'order_after', 'person_cap'].includes(name);
}

export type RulePart = 'name' | 'what' | 'example';

/** What people are told of rule NAME; nothing where it is a newer server's. */
export function ruleText(w: Words, name: string, part: RulePart): string {
  const key = `rule.${name}.${part}`;
  if (isKey(key)) return w.t(key);
  return part === 'name' ? name : '';
}

/** VALUE of RULE as people read it. */
export function ruleWords(w: Words, rule: Pick<DutyRule, 'name' | 'kind'>, value: string): string {
  if (rule.name === 'digest_weekday') return w.tCode('calendar.weekday', value);
  if (rule.name === 'way') return w.tCode('settle', value);
  switch (rule.kind) {
    case 'int': {
      const key = `rule.${rule.name}.says`;
      return isKey(key) ? w.t(key, { n: Number(value) }) : value;
    }
    case 'word':
      return w.tCode('cadence', value);
    case 'dates':
      return value.split(',').map((day) => w.monthDay(day)).join(w.t('list.comma'));
    case 'day':
      return value === '' ? w.t('rules.noDay') : w.date(value);
  }
}

/** What RULE may be, for people. */
export function boundWords(w: Words, rule: DutyRule): string {
  if (rule.name === 'digest_weekday') return w.t('rules.bounds.weekday');
  if (rule.kind === 'int') return w.t('rules.bounds.int', { least: rule.least ?? 0, most: rule.most ?? 0 });
  if (rule.kind === 'dates') return w.t('rules.bounds.dates', { n: rule.most ?? 1 });
  if (rule.kind === 'day') return w.t('rules.bounds.day');
  return rule.words.map((word) => ruleWords(w, rule, word)).join(w.t('list.comma'));
}

const MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** "6-15、12月15日" as 06-15,12-15; null where something in it is no day of a year. */
function readDates(typed: string): string[] | null {
  const days = typed.split(/[\s,，、;；]+/u).filter((part) => part !== '');
  const found: string[] = [];
  for (const day of days) {
    const [, month, of] = /^(\d{1,2})(?:[-./]|\u6708)(\d{1,2})\u65e5?$/u.exec(day) ?? [];
    const n = Number(month);
    if (!month || !of || n < 1 || n > 12 || Number(of) < 1 || Number(of) > (MONTHS[n - 1] ?? 0)) return null;
    found.push(`${month.padStart(2, '0')}-${of.padStart(2, '0')}`);
  }
  return found.length === 0 ? null : [...new Set(found)].sort();
}

/** The value of RULE that was typed, as the server has it; null where it cannot be one. */
export function readRule(rule: DutyRule, typed: string): string | null {
  // full-width digits are what a Chinese keyboard types
  const text = typed.normalize('NFKC').trim();
  switch (rule.kind) {
    case 'int': {
      if (!/^\d{1,6}$/.test(text)) return null;
      const n = Number(text);
      return n < (rule.least ?? 0) || n > (rule.most ?? n) ? null : String(n);
    }
    case 'word':
      return rule.words.includes(text) ? text : null;
    case 'dates': {
      const days = readDates(text);
      return days === null || days.length > (rule.most ?? days.length) ? null : days.join(',');
    }
    case 'day':
      return text === '' || /^\d{4}-\d\d-\d\d$/.test(text) ? text : null;
  }
}

/** Whether messages would have no hour to go out, were rule NAME set to VALUE beside the other of RULES. */
export function noHourLeft(rules: readonly DutyRule[], name: string, value: string): boolean {
  if (name !== 'send_from' && name !== 'send_to') return false;
  const hour = (of: string): number => Number(of === name ? value : rules.find((rule) => rule.name === of)?.value);
  return hour('send_from') >= hour('send_to');
}
