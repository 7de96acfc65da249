/* kit/owed-link.tsx -- what an obligation is, leading to where it is done. */
import { Link } from 'react-router';
import type { ObligationRow } from '../api/types';
import { useWords } from '../words/lang';
import { owedWords } from './owed-words';

export function owedPath(row: Pick<ObligationRow, 'id' | 'kind' | 'duty'>): string | null {
  if (row.kind === 'return') return `/returns/${row.id}`;
  if (row.kind.endsWith('_report')) return '/summaries';
  return row.duty === null ? null : `/duties/${row.duty}`;
}

/** IN GRID the row holds the focus, and the link is left out of the order of the keyboard. */
export function OwedLink({ row, inGrid = false }: { row: ObligationRow; inGrid?: boolean }) {
  const w = useWords();
  const words = owedWords(w, row);
  const to = owedPath(row);
  return to ? <Link to={to} {...(inGrid ? { tabIndex: -1 } : {})}>{words}</Link> : <span>{words}</span>;
}
