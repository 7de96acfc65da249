/* plan/check/in-words.ts -- values of a draft's fields, as people read them. */
import type { Deadline, TaskUnit } from '../../api/types';
import type { Words } from '../../words/lang';
import { deadlineInTable, unitsInTable } from '../parts';

const TEXT_FIELDS = ['title', 'text', 'no', 'specific_task', 'measure', 'work_plan', 'doc_no', 'issuer', 'jurisdiction', 'name'];

/** Whether the field NAME holds running text, of which the change is shown within the words. */
export const isTextField = (name: string): boolean => TEXT_FIELDS.includes(name);

function itemInWords(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  const { name, indicator, value, unit, year } = item as Record<string, unknown>;
  return [indicator ?? name, value, unit, year].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ');
}

/** VALUE of the field called NAME. */
export function inWords(w: Words, name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return w.t(value ? 'word.yes' : 'word.no');
  if (typeof value === 'string' && name === 'deadline_kind') return w.tCode('kind', value);
  if (typeof value === 'string') return name === 'strength' || name === 'cadence' ? w.tCode(name, value) : value;
  if (name === 'units') return unitsInTable(w, value as TaskUnit[], false) || '—';
  if (name === 'deadline') return deadlineInTable(w, { date: null, dates: [], ...(value as Partial<Deadline>) } as Deadline);
  if (Array.isArray(value)) return value.map(itemInWords).join(w.t('list.comma')) || '—';
  return itemInWords(value);
}
