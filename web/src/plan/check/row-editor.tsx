/* plan/check/row-editor.tsx -- the chosen row with every field to be corrected, and what can be done with the row as a whole. */
import { App, Button, Input, Popconfirm, Select } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState } from 'react';
import type { Check, Edit, Task, TaskChange, Warning } from '../../api/types';
import { useWords } from '../../words/lang';
import { warningWords } from '../parts';
import { Field, TextField } from './field';
import { DeliverablesPart, TargetsPart, UnitsPart, WhenPart } from './row-parts';
import { charactersBefore } from './source-index';
import type { Edits } from './use-edits';

const TITLE_MAX = 500;
const TEXT_MAX = 60000;

/** A warning of the row, with what to do about it. */
function RowWarning({ warning, edits }: { warning: Warning; edits: Edits }) {
  const w = useWords();
  const { t } = w;
  const [why, setWhy] = useState<string | null>(null);
  if (warning.seq === undefined) return null;
  const seq = warning.seq;
  return (
    <li>
      <span aria-hidden="true">⚠</span> {warningWords(w, warning)} {warning.words ? <q>{warning.words}</q> : null}{' '}
      {why === null ? (
        <>
          <Button size="small" onClick={() => void edits.run([{ op: 'set_warnings', warnings: [seq], state: 'resolved' }])}>{t('check.warningDone')}</Button>{' '}
          <Button size="small" onClick={() => { setWhy(''); }}>{t('check.warningNone')}</Button>
        </>
      ) : (
        <Input
          size="small"
          autoFocus
          className="xj-why"
          aria-label={t('check.whyNone')}
          placeholder={t('check.whyNone')}
          maxLength={500}
          value={why}
          onChange={(event) => { setWhy(event.target.value); }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setWhy(null);
            if (event.key === 'Enter' && why.trim()) void edits.run([{ op: 'set_warnings', warnings: [seq], state: 'dismissed', why: why.trim() }]);
          }}
        />
      )}
    </li>
  );
}

interface Props {
  check: Check;
  task: Task;
  /** The rows beside it in the plan, where there are any. */
  previous: Task | undefined;
  next: Task | undefined;
  edits: Edits;
  onField: (field: string) => void;
  onChoose: (id: number) => void;
}

/** What is done with the row as a whole. */
function RowActs({ check, task, previous, next, edits, onChoose, split }: Props & { split: () => void }) {
  const { t } = useWords();
  const act = async (edit: Edit): Promise<void> => {
    const made = await edits.run([edit]);
    if (!made) return;
    const to = made.moved.find((m) => m.from === task.id)?.to ?? (edit.op === 'add' ? made.tasks.at(-1)?.id : undefined);
    if (to) onChoose(to);
    else if (edit.op === 'remove') onChoose((next ?? previous)?.id ?? 0);
  };
  const across = (beside: Task | undefined): Pick<Edit, 'action_no'> => (beside && beside.action_no !== task.action_no ? { action_no: beside.action_no } : {});
  return (
    <div className="xj-acts" role="group" aria-label={t('check.rowActs')}>
      <Button size="small" onClick={split}>{t('check.split')}</Button>
      <Button size="small" disabled={!next} onClick={() => { if (next) void act({ op: 'join', tasks: [task.id, next.id] }); }}>{t('check.join')}</Button>
      <Button size="small" disabled={!previous} onClick={() => { if (previous) void act({ op: 'move', tasks: [task.id], before: previous.id, ...across(previous) }); }}>{t('check.up')}</Button>
      <Button size="small" disabled={!next} onClick={() => { if (next) void act({ op: 'move', tasks: [task.id], after: next.id, ...across(next) }); }}>{t('check.down')}</Button>
      <Button
        size="small"
        onClick={() => void act({ op: 'add', after: task.id, change: { title: t('check.newRow'), text: t('check.newRow'), action_no: task.action_no } })}
      >
        {t('check.add')}
      </Button>
      <Popconfirm title={t('check.removeSure')} okText={t('check.remove')} cancelText={t('act.cancel')} onConfirm={() => void act({ op: 'remove', tasks: [task.id] })}>
        <Button size="small">{t('check.remove')}</Button>
      </Popconfirm>
      <Select
        size="small"
        aria-label={t('check.moveTo')}
        value={task.action_no}
        popupMatchSelectWidth={false}
        className="xj-action-choice"
        options={check.version.actions.map((a) => ({ value: a.no, label: t('check.action', { no: a.no, name: a.name }) }))}
        onChange={(no) => void edits.run([{ op: 'set', tasks: [task.id], change: { action_no: no } }])}
      />
    </div>
  );
}

export function RowEditor(props: Props) {
  const { task, edits, onField } = props;
  const { t } = useWords();
  const { message } = App.useApp();
  const text = useRef<TextAreaRef>(null);
  const cursor = useRef(0);
  const set = (change: TaskChange): Promise<boolean> => edits.run([{ op: 'set', tasks: [task.id], change }]).then((made) => made !== null);
  const confirm = (field: 'lead' | 'owner' | 'deadline' | 'cadence'): void => { void edits.run([{ op: 'confirm', tasks: [task.id], fields: [field] }]); };
  const draft = (field: string): string => `check.${task.id}.${field}`;
  const put = (change: TaskChange): void => { void set(change); };
  const split = (): void => {
    const at = charactersBefore(task.text, cursor.current);
    if (at < 1 || at >= Array.from(task.text).length) {
      message.info(t('check.splitWhere'));
      text.current?.focus();
      return;
    }
    void edits.run([{ op: 'split', tasks: [task.id], at: [at] }]);
  };
  const who = edits.others.get(task.id);
  const open = (task.warnings ?? []).filter((warning) => warning.state === 'open');
  return (
    <section className="xj-row-editor" aria-label={t('check.row', { action: task.action, no: task.no })}>
      <header className="xj-row-line">
        <h2>{t('task.place', { action: task.action, no: task.no })}</h2>
        {who ? <span className="xj-faint">{t('check.changedBy', { by: who })}</span> : null}
        {task.marks?.filter((m) => m.kind === 'memory').map((m) => (
          <span key={`${m.field} ${m.phrase ?? ''}`} className="xj-state" title={m.phrase ?? ''}>{t('check.byMemory', { field: t(`check.field.${m.field}`) })}</span>
        ))}
      </header>
      <RowActs {...props} split={split} />
      {open.length > 0 ? (
        <ul className="xj-warnings" aria-label={t('count.warnings')}>
          {open.map((warning) => <RowWarning key={warning.seq} warning={warning} edits={edits} />)}
        </ul>
      ) : null}
      <div className="xj-fields">
        <TextField name={draft('title')} label={t('check.title')} value={task.title} max={TITLE_MAX} required onFocus={() => { onField('row'); }} commit={(title) => set({ title })} />
        <UnitsPart task={task} set={put} onField={onField} confirm={confirm} />
        <WhenPart key={task.id} task={task} set={put} onField={onField} confirm={confirm} />
        <TextField
          name={draft('text')}
          label={t('check.text')}
          value={task.text}
          max={TEXT_MAX}
          rows={2}
          required
          input={text}
          onFocus={() => { onField('row'); }}
          onCursor={(at) => { cursor.current = at; }}
          commit={(next) => set({ text: next })}
          after={<span className="xj-faint">{t('check.splitHint')}</span>}
        />
        <DeliverablesPart task={task} set={put} onField={onField} />
        <TargetsPart key={`targets ${task.id}`} task={task} set={put} onField={onField} />
        <TextField name={draft('no')} label={t('check.no')} value={task.no} max={50} required onFocus={() => { onField('row'); }} commit={(no) => set({ no })} />
        {(['specific_task', 'measure', 'work_plan'] as const).filter((cell) => task[cell]).map((cell) => (
          <TextField key={cell} name={draft(cell)} label={t(`field.${cell}`)} value={task[cell] ?? ''} max={TEXT_MAX} rows={2} onFocus={() => { onField('row'); }} commit={(next) => set({ [cell]: next === '' ? null : next })} />
        ))}
        {task.lead_explicit === false && task.units.some((u) => u.role === 'lead') ? <Field label={t('role.lead')}><p className="xj-faint">{t('units.leadTaken')}</p></Field> : null}
      </div>
    </section>
  );
}
