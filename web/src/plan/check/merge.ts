/*
 * plan/check/merge.ts -- what two people changed in the same place, field by field.
 *
 * Both began with the same draft (`base`).  A field that only one of them changed is not contested;
 * two changes of different parts of a text are put together.
 */
import type { Check, Edit } from '../../api/types';
import { textChange } from '../../kit/text-change';

/** A field that an edit changes. */
export interface Field {
  /** The index of the edit, and where in it the field stands. */
  edit: number;
  part: 'change' | 'head' | 'action';
  name: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
  /** Whether the other changed it too, otherwise than I did. */
  contested: boolean;
  /** Both changes put together, where they touch different parts of a text. */
  merged: string | null;
}

interface Region {
  from: number;
  to: number;
  words: string;
}

function regionOf(base: string, next: string): Region {
  const { head, oldMiddle, newMiddle } = textChange(base, next);
  return { from: head.length, to: head.length + oldMiddle.length, words: newMiddle };
}

/** MINE and THEIRS, both made from BASE, as one text; null where they changed the same part. */
export function mergeTexts(base: string, mine: string, theirs: string): string | null {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  const regions = [regionOf(base, mine), regionOf(base, theirs)].sort((a, b) => a.from - b.from || a.to - b.to);
  const [first, second] = regions;
  // what touches is not known to be apart
  if (!first || !second || first.to >= second.from) return null;
  return base.slice(0, first.from) + first.words + base.slice(first.to, second.from) + second.words + base.slice(second.to);
}

type Values = Readonly<Record<string, unknown>>;

/** What an edit changes, and what stood there and stands there now; null where that cannot be told by field. */
function valuesOf(edit: Edit, base: Check, now: Check): { part: Field['part']; mine: Values; base: Values; theirs: Values } | null {
  if (edit.op === 'set' && edit.tasks?.length === 1 && edit.change) {
    const [id] = edit.tasks;
    const was = base.tasks.find((task) => task.id === id);
    const is = now.tasks.find((task) => task.id === id);
    return was && is ? { part: 'change', mine: edit.change, base: was, theirs: is } : null;
  }
  if (edit.op === 'set_head' && edit.head) {
    const headOf = ({ version: { document, summary } }: Check): Values => ({ ...document, ...summary });
    return { part: 'head', mine: edit.head, base: headOf(base), theirs: headOf(now) };
  }
  if (edit.op === 'set_action' && edit.action) {
    const was = base.version.actions.find((action) => action.seq === edit.seq);
    const is = now.version.actions.find((action) => action.seq === edit.seq);
    return was && is ? { part: 'action', mine: edit.action, base: was, theirs: is } : null;
  }
  return null;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The fields that EDITS change between BASE and NOW; null where an edit does more than change fields. */
export function fieldsOf(edits: readonly Edit[], base: Check, now: Check): Field[] | null {
  const found: Field[] = [];
  for (const [edit, wanted] of edits.entries()) {
    const values = valuesOf(wanted, base, now);
    if (!values) return null;
    for (const [name, mine] of Object.entries(values.mine)) {
      const was = values.base[name];
      const is = values.theirs[name];
      const texts = typeof was === 'string' && typeof mine === 'string' && typeof is === 'string';
      const contested = !same(was, is) && !same(mine, is);
      found.push({ edit, part: values.part, name, base: was, mine, theirs: is, contested, merged: contested && texts ? mergeTexts(was, mine, is) : null });
    }
  }
  return found;
}

/** EDITS with each of FIELDS as CHOSEN says: a value instead, or undefined to leave it as the other has it. */
export function editsWith(edits: readonly Edit[], fields: readonly Field[], chosen: (field: Field) => unknown): Edit[] {
  return edits.flatMap((edit, i): Edit[] => {
    const mine = fields.filter((field) => field.edit === i);
    const part = mine[0]?.part;
    if (!part) return [edit];
    const kept = mine.flatMap((field) => {
      const value = chosen(field);
      return value === undefined ? [] : [[field.name, value] as const];
    });
    return kept.length === 0 ? [] : [{ ...edit, [part]: Object.fromEntries(kept) }];
  });
}
