/* plan/warnings-tab.tsx -- what is doubtful in a version, each with its words in the document and its task. */
import { WarningOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'react-router';
import type { TaskRow, Version, Warning } from '../api/types';
import { Some } from '../kit/some';
import { Empty } from '../kit/states';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import { withChanges } from './filters';
import { warningWords } from './parts';
import { rangeOfWords, registerTextQuery, taskAround, type RegisterText } from './register-text';
import { SourceWords } from './source-words';
import { useTaskRows } from './tasks-query';

/** The task that a warning stands at ("3/7": the seventh of action 3), as a link to it. */
function WarnedTask(props: { at: string; tasks: ReadonlyMap<string, TaskRow>; version: Version }) {
  const { t } = useWords();
  const { pathname, search } = useLocation();
  const [actionNo = '', no = ''] = props.at.split('/');
  const task = props.tasks.get(props.at);
  const action = task?.action ?? props.version.actions.find((a) => String(a.no) === actionNo)?.name ?? actionNo;
  // a task further down than what is loaded: then its action is as near as a link gets
  const to = withChanges(new URLSearchParams(search), task ? { tab: null, task: task.id } : { tab: null, action });
  return <Link to={`${pathname}?${to.toString()}`}>{t('task.place', { action, no })}</Link>;
}

interface RowProps {
  warning: Warning;
  register: RegisterText | undefined;
  tasks: ReadonlyMap<string, TaskRow>;
  version: Version;
}

function Row({ warning, register, tasks, version }: RowProps) {
  const w = useWords();
  const { t } = w;
  const [open, setOpen] = useState(false);
  const { line } = warning;
  const range = useMemo(
    () => (register && line ? rangeOfWords(register.text, line, warning.words ?? null) : null),
    [register, line, warning.words],
  );
  const at = warning.task ?? (register && range ? taskAround(register.tasks, range) : null);
  return (
    <tr>
      <td className="xj-warning-what">
        <WarningOutlined aria-hidden="true" className="xj-warned" /> {warningWords(w, warning)}
      </td>
      <td>
        {warning.words ? <span className="xj-clamp">{warning.words}</span> : '—'}
        {open && register && range ? <SourceWords text={register.text} range={range} /> : null}
      </td>
      <td className="xj-nowrap">{at ? <WarnedTask at={at} tasks={tasks} version={version} /> : '—'}</td>
      <td className="xj-right">
        {line ? (
          <Button
            size="small"
            type="link"
            aria-expanded={open}
            aria-label={t(open ? 'version.hideLine' : 'version.showLine', { n: line })}
            disabled={!range}
            onClick={() => { setOpen(!open); }}
          >
            {formatNumber(line)}
          </Button>
        ) : (
          '—'
        )}
      </td>
    </tr>
  );
}

export function WarningsTab({ version }: { version: Version }) {
  const { t } = useWords();
  const { warnings, summary } = version;
  const filters = useMemo(() => ({ version: summary.id }), [summary.id]);
  const { rows } = useTaskRows(filters, 'plan');
  const register = useQuery(registerTextQuery(summary.id));
  const tasks = useMemo(() => new Map(rows.map((task) => [`${task.action_no}/${task.no}`, task])), [rows]);
  if (warnings.length === 0) return <Empty title={t('version.noWarnings')} />;
  return (
    <>
      <p className="xj-faint">{t('version.warningsHelp')}</p>
      <Some items={warnings}>
        {(shown) => (
          <table className="xj-table">
            <thead>
              <tr>
                <th scope="col">{t('version.warning')}</th>
                <th scope="col">{t('version.words')}</th>
                <th scope="col">{t('task.one')}</th>
                <th scope="col" className="xj-right">{t('version.line')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((warning, i) => (
                <Row key={i} warning={warning} register={register.data} tasks={tasks} version={version} />
              ))}
            </tbody>
          </table>
        )}
      </Some>
    </>
  );
}
