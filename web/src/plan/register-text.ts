/* plan/register-text.ts -- the text that a register points into, and which task stands where in it. */
import { queryOptions } from '@tanstack/react-query';
import { api, data } from '../api/client';
import type { Range } from '../kit/marked-text';

export interface PlacedTask extends Range {
  /** As warnings name a task: action number, slash, number. */
  at: string;
}

/** A piece of a line on a page of the file: left, top, right, bottom in points from the page's top left. */
export interface PagePlace extends Range {
  page: number;
  box: readonly [left: number, top: number, right: number, bottom: number];
}

/** A cell of a table that holds words; rows, columns and sheets from 1 (sheet 0: no spreadsheet). */
export interface CellPlace extends Range {
  sheet: number;
  row: number;
  column: number;
  /** Over how many it reaches. */
  rows: number;
  columns: number;
}

export interface RegisterText {
  text: string;
  tasks: PlacedTask[];
  /** In the order of the text; none where the file has no pages. */
  pages: PagePlace[];
  cells: CellPlace[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const whole = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

function readPlaces(register: Record<string, unknown>): Pick<RegisterText, 'pages' | 'cells'> {
  const pages: PagePlace[] = [];
  const cells: CellPlace[] = [];
  const list = Array.isArray(register['places']) ? register['places'] : [];
  for (const place of list.filter(isRecord)) {
    const { from, to, page, box, row, column } = place;
    if (typeof from !== 'number' || typeof to !== 'number' || to <= from) continue;
    const [left, top, right, bottom] = Array.isArray(box) ? box.map(Number) : [];
    if (typeof page === 'number' && left !== undefined && top !== undefined && right !== undefined && bottom !== undefined) {
      pages.push({ from, to, page, box: [left, top, right, bottom] });
    }
    if (typeof row === 'number' && typeof column === 'number') {
      const { sheet, row_span: rows, column_span: columns } = place;
      cells.push({ from, to, sheet: whole(sheet, 0), row, column, rows: whole(rows, 1), columns: whole(columns, 1) });
    }
  }
  return { pages, cells };
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
  return { text: typeof register['text'] === 'string' ? register['text'] : '', tasks, ...readPlaces(register) };
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
