/* duty/parts.tsx -- what the pages of duty tasks share. */
import { Alert } from 'antd';
import { Link } from 'react-router';
import { asProblem } from '../api/problem';
import type { Duty, DutyRow } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { useWords, type Words } from '../words/lang';

/** The name of an action; tasks of none stand together. */
export function actionName(w: Words, name: string): string {
  return name || w.t('actions.unnamed');
}

/** A duty task's deadline for a table: the date where there is one (and that it is the start's), else its kind. */
export function dutyDue(w: Words, row: Pick<DutyRow, 'due' | 'deadline_kind'>): string {
  if (row.due === null) return w.tCode('kind', row.deadline_kind);
  return row.deadline_kind === 'start_by' ? `${row.due} ${w.t('deadline.startShort')}` : row.due;
}

const OVER: ReadonlySet<string> = new Set(['done', 'read', 'laid_before', 'archived', 'struck_off']);

/** Whether the days to DUTY's date still count: it is not over and, where the date is the start's, was never begun. */
export function countsDays(duty: Pick<Duty, 'deadline_kind' | 'state' | 'history'>): boolean {
  if (OVER.has(duty.state)) return false;
  return duty.deadline_kind !== 'start_by' || !duty.history.some((entry) => entry.move === 'begin');
}

/** What a move of a duty task of KIND is called: an instruction's result is reported, not its end asked for. */
export function moveName(w: Words, kind: string, move: string): string {
  if (kind === 'rectification' && move === 'begin') return w.t('inspect.move.begin');
  return kind === 'instruction' && move === 'ask_completion' ? w.t('instruction.report') : w.tCode('duty.move', move);
}

/** What a state of a duty task of KIND is called. */
export function stateName(w: Words, kind: string, state: string): string {
  return kind === 'instruction' && state === 'completion_asked' ? w.t('instruction.reported') : w.tCode('duty.state', state);
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
