/* inspect/inspect-query.ts -- what the pages of supervision ask for. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';

/** The keys that a change in supervision makes old. */
export const INSPECT_KEYS = ['inspections', 'inspection', 'visit', 'findings', 'finding', 'circulars', 'circular'];

const nextOf = (page: { next: string | null }): string | undefined => page.next ?? undefined;
const start = { initialPageParam: undefined as string | undefined, getNextPageParam: nextOf };

export const inspectionsQuery = infiniteQueryOptions({
  queryKey: ['inspections'],
  queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/inspections', { params: { query: { limit: 100, after: pageParam } }, signal })),
  ...start,
});

export function inspectionQuery(id: number) {
  return queryOptions({
    queryKey: ['inspection', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/inspections/{inspection}', { params: { path: { inspection: id } }, signal })),
  });
}

export function visitQuery(id: number) {
  return queryOptions({
    queryKey: ['visit', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/visits/{visit}', { params: { path: { visit: id } }, signal })),
  });
}

export interface FindingFilter {
  inspection?: number;
  visit?: number;
  stands?: 'none' | 'open' | 'closed';
}

export function findingsQuery(filter: FindingFilter) {
  return infiniteQueryOptions({
    queryKey: ['findings', filter],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/findings', { params: { query: { ...filter, limit: 200, after: pageParam } }, signal })),
    ...start,
  });
}

export function findingQuery(id: number) {
  return queryOptions({
    queryKey: ['finding', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/findings/{finding}', { params: { path: { finding: id } }, signal })),
  });
}

export function circularsQuery(inspection?: number) {
  return infiniteQueryOptions({
    queryKey: ['circulars', inspection ?? 0],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/circulars', { params: { query: { ...(inspection ? { inspection } : {}), limit: 100, after: pageParam } }, signal })),
    ...start,
  });
}

/** Circular ID with its text NO, or the last. */
export function circularQuery(id: number, no?: number) {
  return queryOptions({
    queryKey: ['circular', id, no ?? 0],
    queryFn: ({ signal }) => data(api.GET('/api/v1/circulars/{circular}', { params: { path: { circular: id }, query: no ? { no } : {} }, signal })),
  });
}

/** Everybody with an account, to choose a team from. */
export const teamQuery = queryOptions({
  queryKey: ['people', 'all'],
  queryFn: async ({ signal }) => {
    const people: { id: number; name: string }[] = [];
    let after: string | undefined;
    do {
      const page = await data(api.GET('/api/v1/people', { params: { query: { limit: 200, after } }, signal }));
      people.push(...page.items.filter((p) => !p.disabled).map((p) => ({ id: p.id, name: p.display_name })));
      after = page.next ?? undefined;
    } while (after);
    return people;
  },
  staleTime: 60_000,
});

/** Every unit that may be inspected. */
export const inspectableQuery = queryOptions({
  queryKey: ['units', 'inspectable'],
  queryFn: async ({ signal }) => {
    const units: { id: number; name: string }[] = [];
    let after: string | undefined;
    do {
      const page = await data(api.GET('/api/v1/units', { params: { query: { limit: 500, after } }, signal }));
      units.push(...page.items.filter((u) => u.kind !== 'group').map((u) => ({ id: u.id, name: u.name })));
      after = page.next ?? undefined;
    } while (after);
    return units;
  },
  staleTime: 60_000,
});

/** The tasks that a checklist for UNIT may ask about. */
export function unitDutiesQuery(unit: number) {
  return queryOptions({
    queryKey: ['duties', 'of', unit],
    queryFn: ({ signal }) => data(api.GET('/api/v1/duties', { params: { query: { unit, kind: 'task', limit: 500 } }, signal })),
    enabled: unit > 0,
  });
}
