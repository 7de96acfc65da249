/* inspect/parts.tsx -- what the pages of supervision share. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { sessionQuery } from '../api/calls';
import type { FindingGrade, FindingRow, InspectionRow, VisitRow } from '../api/types';
import { useActOn } from '../kit/use-act';
import { Wide } from '../kit/wide';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { INSPECT_KEYS } from './inspect-query';
import '../kit/letter.css';
import './inspect.css';

/** Whether who is signed in has RIGHT at all; where it ends the server says. */
export function useRight(right: string): boolean {
  const session = useQuery(sessionQuery);
  return session.data?.rights.some((r) => r.right === right) ?? false;
}

/** One act in supervision (kit/use-act.ts). */
export function useAct<V, R>(run: (value: V, key: string) => Promise<R>, done?: (result: R) => void) {
  return useActOn([...INSPECT_KEYS, 'duties', 'obligations'], run, done);
}

export function InspectionState({ row }: { row: Pick<InspectionRow, 'state' | 'announced'> }) {
  const { t } = useWords();
  return (
    <>
      <span className={`xj-state ${row.state === 'draft' ? 'xj-state-draft' : row.state === 'issued' ? 'xj-state-published' : ''}`}>{t(`inspect.state.${row.state}`)}</span>{' '}
      {row.announced ? null : <span className="xj-state xj-secret">{t('inspect.unannounced')}</span>}
    </>
  );
}

export function VisitState({ visit }: { visit: VisitRow }) {
  const { t } = useWords();
  return (
    <>
      <span className="xj-state">{t(`inspect.visit.${visit.state}`)}</span>{' '}
      {visit.told_on === null ? <span className="xj-state xj-secret">{t('inspect.secret')}</span> : null}
    </>
  );
}

export function Grade({ grade }: { grade: FindingGrade }) {
  const { t } = useWords();
  return <span className={`xj-state xj-grade-${grade}`}>{t(`inspect.grade.${grade}`)}</span>;
}

/** How a finding's rectification stands, and whether it is late. */
export function Rectified({ finding }: { finding: FindingRow }) {
  const { t } = useWords();
  const r = finding.rectification;
  if (!r) return <span className="xj-faint">{t('inspect.notOrdered')}</span>;
  const late = r.due < today() && r.state !== 'struck_off' && r.state !== 'checked';
  return (
    <>
      <span className="xj-state">{t(`inspect.rectification.${r.state}`)}</span>{' '}
      <span className={late ? 'xj-bad' : 'xj-faint'}>{t(late ? 'inspect.late' : 'inspect.dueOn', { date: r.due })}</span>
    </>
  );
}

export function FindingTable({ rows, label, unit = true }: { rows: readonly FindingRow[]; label: string; unit?: boolean }) {
  const { t } = useWords();
  return (
    <Wide stack label={label}>
      <table>
        <thead>
          <tr>
            <th>{t('inspect.finding')}</th>
            {unit ? <th>{t('inspect.unit')}</th> : null}
            <th>{t('inspect.grade')}</th>
            <th>{t('inspect.place')}</th>
            <th>{t('inspect.foundBy')}</th>
            <th>{t('inspect.rectification')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td><Link to={`/findings/${row.id}`}>{row.words}</Link></td>
              {unit ? <td>{row.unit.name}</td> : null}
              <td><Grade grade={row.grade} /></td>
              <td data-label={t('inspect.place')}>{row.place}</td>
              <td data-label={t('inspect.foundBy')}>{row.found_by.name}</td>
              <td><Rectified finding={row} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
