/* shell/home.tsx -- where a day begins: each role's own page. */
import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { sessionQuery } from '../api/calls';
import type { PostRole, Session } from '../api/types';

/** The roles in the order in which they decide, each with its page. */
const PAGES: readonly [PostRole, string][] = [
  ['office', '/office'],
  ['leader', '/overview'],
  ['liaison_a', '/owed'],
  ['liaison_b', '/owed'],
  ['county_office', '/owed'],
  ['section_head', '/owed'],
  ['officer', '/owed'],
  ['unit_head', '/owed'],
  ['inspector', '/inspections'],
  ['evaluator', '/inspections'],
  ['expert', '/inspections'],
  ['administrator', '/people'],
];

export function homeOf(posts: Session['posts']): string {
  return PAGES.find(([role]) => posts.some((post) => post.role === role))?.[1] ?? '/account';
}

export function Home() {
  const { data } = useQuery(sessionQuery);
  return data ? <Navigate to={homeOf(data.posts)} replace /> : null;
}
