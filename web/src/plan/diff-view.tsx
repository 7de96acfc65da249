/* plan/diff-view.tsx -- what a version adds, drops and changes against another. */
import { useQuery } from '@tanstack/react-query';
import type { Diff, DiffField, DiffRow } from '../api/types';
import { Some } from '../kit/some';
import { Answer, Empty } from '../kit/states';
import { useWords } from '../words/lang';
import { NewText, OldText } from '../kit/changed-text';
import { fieldWords } from './diff-words';
import { diffQuery } from './document-query';

function Place({ row }: { row: DiffRow }) {
  const { t } = useWords();
  return <span className="xj-faint">{t('task.place', { action: row.action, no: row.no })}</span>;
}

export function Fields({ fields }: { fields: readonly DiffField[] }) {
  const w = useWords();
  const { t, tCode } = w;
  return (
    <table className="xj-table xj-changed">
      <thead>
        <tr>
          <th scope="col" className="xj-diff-field">{t('diff.field')}</th>
          <th scope="col">{t('diff.old')}</th>
          <th scope="col">{t('diff.new')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => {
          const old = fieldWords(w, field.field, field.old);
          const now = fieldWords(w, field.field, field.new);
          return (
            <tr key={field.field}>
              <th scope="row">{tCode('field', field.field)}</th>
              <td>
                {old === null ? <span className="xj-faint">{t('diff.nothing')}</span> : <OldText old={old} now={now ?? ''} />}
              </td>
              <td>
                {now === null ? <span className="xj-faint">{t('diff.nothing')}</span> : <NewText old={old ?? ''} now={now} />}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Rows({ title, rows }: { title: string; rows: readonly DiffRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <Some items={rows}>
        {(shown) => (
          <ul className="xj-diff-list">
            {shown.map((row, i) => (
              <li key={i}>
                <Place row={row} /> {row.title}
              </li>
            ))}
          </ul>
        )}
      </Some>
    </section>
  );
}

function DiffBody({ diff }: { diff: Diff }) {
  const { t } = useWords();
  const { added, dropped, changed, same, document = [], targets } = diff;
  const targetChanges = (targets?.added.length ?? 0) + (targets?.dropped.length ?? 0);
  if (added.length + dropped.length + changed.length + document.length + targetChanges === 0) {
    return <Empty title={t('diff.none')} advice={t('diff.noneAdvice', { n: same })} />;
  }
  return (
    <div className="xj-diff">
      <p>{t('import.diff', { added: added.length, dropped: dropped.length, changed: changed.length, same })}</p>
      {document.length > 0 ? (
        <section>
          <h2>{t('diff.document')}</h2>
          <Fields fields={document} />
        </section>
      ) : null}
      <Rows title={t('diff.added', { n: added.length })} rows={added} />
      <Rows title={t('diff.dropped', { n: dropped.length })} rows={dropped} />
      {changed.length > 0 ? (
        <section>
          <h2>{t('diff.changed', { n: changed.length })}</h2>
          <Some items={changed}>
            {(shown) => (
              <ul className="xj-diff-list">
                {shown.map((change, i) => (
                  <li key={i}>
                    <p>
                      <Place row={change.new} /> {change.new.title}
                    </p>
                    <Fields fields={change.fields} />
                  </li>
                ))}
              </ul>
            )}
          </Some>
        </section>
      ) : null}
      {targets && targetChanges > 0 ? (
        <section>
          <h2>{t('diff.targets')}</h2>
          <ul className="xj-diff-list">
            {targets.added.map((text) => (
              <li key={`+${text}`}>
                <ins>{t('diff.targetAdded', { text })}</ins>
              </li>
            ))}
            {targets.dropped.map((text) => (
              <li key={`-${text}`}>
                <del>{t('diff.targetDropped', { text })}</del>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

export function DiffView({ version, against }: { version: number; against: number }) {
  const diff = useQuery(diffQuery(version, against));
  return <Answer query={diff}>{(found) => <DiffBody diff={found} />}</Answer>;
}
