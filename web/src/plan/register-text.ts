/* plan/register-text.ts -- the text that a register points into, and which task stands where in it. */
import { queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';
import type { Range } from '../kit/marked-text';

export interface PlacedTask extends Range {
  /** As warnings name a task: action number, slash, number. */
  at: string;
}

export interface RegisterText {
  text: string;
  tasks: PlacedTask[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What is needed of REGISTER (docs/plan-register.md), which the contract leaves open. */
export function readRegister(register: Record<string, unknown>): RegisterText {
  const list = Array.isArray(register['tasks']) ? register['tasks'] : [];
  const tasks = list.filter(isRecord).flatMap((task): PlacedTask[] => {
    const { action, no, source } = task;
    if (typeof action !== 'number' || typeof no !== 'string' || !isRecord(source)) return [];
    const { from, to } = source;
    return typeof from === 'number' && typeof to === 'number' ? [{ at: `${action}/${no}`, from, to }] : [];
  });
  return { text: typeof register['text'] === 'string' ? register['text'] : '', tasks };
}

export function registerTextQuery(version: number) {
  return queryOptions({
    queryKey: ['version', version, 'text'],
    queryFn: async ({ signal }) =>
      readRegister(await data(api.GET('/api/v1/versions/{version}/register', { params: { path: { version } }, signal }))),
    staleTime: Infinity,
  });
}

/** Where WORDS stand in LINE (from 1) of TEXT, in bytes; the whole line where they are not found. */
export function rangeOfWords(text: string, line: number, words: string | null): Range {
  let start = 0;
  for (let n = 1; n < line; n += 1) {
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  const lineEnd = text.indexOf('\n', start);
  const end = lineEnd < 0 ? text.length : lineEnd;
  const found = words ? text.indexOf(words, start) : -1;
  const inLine = found >= 0 && found <= end;
  const size = (part: string): number => new TextEncoder().encode(part).length;
  const from = inLine ? found : start;
  const to = inLine && words ? found + words.length : end;
  const before = size(text.slice(0, from));
  return { from: before, to: before + size(text.slice(from, to)) };
}

/** The task that RANGE begins in, as warnings name it. */
export function taskAround(tasks: readonly PlacedTask[], range: Range): string | null {
  return tasks.find((task) => task.from <= range.from && range.from < task.to)?.at ?? null;
}
