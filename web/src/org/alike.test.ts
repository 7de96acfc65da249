import { describe, expect, it } from 'vitest';
import { alike, difference } from './alike';

describe('difference', () => {
  it('is what the names do not share', () => {
    expect(difference({ alias: '市卫健委', unit: '市卫生健康委' })).toEqual(['健', '生健康']);
    expect(difference({ alias: '市教育局', unit: '市教体局' })).toEqual(['育', '体']);
    expect(difference({ alias: '市妇联', unit: '市妇联合会' })).toEqual(['', '合会']);
    expect(difference({ alias: '市局', unit: '市局' })).toEqual(['', '']);
  });

  it('counts no sign twice', () => {
    expect(difference({ alias: '局', unit: '局局' })).toEqual(['', '局']);
  });
});

describe('alike', () => {
  it('puts together what differs in the same way, in the order it came', () => {
    const pairs = [
      { alias: '市卫健委', unit: '市卫生健康委' },
      { alias: '市教育局', unit: '市教体局' },
      { alias: '县卫健委', unit: '县卫生健康委' },
    ];
    expect(alike(pairs)).toEqual([[pairs[0], pairs[2]], [pairs[1]]]);
  });
});
