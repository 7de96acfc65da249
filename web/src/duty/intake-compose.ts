/* duty/intake-compose.ts -- the pieces of a file that came in, put together into rows of a return. */
import type { IntakePiece, ReportRow } from '../api/types';
import { numberOf } from './said';

export type Part = IntakePiece['part'];

/** Where a piece goes: chosen by a person, else as proposed. */
export interface Choice {
  duty: number | null;
  part: Part;
}

/** What a row is to say; it begins with what the return says already. */
export interface Composed {
  text: string;
  difficulties: string;
  next_step: string;
  percent: string;
}

function joined(before: string, more: string[]): string {
  return [before, ...more.filter((text) => !before.includes(text))].filter(Boolean).join('\n');
}

function percentOf(texts: string[]): string {
  for (const text of texts) {
    const value = numberOf(text.replace(/[%％]/g, ''));
    if (value !== null && Number.isInteger(value) && value >= 0 && value <= 100) return String(value);
  }
  return '';
}

/** ROW with the PIECES that CHOICES give it; nothing that was there is lost, nothing is said twice. */
export function composed(row: ReportRow, pieces: readonly IntakePiece[], choices: readonly Choice[]): Composed {
  const of = (part: Part): string[] => pieces.filter((_, i) => choices[i]?.duty === row.duty && choices[i].part === part).map((piece) => piece.text);
  return {
    text: joined(row.text, of('text')),
    difficulties: joined(row.difficulties, of('difficulties')),
    next_step: joined(row.next_step, of('next_step')),
    percent: percentOf(of('percent')) || (row.percent === null ? '' : String(row.percent)),
  };
}

/** Whether SAID is other than what ROW says. */
export function differs(row: ReportRow, said: Composed): boolean {
  return (
    said.text.trim() !== row.text.trim() ||
    said.difficulties.trim() !== row.difficulties.trim() ||
    said.next_step.trim() !== row.next_step.trim() ||
    said.percent.trim() !== (row.percent === null ? '' : String(row.percent))
  );
}

/** Whether PERCENT can be kept: empty, or a whole number from 0 to 100. */
export function goodPercent(percent: string): boolean {
  const value = percent.trim() === '' ? 0 : numberOf(percent);
  return value !== null && Number.isInteger(value) && value >= 0 && value <= 100;
}
