/* plan/filter-words.ts -- the filters of a list as a sentence: for printing and for what is empty. */
import type { TaskFilters, TaskTotals } from '../api/types';
import type { Words } from '../words/lang';

export function filterWords(w: Words, filters: TaskFilters, base: TaskTotals | undefined): string {
  const { t } = w;
  const unit = base?.by_unit.find((u) => u.id === filters.unit)?.name ?? (filters.unit ? t('filter.unknownUnit') : '');
  const parts = [
    filters.q ? t('filter.says.q', { q: filters.q }) : '',
    filters.action ?? '',
    unit && (filters.role ? t('filter.says.unitAs', { unit, role: t(`role.${filters.role}`) }) : unit),
    filters.kind ? t(`kind.${filters.kind}`) : '',
    filters.due_from || filters.due_to
      ? t('filter.says.due', { from: filters.due_from ?? '…', to: filters.due_to ?? '…' })
      : '',
    filters.strength ? t(`strength.${filters.strength}`) : '',
    filters.tag ? t('filter.says.tag', { tag: filters.tag }) : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(t('list.semicolon')) : t('filter.says.all');
}
