/* org/people-query.ts -- what the pages of people and sessions ask of the server. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';
import type { PostRole } from '../api/types';

export const POST_ROLES: readonly PostRole[] = [
  'office',
  'leader',
  'liaison_a',
  'liaison_b',
  'officer',
  'section_head',
  'unit_head',
  'county_office',
  'expert',
  'evaluator',
  'inspector',
  'administrator',
];
/** What a unit gives its own people. */
export const OWN_ROLES: readonly PostRole[] = ['officer', 'section_head', 'liaison_b'];
/** Posts of these roles are always at a unit. */
export const UNIT_ROLES_OF_POST: ReadonlySet<PostRole> = new Set(['liaison_a', 'liaison_b', 'officer', 'section_head', 'unit_head', 'county_office']);

export function peopleQuery(filters: { q?: string | undefined; unit?: number | undefined }) {
  return infiniteQueryOptions({
    queryKey: ['people', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/people', { params: { query: { ...filters, limit: 200, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function personQuery(id: number) {
  return queryOptions({
    queryKey: ['people', 'one', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/people/{person}', { params: { path: { person: id } }, signal })),
  });
}

/** The sessions of PERSON, or one's own. */
export function sessionsQuery(person: number | undefined) {
  return queryOptions({
    queryKey: ['sessions', person ?? 'own'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/sessions', { params: { query: { person } }, signal })),
  });
}
