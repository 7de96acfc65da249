/* duty/intake-compose.ts -- the pieces of a file that came in, put together into rows of a return. */
import type { IntakeFigure, IntakePiece, ReportRow } from '../api/types';
import { numberOf, saidOf, type SaidFigure } from './said';

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
  figures: SaidFigure[];
}

function joined(before: string, more: string[]): string {
  return [before, ...more.filter((text) => !before.includes(text))].filter(Boolean).join('\n');
}

function percentOf(pieces: IntakePiece[]): string {
  for (const piece of pieces) {
    const value = piece.percent ?? numberOf(piece.text.replace(/[%％]/g, ''));
    if (value !== null && Number.isInteger(value) && value >= 0 && value <= 100) return String(value);
  }
  return '';
}

/** ROW with the PIECES that CHOICES give it; nothing that was there is lost, nothing is said twice. */
export function composed(row: ReportRow, pieces: readonly IntakePiece[], choices: readonly Choice[]): Composed {
  const all = (part: Part): IntakePiece[] => pieces.filter((_, i) => choices[i]?.duty === row.duty && choices[i].part === part);
  const of = (part: Part): string[] => all(part).map((piece) => piece.text);
  return {
    text: joined(row.text, of('text')),
    difficulties: joined(row.difficulties, of('difficulties')),
    next_step: joined(row.next_step, of('next_step')),
    percent: percentOf(all('percent')) || (row.percent === null ? '' : String(row.percent)),
    figures: saidOf(row).figures,
  };
}

/** Whether SAID is other than what ROW says. */
export function differs(row: ReportRow, said: Composed): boolean {
  return (
    said.text.trim() !== row.text.trim() ||
    said.difficulties.trim() !== row.difficulties.trim() ||
    said.next_step.trim() !== row.next_step.trim() ||
    said.percent.trim() !== (row.percent === null ? '' : String(row.percent)) ||
    said.figures.some((f, i) => f.value.trim() !== (row.figures[i]?.value ?? '').toString() || (f.value.trim() !== '' && f.span !== row.figures[i]?.span))
  );
}

/** Whether PERCENT can be kept: empty, or a whole number from 0 to 100. */
export function goodPercent(percent: string): boolean {
  const value = percent.trim() === '' ? 0 : numberOf(percent);
  return value !== null && Number.isInteger(value) && value >= 0 && value <= 100;
}

/** Whether every figure is a number or empty. */
export function goodFigures(figures: readonly SaidFigure[]): boolean {
  return figures.every((f) => f.value.trim() === '' || numberOf(f.value) !== null);
}

/** What the words that ROW is given by CHOICES state for its figure AT, in the order of the file. */
export function proposedFor(row: ReportRow, at: number, proposals: readonly IntakeFigure[], choices: readonly Choice[]): IntakeFigure[] {
  const figure = row.figures[at];
  const found = proposals.filter(
    (one) => one.duty === row.duty && one.indicator === figure?.indicator && one.measure === figure.measure && choices[one.piece]?.duty === row.duty && choices[one.piece]?.part === 'text',
  );
  return found.filter((one, i) => !found.slice(0, i).some((other) => other.value === one.value && other.span === one.span));
}

/** Whether one of PROPOSALS is taken without being looked at beside another: it is the only one, of this target alone. */
export function isClear(proposals: readonly IntakeFigure[]): boolean {
  return proposals.length === 1 && proposals[0]?.shared === false;
}

/** FIGURE as ONE says it; where its words leave the span open, that stays. */
export function taken(figure: SaidFigure, one: IntakeFigure): SaidFigure {
  return { ...figure, value: String(one.value), span: one.span ?? figure.span };
}
