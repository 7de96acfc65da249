import { describe, expect, it } from 'vitest';
import type { HeatMap } from '../api/types';
import { linesOf, unitsOf, worstFirst } from './lights-of';

const map: HeatMap = {
  day: '2026-06-30',
  light: 'red',
  actions: [{ no: 1, name: 'a', light: 'green' }, { no: 2, name: 'b', light: 'red' }],
  units: [{ id: 7, name: 'u', light: 'red' }, { id: 8, name: 'v', light: 'yellow' }],
  cells: [
    { action_no: 1, unit: 7, green: 2, yellow: 0, red: 0, grey: 1, light: 'green' },
    { action_no: 2, unit: 7, green: 0, yellow: 0, red: 3, grey: 0, light: 'red' },
    { action_no: 2, unit: 8, green: 1, yellow: 1, red: 0, grey: 0, light: 'yellow' },
  ],
};

describe('linesOf', () => {
  it('puts the cells of an action together', () => {
    expect(linesOf(map, 'action').map((line) => line.counts)).toEqual([
      { red: 0, yellow: 0, green: 2, grey: 1 },
      { red: 3, yellow: 1, green: 1, grey: 0 },
    ]);
  });
  it('and those of a unit', () => {
    expect(linesOf(map, 'unit').map((line) => [line.name, line.counts.red])).toEqual([['u', 3], ['v', 0]]);
  });
  it('shows the units of one action as they stand there', () => {
    expect(unitsOf(map, 1)).toEqual([{ id: 7, name: 'u', light: 'green', counts: { red: 0, yellow: 0, green: 2, grey: 1 } }]);
  });
  it('has the worst first', () => {
    expect(worstFirst(linesOf(map, 'action')).map((line) => line.name)).toEqual(['b', 'a']);
  });
});
