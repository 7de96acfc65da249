import { describe, expect, it } from 'vitest';
import { addMonths, asMonth, endsOf, weeksOf } from './month';

describe('months', () => {
  it('are read from the address', () => {
    expect(asMonth('2026-06')).toBe('2026-06');
    for (const text of ['2026-13', '2026-6', '1999-01', 'x', null]) expect(asMonth(text)).toBeNull();
  });
  it('follow each other over years', () => {
    expect(addMonths('2026-12', 1)).toBe('2027-01');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
  });
  it('have their ends', () => {
    expect(endsOf('2028-02')).toEqual({ first: '2028-02-01', last: '2028-02-29' });
  });
  it('are weeks from Monday', () => {
    const weeks = weeksOf('2026-06');
    expect(weeks[0]?.[0]).toBe('2026-06-01');
    expect(weeks).toHaveLength(5);
    expect(weeks.at(-1)).toEqual(['2026-06-29', '2026-06-30', '2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04', '2026-07-05']);
    expect(weeksOf('2026-11')[0]?.[0]).toBe('2026-10-26');
  });
});
