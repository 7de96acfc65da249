/*
 * plan/filters.ts -- the register's list as its address says it.
 *
 * Everything that decides which rows stand in which order is in the address, so that a link shows
 * the same list and Back works.  What an address says wrongly is left out, as if it were not there.
 */
import type { DeadlineKind, LedgerColumn, Role, Strength, TaskFilters, TaskOrder } from '../api/types';

export const KINDS: readonly DeadlineKind[] = ['complete_by', 'start_by', 'recurring', 'full_year', 'ongoing', 'none'];
export const STRENGTHS: readonly Strength[] = ['must', 'expected', 'encouraged'];
export const ROLES: readonly Role[] = ['lead', 'responsible', 'cooperate'];
export const ORDERS: readonly TaskOrder[] = ['plan', 'due', '-due', 'changed', '-changed'];

function oneOf<T extends string>(value: string | null, list: readonly T[]): T | undefined {
  return list.find((item) => item === value);
}

function id(value: string | null): number | undefined {
  return value && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : undefined;
}

function day(value: string | null): string | undefined {
  if (!value || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const at = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value ? undefined : value;
}

function words(value: string | null, most: number): string | undefined {
  const trimmed = value?.trim();
  return trimmed ? trimmed.slice(0, most) : undefined;
}

/** The filters that SEARCH says; absent members do not filter. */
export function readFilters(search: URLSearchParams): TaskFilters {
  const unit = id(search.get('unit'));
  const filters: TaskFilters = {
    programme: id(search.get('programme')),
    action: words(search.get('action'), 200),
    unit,
    role: unit ? oneOf(search.get('role'), ROLES) : undefined,
    kind: oneOf(search.get('kind'), KINDS),
    due_from: day(search.get('due_from')),
    due_to: day(search.get('due_to')),
    strength: oneOf(search.get('strength'), STRENGTHS),
    tag: words(search.get('tag'), 50),
    q: words(search.get('q'), 100),
  };
  const entries: [string, unknown][] = Object.entries(filters);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

export function readOrder(search: URLSearchParams): TaskOrder {
  return oneOf(search.get('order'), ORDERS) ?? 'plan';
}

/** The columns that the list can show; a spreadsheet has more. */
export const COLUMNS = [
  'action', 'no', 'title', 'lead', 'responsible', 'cooperate', 'units', 'deadline', 'kind', 'raw', 'strength', 'tags', 'warnings',
] as const satisfies readonly LedgerColumn[];
export type ListColumn = (typeof COLUMNS)[number];
export const USUAL_COLUMNS: readonly ListColumn[] = ['action', 'no', 'title', 'units', 'deadline', 'strength', 'tags', 'warnings'];

/** Those of KEYS that a list can show, each once; null where none is left. */
export function listColumns(keys: readonly string[]): readonly ListColumn[] | null {
  const known = keys.filter((key, i): key is ListColumn => oneOf(key, COLUMNS) !== undefined && keys.indexOf(key) === i);
  return known.length > 0 ? known : null;
}

/** The columns that SEARCH says; null where it says none. */
export function readColumns(search: URLSearchParams): readonly ListColumn[] | null {
  return listColumns(search.get('cols')?.split(',') ?? []);
}

/** The saved view that SEARCH names. */
export function readSaved(search: URLSearchParams): number | null {
  return id(search.get('saved')) ?? null;
}

/** SEARCH with CHANGES made; an empty value takes the name out.  An open task is closed: it may not be in the new list. */
export function withChanges(
  search: URLSearchParams,
  changes: Readonly<Record<string, string | number | null | undefined>>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  if (!('task' in changes)) next.delete('task');
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') next.delete(name);
    else next.set(name, String(value));
  }
  if (!next.has('unit')) next.delete('role');
  return next;
}

/** The query string of FILTERS for a plain link (the export). */
export function queryString(query: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.toString();
}

/** Whether anything but the programme narrows the list. */
export function isFiltered(filters: TaskFilters): boolean {
  return Object.keys(filters).some((name) => name !== 'programme');
}
