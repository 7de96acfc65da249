/* org/unit-query.ts -- what the pages of units ask of the server. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';
import type { AliasState, Role, Task, UnitKind, UnitLevel, UnitTaskList, UnitStanding } from '../api/types';

export interface UnitFilters {
  q?: string | undefined;
  kind?: UnitKind | undefined;
  level?: UnitLevel | undefined;
}

export const UNIT_KINDS: readonly UnitKind[] = ['party', 'government', 'institution', 'mass', 'enterprise', 'committee', 'group', 'other'];
export const UNIT_LEVELS: readonly UnitLevel[] = ['nation', 'province', 'city', 'county', 'town', 'village', 'none'];
export const UNIT_STANDINGS: readonly UnitStanding[] = ['supervised', 'coordinated'];
export const UNIT_ROLES: readonly Role[] = ['lead', 'responsible', 'cooperate'];

/** The filters that SEARCH says; what it says wrongly is left out. */
export function readUnitFilters(search: URLSearchParams): UnitFilters {
  return {
    q: search.get('q')?.trim().slice(0, 100) || undefined,
    kind: UNIT_KINDS.find((kind) => kind === search.get('kind')),
    level: UNIT_LEVELS.find((level) => level === search.get('level')),
  };
}

export function unitsQuery(filters: UnitFilters) {
  return infiniteQueryOptions({
    queryKey: ['units', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/units', { params: { query: { ...filters, limit: 500, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function unitQuery(id: number) {
  return queryOptions({
    queryKey: ['unit', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/units/{unit}', { params: { path: { unit: id } }, signal })),
  });
}

/** The tasks that name a unit, for a list. */
export function unitTasksQuery(unit: number, role: Role | undefined) {
  return infiniteQueryOptions({
    queryKey: ['tasks', 'of unit', unit, role],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/tasks', { params: { query: { unit, role, limit: 500, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export interface Owed {
  tasks: Task[];
  documents: UnitTaskList['documents'];
}

/** All tasks that name a unit, whole, with the documents they stand in: what goes on paper. */
export function owedQuery(unit: number) {
  return queryOptions({
    queryKey: ['tasks', 'owed by unit', unit],
    queryFn: async ({ signal }): Promise<Owed> => {
      const owed: Owed = { tasks: [], documents: [] };
      let after: string | undefined;
      do {
        const page: UnitTaskList = await data(
          api.GET('/api/v1/units/{unit}/tasks', { params: { path: { unit }, query: { limit: 200, after } }, signal }),
        );
        owed.tasks.push(...page.items);
        owed.documents.push(...page.documents.filter((d) => !owed.documents.some((known) => known.id === d.id)));
        after = page.next ?? undefined;
      } while (after !== undefined);
      return owed;
    },
  });
}

export function aliasesQuery(state: AliasState) {
  return infiniteQueryOptions({
    queryKey: ['aliases', state],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/aliases', { params: { query: { state, limit: 200, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    // what is decided here stays in sight until the page is left
    staleTime: Infinity,
    gcTime: 0,
  });
}

export function peopleOfUnitQuery(unit: number) {
  return queryOptions({
    queryKey: ['people', 'of unit', unit],
    queryFn: ({ signal }) => data(api.GET('/api/v1/people', { params: { query: { unit, limit: 200 } }, signal })),
  });
}
