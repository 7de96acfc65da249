/*
 * plan/check/source-index.ts -- which field was read from where in the text of a document.
 *
 * The server counts bytes of UTF-8, the browser UTF-16 units: a line knows the byte it begins at,
 * and places inside it are made of one another a line at a time.
 */
import type { Check, Task } from '../../api/types';
import type { Range } from '../../kit/marked-text';
import type { Line } from '../document-layout';

export interface Piece {
  text: string;
  /** The byte that it begins at. */
  from: number;
  /** The fields that were read from it, the smallest range first. */
  fields: readonly string[];
}

/** LINE cut where a range of PLACES begins or ends. */
export function piecesOf(line: Line, places: readonly FieldPlace[]): Piece[] {
  const here = places.filter((p) => p.from < line.to && p.to > line.from && p.to > p.from);
  const cuts = [...new Set([line.from, line.to, ...here.flatMap((p) => [p.from, p.to])])]
    .filter((at) => at >= line.from && at <= line.to)
    .sort((a, b) => a - b);
  const bytes = new TextEncoder().encode(line.text);
  const decoder = new TextDecoder();
  const pieces: Piece[] = [];
  cuts.slice(0, -1).forEach((from, i) => {
    const to = cuts[i + 1] ?? from;
    const fields = here
      .filter((p) => p.from <= from && p.to >= to)
      .sort((a, b) => a.to - a.from - (b.to - b.from))
      .map((p) => p.field);
    pieces.push({ text: decoder.decode(bytes.subarray(from - line.from, to - line.from)), from, fields });
  });
  return pieces;
}

/** A field of the register and where it was read from: "row", "units.0", "deadline", "targets.1" … */
export interface FieldPlace extends Range {
  field: string;
}

/** The places of TASK's fields. */
export function placesOf(task: Task): FieldPlace[] {
  const found: FieldPlace[] = [];
  const add = (field: string, place: Range | null | undefined): void => {
    if (place && place.to > place.from) found.push({ field, from: place.from, to: place.to });
  };
  add('row', task.source);
  task.units.forEach((u, i) => { add(`units.${i}`, u.source); });
  add('deadline', task.deadline.source);
  task.deliverables?.forEach((d, i) => { add(`deliverables.${i}`, d.source); });
  task.targets?.forEach((g, i) => { add(`targets.${i}`, g.source); });
  task.warnings?.forEach((warning, i) => { if (warning.state === 'open') add(`warnings.${i}`, warning.source); });
  return found;
}

/** The task and the field that were read from byte AT: the smallest range that holds it. */
export function fieldAt(check: Check, at: number): { task: number; field: string } | null {
  let best: { task: number; field: string; size: number } | null = null;
  for (const task of check.tasks) {
    for (const place of placesOf(task)) {
      const length = place.to - place.from;
      if (place.from <= at && at < place.to && (best === null || length < best.size)) best = { task: task.id, field: place.field, size: length };
    }
  }
  return best && { task: best.task, field: best.field };
}

/** How many characters (code points) stand in TEXT before UTF-16 unit AT. */
export function charactersBefore(text: string, at: number): number {
  return Array.from(text.slice(0, at)).length;
}
