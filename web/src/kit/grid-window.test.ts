import { describe, expect, it } from 'vitest';
import { rowsInSight, scrollToShow } from './grid-window';

describe('rowsInSight', () => {
  it('is a few rows more than the view holds', () => {
    expect(rowsInSight(3200, 320, 32, 10_000, 5)).toEqual({ first: 95, end: 115 });
  });

  it('stays inside the list', () => {
    expect(rowsInSight(0, 320, 32, 4, 5)).toEqual({ first: 0, end: 4 });
    expect(rowsInSight(99_999, 320, 32, 10, 5)).toEqual({ first: 10, end: 10 });
    expect(rowsInSight(0, 320, 32, 0, 5)).toEqual({ first: 0, end: 0 });
  });

  it('holds a row that is half in sight', () => {
    expect(rowsInSight(16, 32, 32, 100, 0)).toEqual({ first: 0, end: 2 });
  });
});

describe('scrollToShow', () => {
  it('stays where the row is in sight', () => {
    expect(scrollToShow(3, 64, 320, 32)).toBe(64);
  });

  it('moves just as far as is needed', () => {
    expect(scrollToShow(1, 64, 320, 32)).toBe(32);
    expect(scrollToShow(20, 0, 320, 32)).toBe(352);
  });
});
