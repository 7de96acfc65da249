import { describe, expect, it } from 'vitest';
import { isFiltered, queryString, readFilters, readOrder, withChanges } from './filters';

const search = (text: string): URLSearchParams => new URLSearchParams(text);

describe('readFilters', () => {
  it('reads every filter of an address', () => {
    const text = 'programme=3&action=控烟行动&unit=7&role=lead&kind=complete_by&due_from=2020-01-01&due_to=2020-12-31&strength=must&q=学校';
    expect(readFilters(search(text))).toEqual({
      programme: 3,
      action: '控烟行动',
      unit: 7,
      role: 'lead',
      kind: 'complete_by',
      due_from: '2020-01-01',
      due_to: '2020-12-31',
      strength: 'must',
      q: '学校',
    });
  });

  it.each([
    ['a word for an id', 'unit=abc'],
    ['an id beyond what numbers hold', 'unit=99999999999999999999'],
    ['nought', 'programme=0'],
    ['a kind that is none', 'kind=whenever'],
    ['a day that is none', 'due_from=2020-02-30'],
    ['a day in another form', 'due_to=2020/12/31'],
    ['blanks for words', 'q=%20%20'],
    ['a role without its unit', 'role=lead'],
  ])('leaves out %s', (_, text) => {
    expect(readFilters(search(text))).toEqual({});
  });

  it('cuts words to what the server takes', () => {
    expect(readFilters(search(`q=${'健'.repeat(200)}`)).q).toHaveLength(100);
  });
});

describe('readOrder', () => {
  it("is the plan's where the address says none or nonsense", () => {
    expect(readOrder(search(''))).toBe('plan');
    expect(readOrder(search('order=random'))).toBe('plan');
    expect(readOrder(search('order=-due'))).toBe('-due');
  });
});

describe('withChanges', () => {
  it('sets, and takes out what is empty', () => {
    expect(withChanges(search('q=a&kind=none'), { q: '', unit: 5 }).toString()).toBe('kind=none&unit=5');
  });

  it('closes an open task where the list changes, and keeps it where it is the change', () => {
    expect(withChanges(search('task=9'), { q: 'a' }).has('task')).toBe(false);
    expect(withChanges(search('q=a'), { task: 9 }).get('task')).toBe('9');
  });

  it('takes a role out with its unit', () => {
    expect(withChanges(search('unit=5&role=lead'), { unit: null }).toString()).toBe('');
  });

  it('leaves the given address alone', () => {
    const given = search('q=a');
    withChanges(given, { q: 'b' });
    expect(given.toString()).toBe('q=a');
  });
});

describe('queryString', () => {
  it('is what readFilters reads', () => {
    const filters = { programme: 3, q: '50% & 更多', unit: 8, role: 'lead' as const };
    expect(readFilters(search(queryString(filters)))).toEqual(filters);
  });
});

describe('isFiltered', () => {
  it('does not count the programme', () => {
    expect(isFiltered({ programme: 1 })).toBe(false);
    expect(isFiltered({ programme: 1, q: 'a' })).toBe(true);
  });
});
