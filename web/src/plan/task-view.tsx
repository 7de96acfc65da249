/* plan/task-view.tsx -- one task: its words, who, by when, what is promised, what is doubtful. */
import { CopyOutlined, WarningOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { createContext, use, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Target, Task, TaskUnit } from '../api/types';
import { copyText } from '../kit/copy';
import { deadlineInText, targetValue } from '../kit/plan-words';
import { Answer } from '../kit/states';
import { daysBetween, today } from '../words/dates';
import { useWords, type Words } from '../words/lang';
import { ROLES } from './filters';
import { StateTag, TagLinks, warningWords } from './parts';
import { TaskSource } from './task-source';
import './task-view.css';
import { taskQuery } from './tasks-query';

/** Headings of parts are one level below the task's own. */
const PartLevel = createContext<'h2' | 'h3'>('h3');

function Part(props: { title: string; children: ReactNode }) {
  const level = use(PartLevel);
  return (
    <section className="xj-part">
      {level === 'h2' ? <h2>{props.title}</h2> : <h3>{props.title}</h3>}
      <div>{props.children}</div>
    </section>
  );
}

function Units({ task }: { task: Task }) {
  const { t } = useWords();
  const of = (role: TaskUnit['role']): TaskUnit[] => task.units.filter((u) => u.role === role);
  const roles = ROLES.filter((role) => of(role).length > 0);
  return (
    <>
      {roles.length === 0 ? <p>{t('task.noUnits')}</p> : null}
      <dl className="xj-roles">
        {roles.map((role, i) => (
          <div key={role}>
            <dt>{t(`role.${role}`)}</dt>
            <dd>
              {of(role).map((u, n) => (
                <span key={u.name}>
                  {n > 0 ? t('list.comma') : ''}
                  {u.id ? <Link to={`/units/${u.id}`}>{u.name}</Link> : u.name}
                  {u.inherited ? <span className="xj-faint">{t('units.inherited')}</span> : null}
                </span>
              ))}
              {task.open_ended && i === roles.length - 1 ? t('units.andOthers') : ''}
            </dd>
          </div>
        ))}
      </dl>
      {task.lead_proposed ? <p className="xj-faint">{t('units.leadProposed', { name: task.lead_proposed })}</p> : null}
      {task.lead_explicit === false && of('lead').length > 0 ? <p className="xj-faint">{t('units.leadTaken')}</p> : null}
    </>
  );
}

/** 还有 3 天, 已过 12 天: how far off a date is. */
function distance(w: Words, date: string): string {
  const days = daysBetween(today(), date);
  if (days === 0) return w.t('deadline.today');
  return days > 0 ? w.t('deadline.daysLeft', { n: days }) : w.t('deadline.daysPast', { n: -days });
}

function When({ task }: { task: Task }) {
  const w = useWords();
  const { deadline } = task;
  return (
    <>
      <p>
        <strong>{deadlineInText(w, deadline)}</strong>{' '}
        {deadline.date ? <span className="xj-faint">{distance(w, deadline.date)}</span> : null}
      </p>
      {deadline.raw ? (
        <p>
          {w.t('deadline.readFrom')}<q>{deadline.raw}</q>
        </p>
      ) : null}
      {deadline.inferred ? <p className="xj-faint">{w.t('deadline.inferred')}</p> : null}
      {task.cadence ? <p>{w.t('task.cadence', { cadence: w.tCode('cadence', task.cadence) })}</p> : null}
      {task.returns_due && task.returns_due.length > 0 ? (
        <p>{w.t('task.returns', { dates: task.returns_due.map(w.monthDay).join(w.t('list.comma')) })}</p>
      ) : null}
    </>
  );
}

function Targets({ targets }: { targets: readonly Target[] }) {
  const w = useWords();
  return (
    <table className="xj-table">
      <thead>
        <tr>
          <th scope="col">{w.t('target.indicator')}</th>
          <th scope="col" className="xj-right">{w.t('target.value')}</th>
          <th scope="col" className="xj-right">{w.t('target.year')}</th>
        </tr>
      </thead>
      <tbody>
        {targets.map((target, i) => (
          <tr key={i} title={target.raw}>
            <td>
              {target.indicator}
              {target.advisory ? <span className="xj-faint">{w.t('target.advisory')}</span> : null}
            </td>
            <td className="xj-right">{targetValue(w, target)}</td>
            <td className="xj-right">
              {target.year ?? '—'}
              {target.year_inferred ? <span className="xj-faint">{w.t('target.yearInferred')}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CopyLink({ id }: { id: number }) {
  const { t } = useWords();
  const { message } = App.useApp();
  return (
    <Button
      size="small"
      icon={<CopyOutlined />}
      onClick={() => {
        void copyText(new URL(`/tasks/${id}`, location.href).href).then((done) => {
          if (done) message.success(t('act.copied'));
          else message.error(t('act.notCopied'));
        });
      }}
    >
      {t('act.copyLink')}
    </Button>
  );
}

function Cells({ task }: { task: Task }) {
  const { t } = useWords();
  const cells = (['specific_task', 'measure', 'work_plan'] as const).filter((name) => task[name]);
  return cells.map((name) => (
    <Part key={name} title={t(`field.${name}`)}>
      <p className="xj-words">{task[name]}</p>
    </Part>
  ));
}

export function TaskBody({ task, heading }: { task: Task; heading: 'h1' | 'h2' }) {
  const w = useWords();
  const { t } = w;
  const H = heading;
  return (
    <PartLevel value={heading === 'h1' ? 'h2' : 'h3'}>
    <article className="xj-task">
      <p className="xj-faint">
        {t('task.place', { action: task.action, no: task.no })} <StateTag state={task.state} />
      </p>
      <H>{task.title}</H>
      <p className="xj-acts xj-no-print">
        <CopyLink id={task.id} />
        <Link to={`/documents/${task.document}${task.plan ? `?version=${task.plan}` : ''}`}>{t('task.toDocument')}</Link>
      </p>
      {task.warnings && task.warnings.length > 0 ? (
        <ul className="xj-warnings" aria-label={t('count.warnings')}>
          {task.warnings.map((warning, i) => (
            <li key={i}>
              <WarningOutlined aria-hidden="true" /> {warningWords(w, warning)}
              {warning.words ? <q>{warning.words}</q> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <Part title={t('task.units')}>
        <Units task={task} />
      </Part>
      <Part title={t('task.deadline')}>
        <When task={task} />
      </Part>
      <Part title={t('task.strength')}>{t(`strength.${task.strength}`)}</Part>
      {task.tags && task.tags.length > 0 ? (
        <Part title={t('task.tags')}>
          <TagLinks tags={task.tags} />
        </Part>
      ) : null}
      <Part title={t('task.words')}>
        <p className="xj-words">{task.text}</p>
        {task.source && task.plan ? <TaskSource key={task.id} version={task.plan} range={task.source} /> : null}
      </Part>
      <Cells task={task} />
      {task.targets && task.targets.length > 0 ? (
        <Part title={t('task.targets')}>
          <Targets targets={task.targets} />
        </Part>
      ) : null}
      {task.deliverables && task.deliverables.length > 0 ? (
        <Part title={t('task.deliverables')}>
          <ul>
            {task.deliverables.map((d, i) => (
              <li key={i}>
                {w.tCode('deliverable', d.kind)}
                {t('list.colon')}
                {d.name}
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
    </article>
    </PartLevel>
  );
}

/** The task with key ID, wherever it is shown beside a list. */
export function TaskView({ id }: { id: number }) {
  const task = useQuery(taskQuery(id));
  return <Answer query={task}>{(found) => <TaskBody task={found} heading="h2" />}</Answer>;
}
