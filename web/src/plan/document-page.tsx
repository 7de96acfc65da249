/* plan/document-page.tsx -- one document: its head, its versions, and the register of the one shown. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { Link, useLocation, useParams, useSearchParams } from 'react-router';
import type { PlanDocument, Version, VersionSummary } from '../api/types';
import { DownloadButton } from '../kit/download-button';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { instantInTable } from '../words/dates';
import { useWords } from '../words/lang';
import { ChainTab } from './chain-tab';
import { DiffView } from './diff-view';
import './document-page.css';
import { DocumentEdit } from './document-edit';
import { documentQuery, versionQuery } from './document-query';
import { withChanges } from './filters';
import { FullText } from './full-text';
import { useMayChange } from './may-change';
import { pairCountsQuery } from './pairs-query';
import { PairsTab } from './pairs-tab';
import { documentName, StateTag } from './parts';
import { NoPlan } from './no-plan';
import { newerInForce, PublishButton } from './publish';
import { TaskList } from './task-list';
import { ActionsTab, ObligationsTab, VersionsTab } from './version-tabs';
import { WarningsTab } from './warnings-tab';

const TABS = ['tasks', 'warnings', 'actions', 'obligations', 'text', 'chain', 'diff', 'pairs', 'versions'] as const;
type Tab = (typeof TABS)[number];
/** Of a document that is no plan. */
const BASIS_TABS: readonly Tab[] = ['text', 'chain', 'versions'];

function Head({ document }: { document: PlanDocument }) {
  const { t, date } = useWords();
  const mayChange = useMayChange();
  const facts: [string, string | null][] = [
    [t('document.docNo'), document.doc_no],
    [t('document.issuer'), document.issuer],
    [t('document.issuedOn'), document.issued_on ? date(document.issued_on) : null],
    [t('document.jurisdiction'), document.jurisdiction],
  ];
  return (
    <dl className="xj-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? <span className="xj-faint">{t('document.notFound')}</span>}</dd>
        </div>
      ))}
      <div>
        <dt>{t('document.kind')}</dt>
        <dd>
          {t(`documentKind.${document.kind}`)} {mayChange ? <DocumentEdit document={document} /> : null}
        </dd>
      </div>
      {document.basis.length > 0 ? (
        <div className="xj-facts-wide">
          <dt>{t('document.basis')}</dt>
          <dd>{document.basis.map((b) => t('document.basisOne', { title: b.title, no: b.doc_no ?? '' }).trim()).join(t('list.semicolon'))}</dd>
        </div>
      ) : null}
    </dl>
  );
}

/** Which version is shown, what state it is in, and what can be done with it. */
function VersionBar({ document, shown, version }: { document: PlanDocument; shown: VersionSummary; version: Version | undefined }) {
  const { t } = useWords();
  const [, setSearch] = useSearchParams();
  const newer = newerInForce(document, shown.no);
  const mayChange = useMayChange();
  return (
    <div className="xj-version-bar">
      {document.versions.length > 1 ? (
        <Select
          aria-label={t('document.version')}
          popupMatchSelectWidth={false}
          value={shown.id}
          onChange={(id) => { setSearch((old) => withChanges(old, { version: id, action: null })); }}
          options={document.versions.map((v) => ({ value: v.id, label: t('document.versionNo', { no: v.no }) }))}
        />
      ) : (
        <span>{t('document.versionNo', { no: shown.no })}</span>
      )}
      <StateTag state={shown.state} />
      <span className="xj-faint">
        {t('version.imported', { at: instantInTable(shown.imported_at), by: shown.imported_by ?? '—', file: shown.file_name })}
      </span>
      <span className="xj-grow" />
      <DownloadButton label={t('version.original')} url={`/api/v1/versions/${shown.id}/original`} name={shown.file_name} />
      {shown.state === 'published' && document.plan && mayChange ? <Link className="ant-btn" to={`/documents/${document.id}/settle`}>{t('settle.link')}</Link> : null}
      {shown.state === 'published' && document.plan && mayChange ? <Link className="ant-btn" to={`/backfill?document=${document.id}`}>{t('backfill.link')}</Link> : null}
      {shown.state === 'draft' && version ? <NoPlan key={`${shown.id} ${version.summary.version}`} version={version} /> : null}
      {shown.state === 'draft' ? <Link className="ant-btn" to={`/versions/${shown.id}/check`}>{t('check.act')}</Link> : null}
      {shown.state === 'draft' && version ? <PublishButton key={shown.id} version={version} newer={newer} /> : null}
    </div>
  );
}

function ActionFilter({ version }: { version: Version }) {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  if (version.actions.length < 2) return null;
  return (
    <Select
      size="small"
      className="xj-tab-filter"
      aria-label={t('task.action')}
      allowClear
      placeholder={t('filter.allActions')}
      popupMatchSelectWidth={false}
      value={search.get('action')}
      onChange={(next: string | null) => { setSearch((old) => withChanges(old, { action: next })); }}
      options={version.actions.map((a) => ({ value: a.name, label: t('filter.counted', { name: a.name, n: a.tasks }) }))}
    />
  );
}

function TasksTab({ version }: { version: Version }) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const { id, counts } = version.summary;
  const action = search.get('action');
  const filters = useMemo(() => ({ version: id, ...(action ? { action } : {}) }), [id, action]);
  return (
    <TaskList
      list={`version ${id}`}
      label={t('version.tab.tasks')}
      filters={filters}
      order="plan"
      count={action ? undefined : counts.tasks}
      empty={<Empty title={t('version.noTasks')} advice={t('version.noTasksAdvice')} />}
    />
  );
}

/** The difference in short, and the way to where it is decided row by row.  OLDER is the version before. */
function DiffTab({ version, older }: { version: number; older: number | undefined }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const pairs = useQuery(pairCountsQuery(version));
  const against = older ?? pairs.data?.before?.version;
  if (against === undefined) return <Answer query={pairs}>{() => <Empty title={t('diff.first')} />}</Answer>;
  return (
    <>
      <p>
        <Link to={`${pathname}?${withChanges(search, { tab: 'pairs' }).toString()}`}>{t('pairs.link')}</Link>
      </p>
      <DiffView version={version} against={against} />
    </>
  );
}

function Content({ document, version, tab }: { document: PlanDocument; version: Version; tab: Tab }) {
  const { t } = useWords();
  const { summary } = version;
  const older = document.versions.filter((v) => v.no < summary.no).sort((a, b) => b.no - a.no)[0];
  const parts: Record<Exclude<Tab, 'tasks'>, ReactNode> = {
    warnings: <WarningsTab version={version} />,
    actions: <ActionsTab version={version} />,
    obligations: <ObligationsTab obligations={version.obligations ?? []} />,
    text: <FullText key={summary.id} version={summary.id} />,
    chain: <ChainTab document={document.id} />,
    versions: <VersionsTab document={document} shown={summary.id} />,
    diff: <DiffTab version={summary.id} older={older?.id} />,
    pairs: <PairsTab document={document} version={version} />,
  };
  if (tab === 'tasks') return <TasksTab version={version} />;
  return (
    // it scrolls, so it must be reachable by keyboard
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="xj-tab" role="region" aria-label={t(`version.tab.${tab}`)} tabIndex={0}>
      {parts[tab]}
    </div>
  );
}

function Found({ document }: { document: PlanDocument }) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const { pathname } = useLocation();
  const newest = useMemo(() => [...document.versions].sort((a, b) => b.no - a.no), [document.versions]);
  const asked = Number(search.get('version'));
  const shown = newest.find((v) => v.id === asked) ?? newest[0];
  const first = document.plan ? 'tasks' : 'text';
  const tab = TABS.find((name) => name === search.get('tab')) ?? first;
  const version = useQuery({ ...versionQuery(shown?.id ?? 0), enabled: shown !== undefined });
  const hasOlder = newest.some((v) => shown !== undefined && v.no < shown.no);
  // the first version of a document may take the place of another document
  const pairs = useQuery({ ...pairCountsQuery(shown?.id ?? 0), enabled: shown !== undefined && document.plan && !hasOlder });
  const name = documentName(document, newest[0]);
  useTitle(name);
  if (!shown) return <Empty title={t('document.noVersion')} />;
  const counts: Partial<Record<Tab, number>> = {
    tasks: shown.counts.tasks,
    warnings: shown.counts.warnings,
    actions: shown.counts.actions,
    obligations: shown.counts.obligations,
    versions: document.versions.length,
  };
  const compared = hasOlder || Boolean(pairs.data?.before);
  const open: Partial<Record<Tab, boolean>> = { diff: compared, pairs: compared || shown.state === 'draft' };
  const tabs = document.plan ? TABS.filter((name) => open[name] ?? true) : BASIS_TABS;
  return (
    <>
      <h1 className="xj-title" title={name}>{name}</h1>
      <Head document={document} />
      <VersionBar document={document} shown={shown} version={version.data} />
      <nav className="xj-tabs xj-no-print" aria-label={t('version.tabs')}>
        {tabs.map((name) => {
          const n = counts[name];
          const label = t(`version.tab.${name}`);
          const to = withChanges(search, { tab: name === first ? null : name, action: null, relation: null });
          return (
            <Link key={name} to={`${pathname}?${to.toString()}`} aria-current={name === tab ? 'page' : undefined}>
              {n === undefined ? label : t('filter.counted', { name: label, n })}
            </Link>
          );
        })}
        <span className="xj-grow" />
        {tab === 'tasks' && version.data ? <ActionFilter version={version.data} /> : null}
      </nav>
      <Answer query={version}>{(found) => <Content document={document} version={found} tab={tab} />}</Answer>
    </>
  );
}

export function DocumentPage() {
  const { t } = useWords();
  const { document: id } = useParams();
  const document = useQuery(documentQuery(Number(id) || 0));
  return (
    <section className="xj-page">
      <p className="xj-crumb xj-no-print">
        <Link to="/documents">← {t('nav.documents')}</Link>
      </p>
      <Answer query={document}>{(found) => <Found document={found} />}</Answer>
    </section>
  );
}
