/* plan/check/tables-panel.tsx -- what is to be confirmed, alike rows together: one decision for all of them. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Check, CheckGroup, Edit } from '../../api/types';
import { AliasActs } from '../../kit/alias-acts';
import { DayField } from '../../kit/day-field';
import { deadlineInText } from '../../kit/plan-words';
import { Answer, Empty } from '../../kit/states';
import { UnitPicker } from '../../kit/unit-picker';
import { useWords } from '../../words/lang';
import { tablesQuery } from './check-query';
import { Choice } from './field';
import type { Edits } from './use-edits';

interface GroupProps {
  group: CheckGroup;
  edits: Edits;
  onShow: (id: number) => void;
}

/** One decision: what the rows have in common, how many they are, what can be said. */
function Decision({ group, like, onShow, children }: GroupProps & { like?: string; children: ReactNode }) {
  const { t } = useWords();
  const first = group.tasks[0];
  return (
    <tr>
      <td>
        {like ?? group.like} {group.phrase ? <q>{group.phrase}</q> : null}
      </td>
      <td className="xj-right">
        <Button size="small" type="link" onClick={() => { if (first) onShow(first); }}>{t('check.rows', { n: group.tasks.length })}</Button>
      </td>
      <td className="xj-row-line">{children}</td>
    </tr>
  );
}

function Table({ title, groups, row, all }: { title: string; groups: readonly CheckGroup[]; row: (group: CheckGroup, i: number) => ReactNode; all?: ReactNode }) {
  const { t } = useWords();
  if (groups.length === 0) return null;
  return (
    <section className="xj-part">
      <h2>{title}</h2>
      {groups.length > 1 ? all : null}
      <table className="xj-table">
        <thead>
          <tr>
            <th scope="col">{t('check.like')}</th>
            <th scope="col" className="xj-right">{t('check.howMany')}</th>
            <th scope="col">{t('check.decide')}</th>
          </tr>
        </thead>
        <tbody>{groups.map(row)}</tbody>
      </table>
    </section>
  );
}

function Lead(props: GroupProps) {
  const { group, edits } = props;
  const { t } = useWords();
  const lead = (name: string): Edit => ({ op: 'set', tasks: group.tasks, change: { unit_roles: [{ name, role: 'lead' }] } });
  const names = group.units ?? [];
  return (
    <Decision {...props}>
      <Button size="small" type="primary" onClick={() => void edits.run([{ op: 'confirm', tasks: group.tasks, fields: ['lead'] }])}>
        {t('check.leads', { name: group.lead ?? '' })}
      </Button>
      {names.length > 1 ? (
        <Choice label={t('check.otherLead')} value="" width={150} options={[{ value: '', label: t('check.otherLead') }, ...names.map((n) => ({ value: n, label: n }))]} onChange={(name) => { if (name) void edits.run([lead(name)]); }} />
      ) : null}
    </Decision>
  );
}

/** Where nobody means another one, the unit that stands first leads: all of them in one step, which 撤销 takes back. */
function AllLeads({ groups, edits }: { groups: readonly CheckGroup[]; edits: Edits }) {
  const { t } = useWords();
  const tasks = groups.flatMap((group) => group.tasks);
  return (
    <p>
      <Button size="small" onClick={() => void edits.run([{ op: 'confirm', tasks, fields: ['lead'] }])}>
        {t('check.allLead', { n: tasks.length })}
      </Button>
    </p>
  );
}

function Owner(props: GroupProps) {
  const { group, edits } = props;
  const { t } = useWords();
  return (
    <Decision {...props}>
      <UnitPicker label={t('check.ownerIs')} onPick={(name, id) => void edits.run([{ op: 'set', tasks: group.tasks, change: { add_units: [{ ...(id ? { id } : { name }), role: 'responsible' }] } }])} />
      <Button size="small" onClick={() => void edits.run([{ op: 'confirm', tasks: group.tasks, fields: ['owner'] }])}>{t('check.confirmNone')}</Button>
    </Decision>
  );
}

function DateOf(props: GroupProps) {
  const { group, edits } = props;
  const w = useWords();
  const [date, setDate] = useState('');
  return (
    <Decision {...props} {...(group.deadline ? { like: deadlineInText(w, group.deadline) } : {})}>
      <Button size="small" type="primary" onClick={() => void edits.run([{ op: 'confirm', tasks: group.tasks, fields: ['deadline'] }])}>{w.t('check.confirmDate')}</Button>
      <DayField size="small" aria-label={w.t('check.otherDate')} value={date} onChange={(day) => { setDate(day ?? ''); }} />
      <Button size="small" disabled={date === ''} onClick={() => void edits.run([{ op: 'set', tasks: group.tasks, change: { deadline: { kind: 'complete_by', date, dates: [] } } }])}>{w.t('check.otherDate')}</Button>
    </Decision>
  );
}

const CADENCES = ['monthly', 'quarterly', 'termly', 'half_yearly', 'annual'] as const;

function Cadence(props: GroupProps) {
  const { group, edits } = props;
  const { t } = useWords();
  return (
    <Decision {...props}>
      <Choice
        label={t('check.cadence')}
        value=""
        options={[{ value: '', label: t('check.howOften') }, ...CADENCES.map((c) => ({ value: c, label: t(`cadence.${c}`) }))]}
        onChange={(next) => { if (next) void edits.run([{ op: 'set', tasks: group.tasks, change: { cadence: next } }]); }}
      />
      <Button size="small" onClick={() => void edits.run([{ op: 'confirm', tasks: group.tasks, fields: ['cadence'] }])}>{t('check.confirmNone')}</Button>
    </Decision>
  );
}

export function TablesPanel({ check, edits, onShow }: { check: Check; edits: Edits; onShow: (id: number) => void }) {
  const { t } = useWords();
  const { id, version } = check.version.summary;
  const tables = useQuery(tablesQuery(id, version));
  return (
    <Answer query={tables}>
      {(found) => {
        const nothing = [found.leads, found.owners, found.deadlines, found.cadences, found.aliases, found.groups].every((list) => list.length === 0);
        if (nothing) return <Empty title={t('check.allConfirmed')} />;
        const key = (group: CheckGroup, i: number): string => `${group.tasks[0] ?? 0} ${i}`;
        return (
          <>
            <p className="xj-faint">{t('check.tablesWhat')}</p>
            <Table
              title={t('check.table.leads')}
              groups={found.leads}
              all={<AllLeads groups={found.leads} edits={edits} />}
              row={(group, i) => <Lead key={key(group, i)} group={group} edits={edits} onShow={onShow} />}
            />
            <Table title={t('check.table.owners')} groups={found.owners} row={(group, i) => <Owner key={key(group, i)} group={group} edits={edits} onShow={onShow} />} />
            <Table title={t('check.table.deadlines')} groups={found.deadlines} row={(group, i) => <DateOf key={key(group, i)} group={group} edits={edits} onShow={onShow} />} />
            <Table title={t('check.table.cadences')} groups={found.cadences} row={(group, i) => <Cadence key={key(group, i)} group={group} edits={edits} onShow={onShow} />} />
            {found.aliases.length > 0 ? (
              <section className="xj-part">
                <h2>{t('check.table.aliases')}</h2>
                <ul className="xj-alias-list">
                  {found.aliases.map((a) => (
                    <li key={`${a.alias_id} ${a.unit_id}`}>
                      {t('check.alias', { alias: a.alias, unit: a.unit })} <AliasActs pair={{ ...a, state: 'proposed' }} />
                    </li>
                  ))}
                </ul>
              </section>
            ) : null}
            {found.groups.length > 0 ? (
              <section className="xj-part">
                <h2>{t('check.table.groups')}</h2>
                <ul>
                  {found.groups.map((g) => (
                    <li key={g.id}>
                      {g.name} <span className="xj-faint">{t('check.rows', { n: g.tasks })}</span>{' '}
                      {g.members.length > 0 ? g.members.join(t('list.comma')) : <span className="xj-doubt">{t('check.noMembers')}</span>}{' '}
                      <Link className="xj-in-text" to={`/units/${g.id}?tab=members`}>{t('unit.setMembers')}</Link>
                    </li>
                  ))}
                </ul>
              </section>
            ) : null}
          </>
        );
      }}
    </Answer>
  );
}
