/* plan/ledger-query.ts -- how the register is laid out: saved views, the desk, heads, tags. */
import { queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';
import type { Ledger, LedgerFilter, LedgerView } from '../api/types';
import { listColumns, readColumns, readFilters, readOrder, readSaved } from './filters';

export const ledgerQuery = queryOptions({
  queryKey: ['ledger'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/ledger', { signal })),
  staleTime: 60_000,
});

export const headsQuery = queryOptions({
  queryKey: ['heads'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/ledger/heads', { signal })),
  staleTime: 60_000,
});

export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/tasks/tags', { signal })),
  staleTime: 60_000,
});

/** The address of VIEW: everything it holds is spelled out, so that the link shows the same to who cannot see the view. */
export function viewSearch(view: LedgerView): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(view.filter)) search.set(name, String(value));
  if (view.columns.length > 0) search.set('cols', view.columns.join(','));
  search.set('saved', String(view.id));
  return search;
}

/** What SEARCH would be saved as. */
export function viewContent(search: URLSearchParams): Pick<LedgerView, 'filter' | 'columns'> {
  const order = readOrder(search);
  const filters: LedgerFilter = readFilters(search);
  return { filter: order === 'plan' ? filters : { ...filters, order }, columns: [...(readColumns(search) ?? [])] };
}

/** LEDGER with VIEW as it was just saved, so that the next change of it names the right version. */
export function withView(ledger: Ledger, view: LedgerView): Ledger {
  const known = ledger.views.some((v) => v.id === view.id);
  return { ...ledger, views: known ? ledger.views.map((v) => (v.id === view.id ? view : v)) : [...ledger.views, view] };
}

function sorted(filter: object): string {
  return JSON.stringify(Object.entries(filter).sort(([a], [b]) => a.localeCompare(b)));
}

/** Whether SEARCH shows something else than VIEW holds. */
export function isChanged(view: LedgerView, search: URLSearchParams): boolean {
  const now = viewContent(search);
  return (
    sorted(now.filter) !== sorted(view.filter) || now.columns.join() !== (listColumns(view.columns) ?? []).join()
  );
}

/** Whether SEARCH says nothing of its own, so that the view it names (or the usual one) is opened. */
export function isBare(search: URLSearchParams): boolean {
  const saved = readSaved(search);
  return [...search.keys()].every((name) => name === 'programme' || (name === 'saved' && saved !== null));
}
