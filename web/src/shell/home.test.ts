import { describe, expect, it } from 'vitest';
import { homeOf } from './home';

const unit = { id: 1, name: 'u' };

describe('homeOf', () => {
  it('goes by the post that weighs most', () => {
    expect(homeOf([{ role: 'administrator', unit: null }, { role: 'office', unit: null }])).toBe('/office');
    expect(homeOf([{ role: 'leader', unit: null }])).toBe('/overview');
    expect(homeOf([{ role: 'inspector', unit: null }, { role: 'liaison_a', unit }])).toBe('/owed');
    expect(homeOf([{ role: 'inspector', unit: null }])).toBe('/inspections');
    expect(homeOf([])).toBe('/account');
  });
});
