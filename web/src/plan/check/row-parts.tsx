/* plan/check/row-parts.tsx -- units, deadline, deliverables and targets of a row, changed in place. */
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { Deadline, DeadlineKind, Strength, Target, TargetChange, Task, TaskChange } from '../../api/types';
import { DayField } from '../../kit/day-field';
import { UnitPicker } from '../../kit/unit-picker';
import { useWords } from '../../words/lang';
import { KINDS, ROLES, STRENGTHS } from '../filters';
import { Choice, Field, TakeOut } from './field';

interface PartProps {
  task: Task;
  set: (change: TaskChange) => void;
  onField: (field: string) => void;
}

/* ---- units ---- */

export function UnitsPart({ task, set, onField, confirm }: PartProps & { confirm: (field: 'lead' | 'owner') => void }) {
  const { t } = useWords();
  const roles = ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }));
  const put = (units: Task['units']): void => {
    set({ units: units.map((u) => ({ ...(u.id ? { id: u.id } : { name: u.name }), role: u.role, inherited: u.inherited })) });
  };
  const confirmed = task.marks?.some((m) => m.field === 'lead' && m.kind === 'confirmed');
  return (
    <Field wide label={t('task.units')}>
      <ul className="xj-chips">
        {task.units.map((unit, i) => (
          <li key={`${unit.name} ${i}`}>
            <span>{unit.name}</span>
            {unit.inherited ? <span className="xj-faint">{t('units.inherited')}</span> : null}
            <Choice
              label={t('check.roleOf', { name: unit.name })}
              width={74}
              value={unit.role}
              options={roles}
              onFocus={() => { onField(`units.${i}`); }}
              onChange={(role) => { put(task.units.map((u, n) => (n === i ? { ...u, role, inherited: false } : u))); }}
            />
            <TakeOut label={t('check.takeOut', { name: unit.name })} onClick={() => { put(task.units.filter((_, n) => n !== i)); }} />
          </li>
        ))}
        <li>
          <UnitPicker
            label={t('check.addUnit')}
            onFocus={() => { onField('row'); }}
            onPick={(name, id) => { set({ add_units: [{ ...(id ? { id } : { name }), role: 'responsible' }] }); }}
          />
        </li>
      </ul>
      {task.lead_proposed && !confirmed && !task.units.some((u) => u.role === 'lead') ? (
        <p className="xj-doubt">
          {t('check.leadProposed', { name: task.lead_proposed })}{' '}
          <Button size="small" onClick={() => { confirm('lead'); }}>{t('check.confirmLead')}</Button>
        </p>
      ) : null}
      {task.units.length === 0 && !task.marks?.some((m) => m.field === 'owner') ? (
        <p className="xj-doubt">
          {t('check.noOwner')} <Button size="small" onClick={() => { confirm('owner'); }}>{t('check.confirmNone')}</Button>
        </p>
      ) : null}
      <Checkbox checked={task.open_ended ?? false} onChange={(event) => { set({ open_ended: event.target.checked }); }}>
        {t('check.openEnded')}
      </Checkbox>
    </Field>
  );
}

/* ---- when ---- */

/** "06-15、12-15" as month-days, or null where a part is none. */
export function monthDays(text: string): string[] | null {
  const parts = text.split(/[、,，;；\s]+/).filter((part) => part !== '');
  const days = parts.map((part) => /^(\d{1,2})(?:-|\u6708)(\d{1,2})\u65e5?$/.exec(part));
  if (days.some((d) => !d || Number(d[1]) < 1 || Number(d[1]) > 12 || Number(d[2]) < 1 || Number(d[2]) > 31)) return null;
  return days.map((d) => `${(d?.[1] ?? '').padStart(2, '0')}-${(d?.[2] ?? '').padStart(2, '0')}`);
}

const DATED: readonly DeadlineKind[] = ['complete_by', 'start_by', 'full_year'];

/** The dates of something that recurs, typed as a list. */
function Days(props: { label: string; value: readonly string[]; onFocus: () => void; onDays: (days: string[]) => void }) {
  const { t } = useWords();
  const [text, setText] = useState<string | null>(null);
  const wrong = text !== null && monthDays(text) === null;
  return (
    <>
      <Input
        size="small"
        className="xj-days"
        aria-label={props.label}
        placeholder={t('check.daysHint')}
        aria-invalid={wrong}
        status={wrong ? 'error' : ''}
        value={text ?? props.value.join('、')}
        onFocus={props.onFocus}
        onChange={(event) => { setText(event.target.value); }}
        onPressEnter={(event) => { event.currentTarget.blur(); }}
        onBlur={() => {
          const days = text === null ? null : monthDays(text);
          if (days) {
            props.onDays(days);
            setText(null);
          }
        }}
      />
      {wrong ? <span className="xj-bad">{t('check.daysWrong')}</span> : null}
    </>
  );
}

export function WhenPart({ task, set, onField, confirm }: PartProps & { confirm: (field: 'deadline' | 'cadence') => void }) {
  const { t } = useWords();
  const { deadline } = task;
  const cadences = ['daily', 'weekly', 'monthly', 'quarterly', 'termly', 'half_yearly', 'annual', 'school_year'] as const;
  const onFocus = (): void => { onField('deadline'); };
  const put = (next: Partial<Deadline>): void => {
    const merged = { ...deadline, ...next };
    if (DATED.includes(merged.kind) && !merged.date) return; // the date comes next
    set({ deadline: { kind: merged.kind, date: DATED.includes(merged.kind) ? merged.date : null, dates: merged.kind === 'recurring' ? merged.dates : [] } });
  };
  const [kind, setKind] = useState<DeadlineKind | null>(null);
  const shown = kind ?? deadline.kind;
  const doubtful = deadline.inferred && !task.marks?.some((m) => m.field === 'deadline');
  return (
    <>
      <Field label={t('task.deadline')}>
        <span className="xj-row-line">
          <Choice
            label={t('check.deadlineKind')}
            value={shown}
            options={KINDS.map((k) => ({ value: k, label: t(`kind.${k}`) }))}
            onFocus={onFocus}
            onChange={(next) => {
              if (DATED.includes(next) && !deadline.date) setKind(next);
              else {
                setKind(null);
                put({ kind: next });
              }
            }}
          />
          {DATED.includes(shown) ? (
            <DayField
              size="small"
              needed
              aria-label={t('check.date')}
              value={deadline.date}
              onFocus={onFocus}
              onChange={(date) => {
                if (date && (date !== deadline.date || kind)) {
                  put({ kind: shown, date });
                  setKind(null);
                }
              }}
            />
          ) : null}
          {shown === 'recurring' ? <Days label={t('check.dates')} value={deadline.dates} onFocus={onFocus} onDays={(dates) => { put({ dates }); }} /> : null}
        </span>
        {deadline.raw ? <p className="xj-faint">{t('deadline.readFrom')}<q>{deadline.raw}</q></p> : null}
        {doubtful ? (
          <p className="xj-doubt">
            {t('deadline.inferred')} <Button size="small" onClick={() => { confirm('deadline'); }}>{t('check.confirmDate')}</Button>
          </p>
        ) : null}
      </Field>
      <Field label={t('check.cadence')}>
        <span className="xj-row-line">
          <Choice
            label={t('check.cadence')}
            value={task.cadence ?? ''}
            options={[{ value: '', label: t('check.none') }, ...cadences.map((c) => ({ value: c, label: t(`cadence.${c}`) }))]}
            onFocus={onFocus}
            onChange={(next) => { set({ cadence: next === '' ? null : (next as (typeof cadences)[number]) }); }}
          />
          <Days label={t('check.returns')} value={task.returns_due ?? []} onFocus={onFocus} onDays={(days) => { set({ returns_due: days }); }} />
        </span>
      </Field>
      <Field label={t('task.strength')}>
        <Choice<Strength>
          label={t('task.strength')}
          value={task.strength}
          options={STRENGTHS.map((s) => ({ value: s, label: t(`strength.${s}`) }))}
          onFocus={() => { onField('row'); }}
          onChange={(strength) => { set({ strength }); }}
        />
      </Field>
    </>
  );
}

/* ---- deliverables ---- */

type Deliverable = NonNullable<TaskChange['deliverables']>[number];
const DELIVERABLES: readonly Deliverable['kind'][] = ['document', 'body', 'count', 'event', 'survey', 'project', 'evidence'];

export function DeliverablesPart({ task, set, onField }: PartProps) {
  const w = useWords();
  const { t } = w;
  const items = (task.deliverables ?? []).map((d) => ({ kind: d.kind as Deliverable['kind'], name: d.name }));
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Deliverable['kind']>('document');
  const options = DELIVERABLES.map((k) => ({ value: k, label: w.tCode('deliverable', k) }));
  return (
    <Field wide label={t('task.deliverables')}>
      <ul className="xj-chips">
        {items.map((item, i) => (
          <li key={`${item.name} ${i}`}>
            <Choice label={t('check.kindOf', { name: item.name })} width={90} value={item.kind} options={options} onFocus={() => { onField(`deliverables.${i}`); }} onChange={(next) => { set({ deliverables: items.map((d, n) => (n === i ? { ...d, kind: next } : d)) }); }} />
            <span>{item.name}</span>
            <TakeOut label={t('check.takeOut', { name: item.name })} onClick={() => { set({ deliverables: items.filter((_, n) => n !== i) }); }} />
          </li>
        ))}
        <li>
          <Choice label={t('check.newDeliverableKind')} width={90} value={kind} options={options} onChange={setKind} />
          <Input
            size="small"
            className="xj-unit-picker"
            aria-label={t('check.addDeliverable')}
            placeholder={t('check.addDeliverable')}
            maxLength={500}
            value={name}
            onChange={(event) => { setName(event.target.value); }}
            onPressEnter={() => {
              if (name.trim() === '') return;
              set({ deliverables: [...items, { kind, name: name.trim() }] });
              setName('');
            }}
          />
        </li>
      </ul>
    </Field>
  );
}

/* ---- targets ---- */

const OPS: readonly Target['op'][] = ['>=', '<=', '=', '>', '<', 'increase_by', 'decrease_by', 'trend', 'done'];
const SIGNS: Partial<Record<Target['op'], string>> = { '>=': '≥', '<=': '≤', '=': '=', '>': '>', '<': '<' };

export function changeOf(target: Target): TargetChange {
  return {
    ...(target.seq === undefined ? {} : { seq: target.seq }),
    indicator: target.indicator,
    op: target.op,
    value: target.value,
    max: target.max ?? null,
    unit: target.unit,
    year: target.year,
    advisory: target.advisory ?? false,
    ...(target.strength ? { strength: target.strength } : {}),
  };
}

/** A cell that is sent when it is left; what cannot be read stays and is marked. */
function Cell<T>(props: { label: string; value: string; width: number; read: (text: string) => T | undefined; onFocus: () => void; onValue: (value: T) => void }) {
  const [text, setText] = useState<string | null>(null);
  const wrong = text !== null && props.read(text.trim()) === undefined;
  return (
    <Input
      size="small"
      style={{ width: props.width }}
      aria-label={props.label}
      title={props.label}
      aria-invalid={wrong}
      status={wrong ? 'error' : ''}
      value={text ?? props.value}
      onFocus={props.onFocus}
      onChange={(event) => { setText(event.target.value); }}
      onPressEnter={(event) => { event.currentTarget.blur(); }}
      onBlur={() => {
        if (text === null) return;
        const value = props.read(text.trim());
        if (value === undefined) return;
        if (text.trim() !== props.value) props.onValue(value);
        setText(null);
      }}
    />
  );
}

const numberOrNone = (text: string): number | null | undefined => {
  if (text === '') return null;
  const value = Number(text.normalize('NFKC').replaceAll(',', ''));
  return Number.isFinite(value) ? value : undefined;
};
const yearOrNone = (text: string): number | null | undefined => (text === '' ? null : /^(19[5-9]\d|20\d\d|21\d\d|2200)$/.test(text) ? Number(text) : undefined);
const words = (text: string): string | undefined => (text === '' ? undefined : text);
const wordsOrNone = (text: string): string | null => (text === '' ? null : text);

export function TargetsPart({ task, set, onField }: PartProps) {
  const { t } = useWords();
  const targets = (task.targets ?? []).map(changeOf);
  const put = (i: number, part: Partial<TargetChange>): void => { set({ targets: targets.map((g, n) => (n === i ? { ...g, ...part } : g)) }); };
  return (
    <Field wide label={t('task.targets')}>
      <ul className="xj-target-list">
        {targets.map((g, i) => {
          const onFocus = (): void => { onField(`targets.${i}`); };
          return (
            <li key={g.seq ?? `new ${i}`} className="xj-row-line">
              <Cell label={t('target.indicator')} width={210} value={g.indicator} read={words} onFocus={onFocus} onValue={(indicator) => { put(i, { indicator }); }} />
              <Choice label={t('check.op')} width={92} value={g.op} options={OPS.map((op) => ({ value: op, label: SIGNS[op] ?? t(`op.${op as 'trend'}`) }))} onFocus={onFocus} onChange={(op) => { put(i, { op }); }} />
              <Cell label={t('target.value')} width={80} value={g.value === null || g.value === undefined ? '' : String(g.value)} read={numberOrNone} onFocus={onFocus} onValue={(value) => { put(i, { value }); }} />
              <Cell label={t('check.most')} width={64} value={g.max === null || g.max === undefined ? '' : String(g.max)} read={numberOrNone} onFocus={onFocus} onValue={(max) => { put(i, { max }); }} />
              <Cell label={t('check.unitOf')} width={70} value={g.unit ?? ''} read={wordsOrNone} onFocus={onFocus} onValue={(unit) => { put(i, { unit }); }} />
              <Cell label={t('target.year')} width={58} value={g.year ? String(g.year) : ''} read={yearOrNone} onFocus={onFocus} onValue={(year) => { put(i, { year }); }} />
              <TakeOut label={t('check.takeOut', { name: g.indicator })} onClick={() => { set({ targets: targets.filter((_, n) => n !== i) }); }} />
            </li>
          );
        })}
      </ul>
      <Button size="small" type="dashed" onClick={() => { set({ targets: [...targets, { indicator: t('check.newTarget'), op: '>=', value: null, unit: null, year: null, advisory: false }] }); }}>
        {t('check.addTarget')}
      </Button>
    </Field>
  );
}
