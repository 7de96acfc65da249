/*
 * plan/check/conflict-dialog.tsx -- somebody else was first: both texts side by side, and what holds,
 * field by field.
 *
 * Closing the dialog decides nothing: what was typed stays in its field.
 */
import { Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useWords } from '../../words/lang';
import { NewText } from '../../kit/changed-text';
import { deadlineInTable, unitsInTable } from '../parts';
import { inWords, isTextField } from './in-words';
import { editsWith, type Field } from './merge';
import type { Conflict } from './use-edits';

type Take = 'mine' | 'theirs' | 'own';

interface Choice {
  take: Take;
  own: string;
}

const isText = (field: Field): boolean => typeof field.mine === 'string' && isTextField(field.name);

function Side({ field, value }: { field: Field; value: unknown }) {
  const w = useWords();
  if (isText(field) && typeof field.base === 'string' && typeof value === 'string') return <p className="xj-words"><NewText old={field.base} now={value} /></p>;
  return <p className="xj-words">{inWords(w, field.name, value)}</p>;
}

function FieldChoice({ field, choice, onChoose }: { field: Field; choice: Choice; onChoose: (choice: Choice) => void }) {
  const w = useWords();
  const { t } = w;
  const label = w.tCode('field', field.name);
  return (
    <fieldset className="xj-contest">
      <legend>{label}</legend>
      <div className="xj-both">
        <section>
          <h3>{t('check.mine')}</h3>
          <Side field={field} value={field.mine} />
        </section>
        <section>
          <h3>{t('check.theirs')}</h3>
          <Side field={field} value={field.theirs} />
        </section>
      </div>
      <Radio.Group
        aria-label={t('check.holds', { field: label })}
        value={choice.take}
        onChange={(event) => { onChoose({ ...choice, take: event.target.value as Take }); }}
      >
        <Radio value="mine">{t('check.takeMine')}</Radio>
        <Radio value="theirs">{t('check.takeTheirs')}</Radio>
        {isText(field) ? <Radio value="own">{t(field.merged === null ? 'check.takeOwn' : 'check.takeBoth')}</Radio> : null}
      </Radio.Group>
      {choice.take === 'own' ? (
        <Input.TextArea
          aria-label={t('check.together', { field: label })}
          autoSize={{ minRows: 2, maxRows: 10 }}
          maxLength={60000}
          value={choice.own}
          onChange={(event) => { onChoose({ ...choice, own: event.target.value }); }}
        />
      ) : null}
    </fieldset>
  );
}

const startWith = (field: Field): Choice => ({ take: field.merged === null ? 'mine' : 'own', own: field.merged ?? (typeof field.mine === 'string' ? field.mine : '') });

/** Each field that both changed; the others hold as they are. */
function ByField({ conflict, fields, title }: { conflict: Conflict; fields: readonly Field[]; title: string }) {
  const { t } = useWords();
  const [choices, setChoices] = useState<ReadonlyMap<Field, Choice>>(() => new Map(fields.filter((f) => f.contested).map((f) => [f, startWith(f)])));
  const empty = [...choices].some(([field, { take, own }]) => take === 'own' && own.trim() === '' && typeof field.base === 'string');
  const store = (): void => {
    conflict.settle(
      editsWith(conflict.edits, fields, (field) => {
        const choice = choices.get(field);
        if (!choice || choice.take === 'mine') return field.mine;
        return choice.take === 'theirs' ? undefined : choice.own.trim();
      }),
    );
  };
  return (
    <Modal
      open
      width={760}
      title={title}
      onCancel={() => { conflict.settle('later'); }}
      footer={
        <>
          <Button onClick={() => { conflict.settle('later'); }}>{t('check.later')}</Button>
          <Button type="primary" disabled={empty} onClick={store}>{t('check.store')}</Button>
        </>
      }
    >
      <p className="xj-faint">{t('check.conflictWhat')}</p>
      {Array.from(choices, ([field, choice]) => (
        <FieldChoice key={`${field.edit} ${field.name}`} field={field} choice={choice} onChoose={(next) => { setChoices((old) => new Map(old).set(field, next)); }} />
      ))}
    </Modal>
  );
}

/** What cannot be told field by field: the act as a whole, or what the other made. */
function AsAWhole({ conflict, title }: { conflict: Conflict; title: string }) {
  const w = useWords();
  const { t } = w;
  const ids = new Set(conflict.edits.flatMap((edit) => edit.tasks ?? []));
  const theirs = conflict.now.tasks.filter((task) => ids.has(task.id));
  return (
    <Modal
      open
      width={760}
      title={title}
      onCancel={() => { conflict.settle('later'); }}
      footer={
        <>
          <Button onClick={() => { conflict.settle('theirs'); }}>{t('check.takeTheirs')}</Button>
          <Button type="primary" onClick={() => { conflict.settle(conflict.edits); }}>{t('check.takeMine')}</Button>
        </>
      }
    >
      <div className="xj-both">
        <section>
          <h3>{t('check.mine')}</h3>
          {conflict.edits.map((edit, i) => (
            <div key={i}>
              <p>{w.tCode('check.op', edit.op)}</p>
              {Object.entries(edit.change ?? {}).map(([name, value]) => (
                <p key={name} className="xj-words">{w.tCode('field', name)}{t('list.colon')}{inWords(w, name, value)}</p>
              ))}
            </div>
          ))}
        </section>
        <section>
          <h3>{t('check.theirs')}</h3>
          {theirs.length === 0 ? <p>{t(ids.size > 0 ? 'check.rowGone' : 'check.otherParts')}</p> : null}
          {theirs.map((task) => (
            <div key={task.id} className="xj-words">
              <p>{task.action_no}·{task.no} {task.title}</p>
              <p className="xj-faint">{unitsInTable(w, task.units, task.open_ended ?? false)} {deadlineInTable(w, task.deadline)}</p>
            </div>
          ))}
        </section>
      </div>
    </Modal>
  );
}

export function ConflictDialog({ conflict }: { conflict: Conflict }) {
  const { t } = useWords();
  const by = [...new Set(conflict.theirs.steps.map(({ step }) => step.by))].join(t('list.comma'));
  const title = t('check.conflict', { by });
  return conflict.fields ? <ByField conflict={conflict} fields={conflict.fields} title={title} /> : <AsAWhole conflict={conflict} title={title} />;
}
