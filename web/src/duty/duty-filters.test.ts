import { describe, expect, it } from 'vitest';
import { readDutyFilters } from './duty-filters';

describe('readDutyFilters', () => {
  it('takes what is a filter', () => {
    expect(readDutyFilters(new URLSearchParams('programme=3&unit=4&action_no=0&light=red&state=in_hand&kind=task&origin=instruction&tag=x&unsettled=1'))).toEqual({
      programme: 3, unit: 4, action_no: 0, light: 'red', state: 'in_hand', kind: 'task', origin: 'instruction', tag: 'x', unsettled: true,
    });
  });
  it('leaves out what is none', () => {
    expect(readDutyFilters(new URLSearchParams('unit=-1&action_no=x&light=blue&state=%27&kind=a&origin=b&tag=&after=x&unsettled=0'))).toEqual({});
  });
  it('takes an order, and not the one that goes without saying', () => {
    expect(readDutyFilters(new URLSearchParams('order=-due'))).toEqual({ order: '-due' });
    expect(readDutyFilters(new URLSearchParams('order=no'))).toEqual({});
    expect(readDutyFilters(new URLSearchParams('order=words'))).toEqual({});
  });
});
