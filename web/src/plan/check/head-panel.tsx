/* plan/check/head-panel.tsx -- what the document is, its actions and the duties outside its tasks. */
import { Button } from 'antd';
import type { Check, Edit } from '../../api/types';
import { DayField } from '../../kit/day-field';
import { useWords } from '../../words/lang';
import { Field, TakeOut, TextField } from './field';
import { monthDays } from './row-parts';
import type { Edits } from './use-edits';

type Head = NonNullable<Edit['head']>;

function DateField({ label, value, commit }: { label: string; value: string | null; commit: (date: string | null) => void }) {
  return (
    <Field label={label}>
      <DayField size="small" aria-label={label} value={value} onChange={(day) => { if (day !== value) commit(day); }} />
    </Field>
  );
}

export function HeadPanel({ check, edits, onPlace }: { check: Check; edits: Edits; onPlace: (name: keyof NonNullable<Check['head_places']>) => void }) {
  const { t } = useWords();
  const { document, summary, actions, obligations } = check.version;
  const set = (head: Head): Promise<boolean> => edits.run([{ op: 'set_head', head }]).then((made) => made !== null);
  const run = (edit: Edit): Promise<boolean> => edits.run([edit]).then((made) => made !== null);
  const draft = (name: string): string => `check.${summary.id}.head.${name}`;
  const list = (text: string): string[] => text.split(/[、,，;；\n]+/).map((part) => part.trim()).filter((part) => part !== '');
  const seqOf = (seq: number | undefined): { seq: number } | null => (seq === undefined ? null : { seq });
  return (
    <div className="xj-fields xj-head-panel">
      <TextField name={draft('title')} label={t('document.title')} value={document.title} max={500} required onFocus={() => { onPlace('title'); }} commit={(title) => set({ title })} />
      <TextField name={draft('doc_no')} label={t('document.docNo')} value={document.doc_no ?? ''} max={100} onFocus={() => { onPlace('doc_no'); }} commit={(text) => set({ doc_no: text || null })} />
      <TextField name={draft('issuer')} label={t('document.issuer')} value={document.issuer ?? ''} max={200} onFocus={() => { onPlace('issuer'); }} commit={(text) => set({ issuer: text || null })} />
      <DateField label={t('document.issuedOn')} value={document.issued_on} commit={(issued_on) => void set({ issued_on })} />
      <TextField name={draft('place')} label={t('document.jurisdiction')} value={document.jurisdiction ?? ''} max={100} onFocus={() => { onPlace('jurisdiction'); }} commit={(text) => set({ jurisdiction: text || null })} />

      <h2 className="xj-field-wide">{t('version.tab.actions')}</h2>
      {actions.map((action) => {
        const at = seqOf(action.seq);
        if (!at) return null;
        return (
          <div key={at.seq} className="xj-field-wide xj-row-line">
            <TextField name={draft(`action.${at.seq}`)} label={t('check.actionName', { no: action.no })} value={action.name} max={200} required onFocus={() => undefined} commit={(name) => run({ op: 'set_action', ...at, action: { name } })} />
            <TextField name={draft(`action.${at.seq}.leads`)} label={t('check.actionLeads', { no: action.no })} value={action.lead_units.join('、')} max={2000} onFocus={() => undefined} commit={(text) => run({ op: 'set_action', ...at, action: { lead_units: list(text) } })} />
            {action.tasks === 0 ? <TakeOut label={t('check.takeOut', { name: action.name })} onClick={() => void run({ op: 'remove_action', ...at })} /> : null}
          </div>
        );
      })}
      <Button size="small" type="dashed" onClick={() => void run({ op: 'add_action', action: { no: Math.max(0, ...actions.map((a) => a.no)) + 1, name: t('check.newAction') } })}>
        {t('check.addAction')}
      </Button>

      <h2 className="xj-field-wide">{t('version.tab.obligations')}</h2>
      {(obligations ?? []).map((o) => {
        const at = seqOf(o.seq);
        if (!at) return null;
        return (
          <div key={at.seq} className="xj-field-wide xj-row-line">
            <TextField name={draft(`duty.${at.seq}`)} label={t('check.dutyWhat')} value={o.what} max={2000} required onFocus={() => undefined} commit={(what) => run({ op: 'set_obligation', ...at, obligation: { what } })} />
            <TextField name={draft(`duty.${at.seq}.who`)} label={t('check.dutyWho')} value={o.who.join('、')} max={2000} onFocus={() => undefined} commit={(text) => run({ op: 'set_obligation', ...at, obligation: { who: list(text) } })} />
            <TextField
              name={draft(`duty.${at.seq}.due`)}
              label={t('check.dutyDue')}
              value={o.due.join('、')}
              max={200}
              onFocus={() => undefined}
              commit={(text) => {
                const due = monthDays(text);
                return due ? run({ op: 'set_obligation', ...at, obligation: { due } }) : Promise.resolve(false);
              }}
            />
            <TakeOut label={t('check.takeOut', { name: o.what })} onClick={() => void run({ op: 'remove_obligation', ...at })} />
          </div>
        );
      })}
      <Button size="small" type="dashed" onClick={() => void run({ op: 'add_obligation', obligation: { kind: 'report', who: [], what: t('check.newDuty'), frequency: 'annual', due: [] } })}>
        {t('check.addDuty')}
      </Button>
    </div>
  );
}
