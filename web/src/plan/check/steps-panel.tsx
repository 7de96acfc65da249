/* plan/check/steps-panel.tsx -- who changed what, and back to any of it. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Check, Step } from '../../api/types';
import { Answer, Empty } from '../../kit/states';
import { instantInTable } from '../../words/dates';
import { useWords, type Words } from '../../words/lang';
import { NewText, OldText } from '../../kit/changed-text';
import { stepQuery, stepsQuery } from './check-query';
import { inWords, isTextField } from './in-words';
import type { Edits } from './use-edits';

function opsInWords(w: Words, step: Step): string {
  return step.ops.map((op) => w.tCode('check.op', op)).join(w.t('list.comma'));
}

/** What people call the field NAME, or null where it is none of theirs. */
function fieldInWords(w: Words, name: string): string | null {
  for (const group of ['check.field', 'field'] as const) {
    const word = w.tCode(group, name);
    if (word !== name) return word;
  }
  return null;
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '' || value === 0 || value === false || (Array.isArray(value) && value.length === 0);

/** What the field NAME was and is; running text shows the change within the words. */
function Change({ name, before, after }: { name: string; before: unknown; after: unknown }) {
  const w = useWords();
  if (isTextField(name) && typeof before === 'string' && typeof after === 'string')
    return (
      <>
        <OldText old={before} now={after} /> → <NewText old={before} now={after} />
      </>
    );
  return (
    <>
      {isEmpty(before) ? null : <del>{inWords(w, name, before)}</del>} {isEmpty(after) ? null : <ins>{inWords(w, name, after)}</ins>}
    </>
  );
}

function Detail({ version, step }: { version: number; step: number }) {
  const w = useWords();
  const found = useQuery(stepQuery(version, step));
  return (
    <Answer query={found} rows={2}>
      {(whole) => (
        <ul className="xj-step-rows">
          {whole.rows.map((row, i) => {
            const before: Record<string, unknown> = row.before ?? {};
            const after: Record<string, unknown> = row.after ?? {};
            const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
            return (
              <li key={i}>
                {names.map((name) => {
                  const label = fieldInWords(w, name);
                  if (label === null || (isEmpty(before[name]) && isEmpty(after[name]))) return null;
                  return (
                    <p key={name}>
                      <span className="xj-faint">{label}{w.t('list.colon')}</span>
                      <Change name={name} before={before[name]} after={after[name]} />
                    </p>
                  );
                })}
              </li>
            );
          })}
        </ul>
      )}
    </Answer>
  );
}

export function StepsPanel({ check, edits }: { check: Check; edits: Edits }) {
  const w = useWords();
  const { t } = w;
  const { id, version } = check.version.summary;
  const steps = useQuery(stepsQuery(id, version));
  const [open, setOpen] = useState<number | null>(null);
  return (
    <Answer query={steps}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('check.noSteps')} />
        ) : (
          <>
            <p className="xj-faint">{t('check.stepsWhat')}</p>
            <ol className="xj-steps">
              {items.map((step, i) => (
                <li key={step.no}>
                  <div className="xj-row-line">
                    <span className="xj-faint">{instantInTable(step.at)}</span> <strong>{step.by}</strong> {opsInWords(w, step)} <span className="xj-faint">{t('check.rows', { n: step.rows })}</span>
                    {step.why ? <span>{step.why}</span> : null}
                    <span className="xj-grow" />
                    <Button size="small" type="link" aria-expanded={open === step.no} onClick={() => { setOpen(open === step.no ? null : step.no); }}>{t('check.stepDetail')}</Button>
                    <Button size="small" disabled={edits.pending} onClick={() => void edits.goTo(items[i + 1]?.no ?? 1)}>{t('check.undoTo')}</Button>
                  </div>
                  {open === step.no ? <Detail version={id} step={step.no} /> : null}
                </li>
              ))}
              <li>
                <div className="xj-row-line">
                  {t('check.asImported')} <span className="xj-grow" />
                  <Button size="small" disabled={edits.pending} onClick={() => void edits.goTo(1)}>{t('check.backToStart')}</Button>
                </div>
              </li>
            </ol>
          </>
        )
      }
    </Answer>
  );
}
