/* duty/backfill-query.ts -- ledgers that are taken over: what is asked, what was decided by hand. */
import { queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';
import type { BackfillChoice, BackfillDone, BackfillLine, BackfillPreview } from '../api/types';

export interface Ask {
  document: number;
  upload: number;
  begunOn: string;
  choices: Choices;
}

/** What was decided of rows, by their place. */
export type Choices = Readonly<Record<string, BackfillChoice>>;

export function placeOf(line: { sheet: number; row: number }): string {
  return `${line.sheet}.${line.row}`;
}

/** CHOICES with what was decided of one row; nothing where it is as it was found. */
export function decided(choices: Choices, choice: BackfillChoice): Choices {
  const rest = Object.fromEntries(Object.entries(choices).filter(([place]) => place !== placeOf(choice)));
  const says = choice.duty !== undefined || choice.done_on || choice.sent_on || choice.doc_no || choice.not_done;
  return says ? { ...rest, [placeOf(choice)]: choice } : rest;
}

function bodyOf(ask: Ask): { upload: number; begun_on?: string; choices: BackfillChoice[] } {
  return { upload: ask.upload, ...(ask.begunOn ? { begun_on: ask.begunOn } : {}), choices: Object.values(ask.choices) };
}

export function look(ask: Ask): Promise<BackfillPreview> {
  return data(api.POST('/api/v1/documents/{document}/backfills/preview', { params: { path: { document: ask.document } }, body: bodyOf(ask) }));
}

export function record(ask: Ask, token: string, key: string): Promise<BackfillDone> {
  return data(
    api.POST('/api/v1/documents/{document}/backfills', {
      params: { path: { document: ask.document }, header: { 'Idempotency-Key': key } },
      body: { ...bodyOf(ask), token },
    }),
  );
}

/** The plans that are followed: ledgers tell of one of them. */
export const plansQuery = queryOptions({
  queryKey: ['documents', 'in force'],
  queryFn: ({ signal }) => data(api.GET('/api/v1/documents', { params: { query: { state: 'published', limit: 200 } }, signal })),
  select: ({ items }) => items.filter((document) => document.plan),
});

export function doneQuery(document: number) {
  return queryOptions({
    queryKey: ['backfills', document],
    queryFn: ({ signal }) => data(api.GET('/api/v1/documents/{document}/backfills', { params: { path: { document }, query: { limit: 20 } }, signal })),
  });
}

/** All tasks of the plan, for a row that is laid by hand. */
export function tasksQuery(document: number) {
  return queryOptions({
    queryKey: ['duties', 'of', document],
    queryFn: ({ signal }) => data(api.GET('/api/v1/duties', { params: { query: { document, limit: 500 } }, signal })),
    staleTime: 60_000,
  });
}

/** Whether LINE wants a person: several tasks are likely, none is, or a part of it cannot be recorded. */
export function wantsPerson(line: BackfillLine): boolean {
  return line.act === 'choose' || line.act === 'unknown' || line.act === 'wrong' || line.faults.some((fault) => fault.stops);
}
