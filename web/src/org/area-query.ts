/* org/area-query.ts -- the areas of the jurisdiction, whole: some hundreds. */
import { queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';
import type { Area, AreaLevel } from '../api/types';

export const AREA_LEVELS: readonly AreaLevel[] = ['province', 'city', 'county', 'town', 'village'];

export function areasQuery() {
  return queryOptions({
    queryKey: ['areas'],
    queryFn: async ({ signal }): Promise<Area[]> => {
      const all: Area[] = [];
      let after: string | undefined;
      do {
        const page = await data(api.GET('/api/v1/areas', { params: { query: { limit: 1000, after } }, signal }));
        all.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined);
      return all;
    },
    staleTime: 60_000,
  });
}

export function areaQuery(id: number) {
  return queryOptions({
    queryKey: ['areas', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/areas/{area}', { params: { path: { area: id } }, signal })),
  });
}

/** AREAS as a tree read from above, those in force first: each with its depth. */
export function inTree(areas: readonly Area[]): { area: Area; depth: number }[] {
  const out: { area: Area; depth: number }[] = [];
  const known = new Set(areas.map((a) => a.id));
  const byCode = (a: Area, b: Area): number =>
    Number(a.valid_to !== null) - Number(b.valid_to !== null) ||
    Number(a.code === null) - Number(b.code === null) ||
    (a.code ?? '').localeCompare(b.code ?? '') ||
    a.name.localeCompare(b.name, 'zh');
  const children = new Map<number, Area[]>();
  for (const area of areas) {
    const above = area.parent !== null && known.has(area.parent) ? area.parent : 0;
    children.set(above, [...(children.get(above) ?? []), area]);
  }
  const walk = (parent: number, depth: number): void => {
    for (const area of (children.get(parent) ?? []).sort(byCode)) {
      out.push({ area, depth });
      walk(area.id, depth + 1);
    }
  };
  walk(0, 0);
  return out;
}
