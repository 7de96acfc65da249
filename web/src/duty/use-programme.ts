/* duty/use-programme.ts -- the programme that a page is about: the address's, else the first. */
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { programmesQuery } from '../api/calls';
import type { Programme } from '../api/types';

/** Undefined while it is not known; null where there is none. */
export function useProgramme(): Programme | null | undefined {
  const [search] = useSearchParams();
  const { data } = useQuery(programmesQuery);
  if (!data) return undefined;
  const asked = Number(search.get('programme'));
  return data.items.find((programme) => programme.id === asked) ?? data.items[0] ?? null;
}
