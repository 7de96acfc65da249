/*
 * org/sheet-page.tsx -- 任务单: how one unit stands and what it owes, on A4 paper: by document and action, with the plan's
 * words, the unit's part, the deadline, the targets, who else is in it, and where it stands.
 */
import { PrinterOutlined } from '@ant-design/icons';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useMemo } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { sessionQuery } from '../api/calls';
import type { Role, Task, Unit, UnitRef } from '../api/types';
import { deadlineInText, targetValue, wordsOfTask } from '../kit/plan-words';
import { Answer, Empty, Loading } from '../kit/states';
import { useTitle } from '../kit/title';
import '../kit/wide.css';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import './sheet.css';
import { Stand } from './sheet-stand';
import { owedQuery, UNIT_ROLES, unitQuery, type Owed } from './unit-query';

type Document = Owed['documents'][number];

interface ActionPart {
  key: string;
  name: string;
  tasks: Task[];
}
interface DocumentPart {
  document: Document;
  actions: ActionPart[];
}

/** The tasks in which UNIT has ROLE (null: any), by document and action, in the order they came. */
function partsOf(owed: Owed, unit: number, role: Role | undefined): DocumentPart[] {
  const parts: DocumentPart[] = [];
  for (const task of owed.tasks) {
    if (role && !task.units.some((u) => u.id === unit && u.role === role)) continue;
    let part = parts.find((p) => p.document.id === task.document);
    if (!part) {
      const document = owed.documents.find((d) => d.id === task.document);
      if (!document) continue;
      part = { document, actions: [] };
      parts.push(part);
    }
    const key = `${task.action_no} ${task.action}`;
    let action = part.actions.find((a) => a.key === key);
    if (!action) {
      action = { key, name: task.action, tasks: [] };
      part.actions.push(action);
    }
    action.tasks.push(task);
  }
  return parts;
}

function Basis({ document }: { document: Document }) {
  const { t, date } = useWords();
  const more = [document.doc_no, document.issuer, document.issued_on ? date(document.issued_on) : null].filter(Boolean).join(t('list.comma'));
  return (
    <p className="xj-paper-basis">
      {t('sheet.basis')}
      <Link to={`/documents/${document.id}`}>{document.title ? t('sheet.document', { title: document.title }) : t('sheet.untitled')}</Link>
      {more ? t('sheet.documentMore', { more }) : ''}
    </p>
  );
}

/** The units of TASK but UNIT, each with its part. */
function Others({ task, unit }: { task: Task; unit: number }) {
  const { t } = useWords();
  const others = task.units.filter((u) => u.id !== unit);
  if (others.length === 0) return '—';
  return UNIT_ROLES.filter((role) => others.some((u) => u.role === role)).map((role) => (
    <p key={role}>
      <span className="xj-faint">{t(`role.${role}`)}</span> {others.filter((u) => u.role === role).map((u) => u.name).join(t('list.comma'))}
    </p>
  ));
}

function When({ task }: { task: Task }) {
  const w = useWords();
  return (
    <>
      <p>{deadlineInText(w, task.deadline)}</p>
      {task.cadence ? <p>{w.t('task.cadence', { cadence: w.tCode('cadence', task.cadence) })}</p> : null}
      {task.returns_due && task.returns_due.length > 0 ? (
        <p>{w.t('task.returns', { dates: task.returns_due.map(w.monthDay).join(w.t('list.comma')) })}</p>
      ) : null}
    </>
  );
}

function TaskLine({ task, unit }: { task: Task; unit: number }) {
  const w = useWords();
  const { t } = w;
  const mine = task.units.find((u) => u.id === unit);
  return (
    <tr>
      <td>
        <Link to={`/tasks/${task.id}`} aria-label={t('task.place', { action: task.action, no: task.no })}>
          {task.no}
        </Link>
      </td>
      <td>
        <p className="xj-words">{wordsOfTask(task.title, task.text)}</p>
        {task.targets && task.targets.length > 0 ? (
          <p>
            <span className="xj-faint">{t('task.targets')}</span>{' '}
            {task.targets
              .map((target) => t('sheet.target', { indicator: target.indicator, value: targetValue(w, target), year: target.year === null ? '' : t('sheet.year', { year: String(target.year) }) }))
              .join(t('list.semicolon'))}
          </p>
        ) : null}
      </td>
      <td data-label={t('sheet.role')}>{mine ? t(`role.${mine.role}`) : '—'}</td>
      <td data-label={t('task.deadline')}>
        <When task={task} />
      </td>
      <td data-label={t('unit.others')}>
        <Others task={task} unit={unit} />
      </td>
    </tr>
  );
}

function Part({ part, unit }: { part: DocumentPart; unit: number }) {
  const { t } = useWords();
  return (
    <>
      <Basis document={part.document} />
      <div className="xj-stack">
        <table>
          <colgroup>
            <col className="xj-col-no" />
            <col />
            <col className="xj-col-role" />
            <col className="xj-col-when" />
            <col className="xj-col-others" />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('task.no')}</th>
              <th scope="col">{t('sheet.words')}</th>
              <th scope="col">{t('sheet.role')}</th>
              <th scope="col">{t('task.deadline')}</th>
              <th scope="col">{t('unit.others')}</th>
            </tr>
          </thead>
          {part.actions.map((action) => (
            <tbody key={action.key}>
              <tr className="xj-paper-action">
                <th scope="rowgroup" colSpan={5}>
                  {t('sheet.action', { action: action.name, n: action.tasks.length })}
                </th>
              </tr>
              {action.tasks.map((task) => (
                <TaskLine key={task.id} task={task} unit={unit} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  );
}

function Paper({ unit, own, asGroup, role }: { unit: Unit; own: Owed; asGroup: readonly { group: UnitRef; owed: Owed }[]; role: Role | undefined }) {
  const { t, date } = useWords();
  const session = useQuery(sessionQuery);
  const parts = useMemo(() => partsOf(own, unit.id, role), [own, unit.id, role]);
  const groups = asGroup.map(({ group, owed }) => ({ group, parts: partsOf(owed, group.id, role) })).filter((g) => g.parts.length > 0);
  const counts = UNIT_ROLES.map((r) => ({ r, n: own.tasks.filter((task) => task.units.some((u) => u.id === unit.id && u.role === r)).length })).filter(
    ({ r, n }) => n > 0 && (role === undefined || r === role),
  );
  return (
    <article className="xj-paper">
      <h1>{t('sheet.title', { unit: unit.name })}</h1>
      <p className="xj-paper-head">
        {session.data ? t('sheet.head', { tenant: session.data.tenant.name, date: date(today()) }) : null}
        {counts.map(({ r, n }) => ` ${t('sheet.count', { role: t(`role.${r}`), n })}`).join(t('list.semicolon'))}
      </p>
      {role === undefined ? <Stand unit={unit.id} /> : null}
      {parts.length === 0 && groups.length === 0 ? <Empty title={t('unit.noTasks')} /> : null}
      {parts.map((part) => (
        <Part key={part.document.id} part={part} unit={unit.id} />
      ))}
      {groups.map(({ group, parts: theirs }) => (
        <section key={group.id}>
          <h2>{t('sheet.asGroup', { group: group.name })}</h2>
          {theirs.map((part) => (
            <Part key={part.document.id} part={part} unit={group.id} />
          ))}
        </section>
      ))}
    </article>
  );
}

/** The unit's own tasks and those of the groups it is in, once all are there. */
function Loaded({ unit, role }: { unit: Unit; role: Role | undefined }) {
  const own = useQuery(owedQuery(unit.id));
  const groups = useQueries({ queries: unit.groups.map((group) => owedQuery(group.id)) });
  const failed = [own, ...groups].find((query) => query.error);
  if (failed) return <Answer query={failed}>{() => null}</Answer>;
  const asGroup = unit.groups.flatMap((group, i) => {
    const owed = groups[i]?.data;
    return owed ? [{ group, owed }] : [];
  });
  if (!own.data || asGroup.length < unit.groups.length) return <Loading rows={12} />;
  return <Paper unit={unit} own={own.data} asGroup={asGroup} role={role} />;
}

export function SheetPage() {
  const { t } = useWords();
  const id = Number(useParams()['unit']) || 0;
  const [search, setSearch] = useSearchParams();
  const role = UNIT_ROLES.find((r) => r === search.get('role'));
  const unit = useQuery({ ...unitQuery(id), enabled: id > 0 });
  useTitle(unit.data ? t('sheet.title', { unit: unit.data.name }) : t('unit.sheet'));
  if (id === 0) return <Empty title={t('unit.noSuch')} />;
  return (
    <section className="xj-page xj-page-scroll">
      <div className="xj-row-line xj-no-print">
        <Link to={`/units/${id}`}>← {unit.data?.name ?? t('unit.one')}</Link>
        <span className="xj-grow" />
        <Segmented
          size="small"
          aria-label={t('filter.role')}
          value={role ?? 'all'}
          onChange={(next) => { setSearch(next === 'all' ? {} : { role: next }, { replace: true }); }}
          options={[{ value: 'all' as const, label: t('unit.allRoles') }, ...UNIT_ROLES.map((r) => ({ value: r, label: t(`role.${r}`) }))]}
        />
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => { window.print(); }}>
          {t('print.act')}
        </Button>
      </div>
      <Answer query={unit} rows={12}>
        {(found) => <Loaded unit={found} role={role} />}
      </Answer>
    </section>
  );
}
