/*
 * duty/said.ts -- what somebody says of a row, as it is typed, and what is sent of it.
 *
 * Numbers are text while they are typed: "12." is on its way to 12.5 and no mistake yet.
 */
import type { ReportDraft, ReportRow } from '../api/types';

export interface SaidFigure {
  indicator: string;
  measure: string;
  value: string;
  span: 'period' | 'to_date';
}

export interface Said {
  text: string;
  percent: string;
  difficulties: string;
  next_step: string;
  same: boolean;
  figures: SaidFigure[];
}

/** What the server holds of ROW, for the fields. */
export function saidOf(row: ReportRow): Said {
  return {
    text: row.text,
    percent: row.percent === null ? '' : String(row.percent),
    difficulties: row.difficulties,
    next_step: row.next_step,
    same: row.same,
    figures: row.figures.map((f) => ({
      indicator: f.indicator,
      measure: f.measure,
      value: f.value === null ? '' : String(f.value),
      span: f.span ?? f.last_span ?? 'to_date',
    })),
  };
}

/** A number as people type it: 1,339 and １２ are numbers; data null: it is none. */
export function numberOf(text: string): number | null {
  const plain = text.normalize('NFKC').replaceAll(/[,\s]/g, '');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** Which fields of SAID cannot be sent: their names. */
export function mistakes(said: Said): Set<string> {
  const found = new Set<string>();
  const percent = said.percent.trim() === '' ? 0 : numberOf(said.percent);
  if (percent === null || !Number.isInteger(percent) || percent < 0 || percent > 100) found.add('percent');
  said.figures.forEach((f, i) => {
    if (f.value.trim() !== '' && numberOf(f.value) === null) found.add(`figure${i}`);
  });
  return found;
}

/** The body of a draft; fields with mistakes are left as the server has them in ROW. */
export function draftOf(said: Said, row: ReportRow, unit: number, more: Pick<ReportDraft, 'give'> = {}): ReportDraft {
  const wrong = mistakes(said);
  const percent = said.percent.trim() === '' ? null : numberOf(said.percent);
  return {
    unit,
    text: said.text,
    percent: wrong.has('percent') ? row.percent : percent,
    difficulties: said.difficulties,
    next_step: said.next_step,
    same: said.same,
    figures: said.figures.flatMap((f, i) => {
      const value = wrong.has(`figure${i}`) ? (row.figures[i]?.value ?? null) : f.value.trim() === '' ? null : numberOf(f.value);
      return value === null ? [] : [{ indicator: f.indicator, measure: f.measure, value, span: f.span }];
    }),
    ...more,
  };
}
