import { expect, test } from 'vitest';
import type { Area } from '../api/types';
import { inTree } from './area-query';

const area = (id: number, name: string, parent: number | null, more: Partial<Area> = {}): Area => ({
  id, name, parent, level: 'county', code: null, official: true, valid_from: null, valid_to: null, version: 1, ...more,
});

test('areas stand under theirs, by code, and what ended stands last', () => {
  const shown = inTree([
    area(3, '沂西县', 1, { code: '990122' }),
    area(4, '旧县', 1, { code: '990120', valid_to: '2020-01-01' }),
    area(2, '沂东县', 1, { code: '990121' }),
    area(1, '云沂市', null, { level: 'city', code: '990100' }),
    area(5, '镇', 2, { level: 'town' }),
    area(6, '别处', 77),
  ]);
  expect(shown.map(({ area: a, depth }) => `${depth}${a.name}`)).toEqual(['0云沂市', '1沂东县', '2镇', '1沂西县', '1旧县', '0别处']);
});

test('no areas are no rows', () => {
  expect(inTree([])).toEqual([]);
});
