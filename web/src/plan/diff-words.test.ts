import { expect, it } from 'vitest';
import { makeWords } from '../words/lang';
import { fieldWords } from './diff-words';

const zh = makeWords('zh');
const en = makeWords('en');

it.each([
  ['deadline', 'complete_by 2020-12-31', '限期完成 2020-12-31', 'Complete by 2020-12-31'],
  ['deadline', 'recurring 06-15 12-15', '定期 06-15、12-15', 'Recurring 06-15, 12-15'],
  ['deadline', 'ongoing', '持续推进', 'Ongoing'],
  ['units', 'lead 市教育局; responsible 市财政局; responsible 市民政局', '牵头：市教育局；责任：市财政局、市民政局', 'Lead: 市教育局; Responsible: 市财政局, 市民政局'],
  ['strength', 'encouraged', '鼓励', 'Encouraged'],
  ['cadence', 'quarterly', '每季度', 'quarterly'],
  ['open_ended', 'true', '是', 'yes'],
  ['issued_on', '2020-07-20', '2020年7月20日', '20 July 2020'],
  ['text', 'lead of nothing; ongoing', 'lead of nothing; ongoing', 'lead of nothing; ongoing'],
  ['cadence', 'a later code', 'a later code', 'a later code'],
])('%s %s', (field, value, chinese, english) => {
  expect(fieldWords(zh, field, value)).toBe(chinese);
  expect(fieldWords(en, field, value)).toBe(english);
});

it('keeps what is not there', () => {
  expect(fieldWords(zh, 'cadence', null)).toBeNull();
  expect(fieldWords(zh, 'units', '')).toBeNull();
});
