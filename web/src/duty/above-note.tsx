/* duty/above-note.tsx -- who gave a task from above, what is theirs to do, how it ended there; at the giver, which counties it went to. */
import { Link } from 'react-router';
import type { Duty, DutyDown } from '../api/types';
import { useWords } from '../words/lang';
import { moveName } from './parts';

/** Whether DUTY is answered by moves, not in returns. */
export function byMoves(duty: Duty): boolean {
  return duty.restricted || duty.kind !== 'task';
}

export function AboveNote({ duty }: { duty: Duty }) {
  const w = useWords();
  const { t } = w;
  const above = duty.above;
  if (above === null) return null;
  const name = above.from;
  const moves = above.theirs.map((move) => moveName(w, duty.kind, move)).join(t('list.comma'));
  const theirs = moves ? t('above.theirs', { name, moves }) : '';
  if (!above.live) {
    return (
      <p className="xj-note" role="note">
        {above.kept_on ? t('above.kept', { name, day: w.date(above.kept_on) }) : above.ended ? t(`above.ended.${above.ended}`, { name, day: w.date(above.changed_on) }) : t('above.gone', { name })}{' '}
        {theirs}
      </p>
    );
  }
  return (
    <p className="xj-note" role="note">
      {t('above.from', { name })}{' '}
      {theirs}{' '}
      {t(byMoves(duty) ? 'above.byMoves' : 'above.byReturns', { name })}{' '}
      <Link className="xj-in-text xj-no-print" to="/assignments">{t('nav.assignments')}</Link>
    </p>
  );
}

/** Of a unit that is a linked county: whether the task went down to it, and why not. */
export function WentDown({ down }: { down: DutyDown | undefined }) {
  const { t } = useWords();
  return down ? <span className={down.state === 'hidden' ? 'xj-down xj-down-not' : 'xj-down xj-faint'}>{t(`down.${down.state}`, { name: down.peer })}</span> : null;
}
