/* plan/diff-words.ts -- the values of a difference, which the server gives as codes, in people's words. */
import type { DiffField } from '../api/types';
import type { Words } from '../words/lang';

/** "complete_by 2020-12-31", "recurring 06-15 12-15", "ongoing". */
function deadlineWords(w: Words, value: string): string {
  const [kind = '', ...dates] = value.split(' ');
  return [w.tCode('kind', kind), dates.join(w.t('list.comma'))].filter(Boolean).join(' ');
}

/** "lead 市教育局; responsible 市财政局". */
function unitsWords(w: Words, value: string): string {
  const roles = new Map<string, string[]>();
  for (const unit of value.split('; ')) {
    const at = unit.indexOf(' ');
    const role = unit.slice(0, at);
    roles.set(role, [...(roles.get(role) ?? []), unit.slice(at + 1)]);
  }
  return Array.from(
    roles,
    ([role, names]) => w.tCode('role', role) + w.t('list.colon') + names.join(w.t('list.comma')),
  ).join(w.t('list.semicolon'));
}

/** VALUE of FIELD for people; null stays null. */
export function fieldWords(w: Words, field: DiffField['field'], value: string | null): string | null {
  if (value === null || value === '') return null;
  switch (field) {
    case 'deadline':
      return deadlineWords(w, value);
    case 'units':
      return unitsWords(w, value);
    case 'strength':
      return w.tCode('strength', value);
    case 'cadence':
      return w.tCode('cadence', value);
    case 'open_ended':
      return w.t(value === 'true' ? 'word.yes' : 'word.no');
    case 'issued_on':
      return w.date(value);
    default:
      return value;
  }
}
