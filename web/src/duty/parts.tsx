/* duty/parts.tsx -- what the pages of duty tasks and of what is owed share. */
import { Alert } from 'antd';
import { Link } from 'react-router';
import { asProblem } from '../api/problem';
import type { DutyRow, ObligationRow } from '../api/types';
import { periodWords } from '../kit/period';
import { ProblemNote } from '../kit/problem-note';
import { daysBetween, today } from '../words/dates';
import { useWords, type Words } from '../words/lang';

/** What an obligation is, in words. */
export function owedWords(w: Words, row: Pick<ObligationRow, 'kind' | 'unit_name' | 'period' | 'title'>): string {
  if (row.kind === 'return') return w.t('return.title', { unit: row.unit_name, period: periodWords(w, row.period) });
  const kind = w.tCode('notice.item', row.kind);
  return row.title ? w.t('notice.titled', { kind, title: row.title }) : kind;
}

/** The same, leading to where it is done. */
export function OwedLink({ row }: { row: ObligationRow }) {
  const w = useWords();
  const words = owedWords(w, row);
  if (row.kind === 'return') return <Link to={`/returns/${row.id}`}>{words}</Link>;
  return row.duty === null ? <span>{words}</span> : <Link to={`/duties/${row.duty}`}>{words}</Link>;
}

/** How many days are left until DUE, or how many it is past. */
export function DaysLeft({ due }: { due: string }) {
  const { t } = useWords();
  const days = daysBetween(today(), due);
  if (days < 0) return <span className="xj-bad">{t('return.late', { n: -days })}</span>;
  return <span>{days === 0 ? t('deadline.today') : t('deadline.daysLeft', { n: days })}</span>;
}

/** A duty task's deadline for a table: the date where there is one, else its kind. */
export function dutyDue(w: Words, row: Pick<DutyRow, 'due' | 'deadline_kind'>): string {
  return row.due ?? w.tCode('kind', row.deadline_kind);
}

/** Number and title of a duty task as a link to it. */
export function DutyLink({ id, no, title }: { id: number; no: string; title: string }) {
  return (
    <Link to={`/duties/${id}`}>
      {no ? `${no} ` : ''}
      {title}
    </Link>
  );
}

/** Why a change was refused; where somebody else was first, that the page shows theirs now. */
export function Refused({ error }: { error: Error | null }) {
  const { t } = useWords();
  if (!error) return null;
  const { code } = asProblem(error);
  if (code === 'stale' || code === 'conflict') return <Alert type="warning" showIcon role="alert" title={t('duty.stale')} description={t('duty.staleAdvice')} />;
  return <ProblemNote error={error} />;
}
