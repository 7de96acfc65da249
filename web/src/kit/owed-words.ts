/* kit/owed-words.ts -- what an obligation is, in words. */
import type { ObligationRow } from '../api/types';
import type { Words } from '../words/lang';
import { periodWords } from './period';

export function owedWords(w: Words, row: Pick<ObligationRow, 'kind' | 'unit_name' | 'period' | 'title' | 'duty'>): string {
  if (row.kind === 'return') return w.t('return.title', { unit: row.unit_name, period: periodWords(w, row.period) });
  const kind = w.tCode('notice.item', row.kind);
  // of a task that not everybody may see the server gives no title
  const title = row.title || (row.duty === null ? '' : w.t('owed.restricted'));
  return title ? w.t('notice.titled', { kind, title }) : kind;
}
