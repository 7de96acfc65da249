/* kit/field-changes.tsx -- fields of a duty task as they were and as they are, in words. */
import { useWords, type Words } from '../words/lang';
import { NewText, OldText } from './changed-text';
import './field-changes.css';

export interface FieldChange {
  field: string;
  before: string;
  /** null: what it is now is not known here */
  after: string | null;
}

const NO_END = '9999-12-31';
const CODED: Readonly<Record<string, string>> = { cadence: 'cadence', strength: 'strength', deadline_kind: 'kind', way: 'settle' };

/** A value as people read it. */
function valueWords(w: Words, field: string, value: string): string {
  if (field === 'due') return value === NO_END || value === '' ? w.t('duty.noDay') : w.date(value);
  const prefix = CODED[field];
  return prefix && value ? w.tCode(prefix, value) : value;
}

function One({ change }: { change: FieldChange }) {
  const w = useWords();
  const name = w.tCode('duty.field', change.field);
  const before = valueWords(w, change.field, change.before);
  if (change.after === null) return <li>{name}{w.t('list.colon')}{w.t('duty.before', { says: before })}</li>;
  const after = valueWords(w, change.field, change.after);
  return (
    <li>
      {name}{w.t('list.colon')}
      {change.field === 'text' || change.field === 'title'
        ? <><OldText old={before} now={after} /> → <NewText old={before} now={after} /></>
        : <><del>{before || w.t('duty.nothing')}</del> → <ins>{after || w.t('duty.nothing')}</ins></>}
    </li>
  );
}

export function FieldChanges({ changes }: { changes: readonly FieldChange[] }) {
  return changes.length === 0 ? null : <ul className="xj-field-changes">{changes.map((change) => <One key={change.field} change={change} />)}</ul>;
}
