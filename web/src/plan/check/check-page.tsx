/*
 * plan/check/check-page.tsx -- 校核: the document on the left, its register on the right, until it
 * can be published.
 *
 * The chosen row and the panel are in the address.  A field that has the focus shows its words; a
 * click on words goes to their row and field.
 */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { api, data } from '../../api/client';
import { sessionQuery } from '../../api/calls';
import type { Check, Task, Warning } from '../../api/types';
import { Grid, type GridColumn } from '../../kit/grid';
import { useKeys } from '../../kit/keys';
import { useNarrow } from '../../kit/narrow';
import { ProblemNote } from '../../kit/problem-note';
import { Answer, Empty } from '../../kit/states';
import { useTitle } from '../../kit/title';
import { useWords, type Words } from '../../words/lang';
import { withChanges } from '../filters';
import { deadlineInTable, StateTag, unitsInTable } from '../parts';
import { layoutOf } from '../document-layout';
import { documentQuery } from '../document-query';
import { newerInForce, PublishButton } from '../publish';
import { rangeOfWords, registerTextQuery, type RegisterText } from '../register-text';
import { checkQuery } from './check-query';
import '../document-page.css';
import '../task-view.css';
import './check.css';
import { ConflictDialog } from './conflict-dialog';
import { HeadPanel } from './head-panel';
import { LeftPane } from './left-pane';
import { RowEditor } from './row-editor';
import { fieldAt, placesOf, type FieldPlace } from './source-index';
import { StepsPanel } from './steps-panel';
import { TablesPanel } from './tables-panel';
import { useEdits, type Edits } from './use-edits';
import { WarningsPanel } from './warnings-panel';

const PANELS = ['rows', 'tables', 'warnings', 'head', 'steps'] as const;
type Panel = (typeof PANELS)[number];

function columnsOf(w: Words, others: ReadonlyMap<number, string>): GridColumn<Task>[] {
  const open = (task: Task): number => (task.warnings ?? []).filter((warning) => warning.state === 'open').length;
  return [
    { key: 'no', title: w.t('check.no'), width: '64px', render: (task) => `${task.action_no}·${task.no}` },
    { key: 'title', title: w.t('check.title'), width: 'minmax(140px, 3fr)', render: (task) => <span className="xj-line" title={task.title}>{task.title}</span> },
    { key: 'units', title: w.t('task.units'), width: 'minmax(90px, 2fr)', render: (task) => <span className="xj-line">{unitsInTable(w, task.units, task.open_ended ?? false)}</span> },
    { key: 'due', title: w.t('task.deadline'), width: '106px', render: (task) => <span className="xj-line">{deadlineInTable(w, task.deadline)}</span> },
    {
      key: 'open',
      title: w.t('count.warnings'),
      width: '52px',
      align: 'right',
      render: (task) => (
        <>
          {others.has(task.id) ? <span title={w.t('check.changedBy', { by: others.get(task.id) ?? '' })}>●</span> : null} {open(task) > 0 ? <span className="xj-warned">⚠{open(task)}</span> : ''}
        </>
      ),
    },
  ];
}

interface RowsProps {
  check: Check;
  edits: Edits;
  chosen: Task | undefined;
  onChoose: (id: number) => void;
  onField: (field: string) => void;
}

function RowsPanel({ check, edits, chosen, onChoose, onField }: RowsProps) {
  const w = useWords();
  const { t } = w;
  const narrow = useNarrow();
  const [search, setSearch] = useSearchParams();
  const action = Number(search.get('action') ?? -1);
  const doubtful = search.get('open') === '1';
  const q = search.get('q') ?? '';
  const rows = useMemo(
    () =>
      check.tasks.filter(
        (task) =>
          (action < 0 || task.action_no === action) &&
          (!doubtful || (task.warnings ?? []).some((warning) => warning.state === 'open')) &&
          (q === '' || task.title.includes(q) || task.text.includes(q) || task.units.some((u) => u.name.includes(q))),
      ),
    [check.tasks, action, doubtful, q],
  );
  const columns = useMemo(() => columnsOf(w, edits.others), [w, edits.others]);
  const active = chosen ? rows.findIndex((task) => task.id === chosen.id) : -1;
  const at = chosen ? check.tasks.findIndex((task) => task.id === chosen.id) : -1;
  const filter = (name: string, value: string | number | null): void => {
    setSearch((old) => withChanges(old, { [name]: value, row: old.get('row') }), { replace: true });
  };
  return (
    <>
      <div className="xj-row-line xj-no-print">
        <Select
          size="small"
          aria-label={t('task.action')}
          className="xj-action-choice"
          allowClear
          placeholder={t('filter.allActions')}
          popupMatchSelectWidth={false}
          value={action < 0 ? null : action}
          options={check.version.actions.map((a) => ({ value: a.no, label: t('check.action', { no: a.no, name: a.name }) }))}
          onChange={(next: number | null | undefined) => { filter('action', next ?? null); }}
        />
        <Input size="small" className="xj-unit-picker" allowClear aria-label={t('check.find')} placeholder={t('check.find')} value={q} onChange={(event) => { filter('q', event.target.value); }} />
        <Checkbox checked={doubtful} onChange={(event) => { filter('open', event.target.checked ? 1 : null); }}>{t('check.onlyOpen')}</Checkbox>
        <span className="xj-faint">{t('check.rows', { n: rows.length })}</span>
      </div>
      {rows.length === 0 ? (
        <Empty title={t('version.noTasks')} advice={t('check.noRows')} />
      ) : (
        <div className="xj-check-list">
          <Grid
            label={t('version.tab.tasks')}
            columns={narrow ? columns.slice(0, 2) : columns}
            rows={rows}
            rowKey={(task) => task.id}
            active={active}
            onActive={(i) => { const task = rows[i]; if (task) onChoose(task.id); }}
            onOpen={() => { document.querySelector<HTMLElement>('.xj-row-editor textarea')?.focus(); }}
          />
        </div>
      )}
      {chosen ? (
        <RowEditor key={chosen.id} check={check} task={chosen} previous={check.tasks[at - 1]} next={check.tasks[at + 1]} edits={edits} onField={onField} onChoose={onChoose} />
      ) : rows.length > 0 ? (
        <p className="xj-faint">{t('check.chooseRow')}</p>
      ) : null}
    </>
  );
}

/** What is left, undo, publishing. */
function Bar({ check, edits, undo }: { check: Check; edits: Edits; undo: () => void }) {
  const { t } = useWords();
  const { summary, document } = check.version;
  const versions = useQuery(documentQuery(document.id));
  return (
    <div className="xj-version-bar">
      <h1 className="xj-title" title={document.title}>{document.title || summary.file_name}</h1>
      <StateTag state={summary.state} />
      <span className="xj-faint" aria-live="polite">
        {t('check.left', { tasks: summary.counts.tasks, n: summary.counts.warnings })} {edits.pending ? t('check.saving') : ''}
      </span>
      <span className="xj-grow" />
      <Button size="small" disabled={edits.pending || check.steps === 0} onClick={undo}>{t('check.undo')}</Button>
      <Link to="/memory">{t('check.memory')}</Link>
      <Link to={`/documents/${document.id}?version=${summary.id}`}>{t('task.toDocument')}</Link>
      {summary.state === 'draft' && versions.data ? <PublishButton key={summary.id} version={check.version} newer={newerInForce(versions.data, summary.no)} /> : null}
    </div>
  );
}

function useUndo(check: Check, edits: Edits, showSteps: () => void): () => void {
  const session = useQuery(sessionQuery);
  const { id } = check.version.summary;
  return () => {
    if (edits.pending) return;
    void data(api.GET('/api/v1/versions/{version}/steps', { params: { path: { version: id }, query: { limit: 2 } } })).then(({ items }) => {
      const [last, before] = items;
      if (!last) return;
      const me = session.data?.person;
      // what somebody else did is not taken back by a key: the list says what it was
      if (last.by === me?.name || last.by === me?.display_name) void edits.goTo(before?.no ?? 1);
      else showSteps();
    });
  };
}

/** The place of WARNING in the text: its own, else that of its line. */
function placeOf(warning: Warning, text: string): FieldPlace | null {
  if (warning.source && warning.source.to > warning.source.from) return { field: 'warnings.0', ...warning.source };
  return warning.line ? { field: 'warnings.0', ...rangeOfWords(text, warning.line, warning.words ?? null) } : null;
}

function Found({ check, register }: { check: Check; register: RegisterText }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const { id, state } = check.version.summary;
  const edits = useEdits(id);
  const layout = useMemo(() => layoutOf(register), [register]);
  const panel: Panel = PANELS.find((name) => name === search.get('panel')) ?? 'rows';
  const chosen = check.tasks.find((task) => task.id === Number(search.get('row')));
  const [focused, setFocused] = useState<string | null>(null);
  const [elsewhere, setElsewhere] = useState<FieldPlace | null>(null);
  const side = useRef<HTMLDivElement>(null);
  useTitle(t('check.pageTitle', { title: check.version.document.title }));

  const go = (changes: Record<string, string | number | null>): void => {
    setSearch((old) => withChanges(old, { row: old.get('row'), ...changes }), { replace: true });
  };
  const choose = (row: number): void => {
    setElsewhere(null);
    setFocused(null);
    go({ row });
  };
  const undo = useUndo(check, edits, () => { go({ panel: 'steps' }); });
  useKeys([{ key: 'u', says: 'check.keys.undo', run: undo }]);
  const places = useMemo(() => (elsewhere ? [elsewhere] : chosen ? placesOf(chosen) : []), [elsewhere, chosen]);

  if (state !== 'draft') {
    return <Empty title={t('check.notDraft')} advice={t('check.notDraftAdvice')}><Button onClick={() => void navigate(`/documents/${check.version.document.id}`)}>{t('task.toDocument')}</Button></Empty>;
  }
  const parts: Record<Panel, ReactNode> = {
    rows: <RowsPanel check={check} edits={edits} chosen={chosen} onChoose={choose} onField={(field) => { setElsewhere(null); setFocused(field); }} />,
    tables: <TablesPanel check={check} edits={edits} onShow={choose} />,
    warnings: (
      <WarningsPanel
        check={check}
        edits={edits}
        onShow={(warning) => {
          if (warning.task_id) go({ row: warning.task_id });
          setElsewhere(placeOf(warning, register.text));
          setFocused('warnings.0');
        }}
      />
    ),
    head: (
      <HeadPanel
        check={check}
        edits={edits}
        onPlace={(name) => {
          const place = check.head_places?.[name];
          if (place) setElsewhere({ field: 'row', ...place });
        }}
      />
    ),
    steps: <StepsPanel check={check} edits={edits} />,
  };
  return (
    <>
      <Bar check={check} edits={edits} undo={undo} />
      {edits.problem ? <ProblemNote error={edits.problem} {...(edits.retry ? { onRetry: edits.retry } : {})} /> : null}
      {edits.conflict ? <ConflictDialog conflict={edits.conflict} /> : null}
      {/* Ctrl+Z takes the last step back, outside fields that undo their own typing */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className="xj-check"
        onKeyDown={(event) => {
          const typing = event.target instanceof HTMLElement && ['INPUT', 'TEXTAREA'].includes(event.target.tagName);
          if (event.key === 'z' && event.ctrlKey && !typing) {
            event.preventDefault();
            undo();
          }
        }}
      >
        <LeftPane
          check={check}
          register={register}
          layout={layout}
          places={places}
          focused={focused}
          onPick={(byte) => {
            const hit = fieldAt(check, byte);
            if (!hit) return;
            choose(hit.task);
            go({ row: hit.task, panel: null });
            setFocused(hit.field);
            requestAnimationFrame(() => side.current?.querySelector('.xj-row-editor')?.scrollIntoView({ block: 'nearest' }));
          }}
        />
        <div className="xj-check-side" ref={side}>
          <nav className="xj-tabs xj-no-print" aria-label={t('version.tabs')}>
            {PANELS.map((name) => {
              const n = name === 'rows' ? check.tasks.length : name === 'warnings' ? check.version.summary.counts.warnings : undefined;
              const label = t(`check.panel.${name}`);
              const to = withChanges(search, { panel: name === 'rows' ? null : name, row: search.get('row') });
              return (
                <Link key={name} replace to={`?${to.toString()}`} aria-current={name === panel ? 'page' : undefined}>
                  {n === undefined ? label : t('filter.counted', { name: label, n })}
                </Link>
              );
            })}
          </nav>
          {/* it scrolls, so it must be reachable by keyboard */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className="xj-check-panel" role="region" aria-label={t(`check.panel.${panel}`)} tabIndex={0}>
            {parts[panel]}
          </div>
        </div>
      </div>
    </>
  );
}

export function CheckPage() {
  const { version } = useParams();
  const id = Number(version) || 0;
  const check = useQuery(checkQuery(id));
  const register = useQuery(registerTextQuery(id));
  return (
    <section className="xj-page xj-page-check">
      <Answer query={check}>{(found) => <Answer query={register}>{(read) => <Found check={found} register={read} />}</Answer>}</Answer>
    </section>
  );
}
