/* plan/documents-page.tsx -- 文件: which documents are held, and the place to drop another. */
import { infiniteQueryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { programmesQuery } from '../api/calls';
import { api, data } from '../api/client';
import type { DocumentHead, Programme } from '../api/types';
import { ExportSheet } from '../kit/export-sheet';
import { FileDrop } from '../kit/file-drop';
import { Grid, type GridColumn } from '../kit/grid';
import { useActiveRow } from '../kit/active-row';
import { useNarrow } from '../kit/narrow';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { instantInTable } from '../words/dates';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import { readFilters } from './filters';
import { ImportList } from './import-list';
import { addImports, FILE_KINDS, FILE_MAX, listImports, onImportsChange, setImportHooks } from './imports';
import { AddProgramme } from './add-programme';
import { Asides } from './asides';
import { DocumentFilterBar, readDocumentFilters, type DocumentFilters } from './document-filters';
import { useMayChange } from './may-change';
import { documentName, StateTag } from './parts';
import { useJobs } from './use-jobs';

function documentsQuery(programme: number | undefined, filters: DocumentFilters) {
  return infiniteQueryOptions({
    queryKey: ['documents', { programme, ...filters }],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/documents', { params: { query: { programme, ...filters, limit: 100, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

function useColumns(): GridColumn<DocumentHead>[] {
  const { t } = useWords();
  return useMemo(
    () => [
      {
        key: 'title',
        title: t('document.title'),
        width: 'minmax(240px, 3fr)',
        render: (d) => (
          <Link to={`/documents/${d.id}`} tabIndex={-1} title={documentName(d, d.latest)}>
            {documentName(d, d.latest)}
          </Link>
        ),
      },
      { key: 'kind', title: t('document.kind'), width: '96px', render: (d) => t(`documentKind.${d.kind}`) },
      { key: 'no', title: t('document.docNo'), width: 'minmax(176px, 1fr)', render: (d) => d.doc_no ?? '—' },
      { key: 'issuer', title: t('document.issuer'), width: 'minmax(140px, 1.4fr)', render: (d) => <span title={d.issuer ?? ''}>{d.issuer ?? '—'}</span> },
      { key: 'issued', title: t('document.issuedOn'), width: '104px', render: (d) => d.issued_on ?? '—' },
      {
        key: 'state',
        title: t('document.version'),
        width: '130px',
        render: (d) =>
          d.latest ? (
            <>
              {t('document.versionNo', { no: d.latest.no })} <StateTag state={d.latest.state} />
            </>
          ) : (
            '—'
          ),
      },
      { key: 'tasks', title: t('count.tasks'), width: '72px', align: 'right', render: (d) => (d.plan ? formatNumber(d.latest?.counts.tasks ?? 0) : '—') },
      { key: 'warnings', title: t('count.warnings'), width: '92px', align: 'right', render: (d) => (d.plan ? formatNumber(d.latest?.counts.warnings ?? 0) : '—') },
      { key: 'imported', title: t('document.importedAt'), width: '148px', render: (d) => (d.latest ? instantInTable(d.latest.imported_at) : '—') },
    ],
    [t],
  );
}

function NarrowRow({ head }: { head: DocumentHead }) {
  const { t } = useWords();
  return (
    <>
      <Link to={`/documents/${head.id}`} tabIndex={-1} className="xj-line">
        {documentName(head, head.latest)}
      </Link>
      <span className="xj-line xj-faint">
        {head.latest ? <StateTag state={head.latest.state} /> : null} {head.doc_no ?? head.issued_on ?? ''}{' '}
        {head.plan
          ? t('document.tasksAndWarnings', { tasks: head.latest?.counts.tasks ?? 0, warnings: head.latest?.counts.warnings ?? 0 })
          : t(`documentKind.${head.kind}`)}
      </span>
    </>
  );
}

const narrowRow = (head: DocumentHead): ReactNode => <NarrowRow head={head} />;

/** The drop zone; where the jurisdiction has several programmes, it asks for which. */
function Drop({ programmes, chosen }: { programmes: readonly Programme[]; chosen: number | undefined }) {
  const { t } = useWords();
  const [picked, setPicked] = useState<number | undefined>(undefined);
  const programme = chosen ?? (programmes.length === 1 ? programmes[0]?.id : picked);
  const onFiles = useCallback(
    (files: File[]) => {
      if (programme !== undefined) addImports(programme, files);
    },
    [programme],
  );
  if (programmes.length === 0) {
    return (
      <Empty title={t('documents.noProgramme')} advice={t('documents.noProgrammeAdvice')}>
        <AddProgramme primary />
      </Empty>
    );
  }
  return (
    <div className="xj-drop-row">
      {chosen === undefined && programmes.length > 1 ? (
        <Select
          aria-label={t('documents.forProgramme')}
          value={picked ?? null}
          placeholder={t('documents.forProgramme')}
          onChange={(value: number | null) => { setPicked(value ?? undefined); }}
          options={programmes.map((p) => ({ value: p.id, label: p.name }))}
          className="xj-drop-programme"
        />
      ) : null}
      <FileDrop
        hint={programme === undefined ? t('documents.chooseFirst') : t('documents.hint', { mb: FILE_MAX / 1024 / 1024 })}
        accept={FILE_KINDS}
        disabled={programme === undefined}
        onFiles={onFiles}
      />
    </div>
  );
}

export function DocumentsPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const queries = useQueryClient();
  const [search] = useSearchParams();
  const { programme } = readFilters(search);
  const programmes = useQuery(programmesQuery);
  const filters = useMemo(() => readDocumentFilters(search), [search]);
  const filtered = filters.q !== undefined || filters.state !== undefined || filters.kind !== undefined;
  const documents = useInfiniteQuery(documentsQuery(programme, filters));
  const imports = useSyncExternalStore(onImportsChange, listImports);
  const onImported = useCallback(() => {
    void queries.invalidateQueries({ queryKey: ['documents'] });
    void queries.invalidateQueries({ queryKey: ['document'] });
  }, [queries]);
  const jobs = useJobs(onImported);
  const columns = useColumns();
  const mayChange = useMayChange();
  useTitle(t('nav.documents'));

  useEffect(() => {
    setImportHooks({ onImported, onQueued: jobs.onQueued, hasOpenJobs: jobs.hasOpen });
  }, [onImported, jobs.onQueued, jobs.hasOpen]);

  // a file without a plan waits on the server for somebody to say what it is
  const refused =
    imports.filter((item) => item.problem?.code === 'no_plan').length + jobs.shown.filter((job) => job.problem?.code === 'no_plan').length;
  useEffect(() => {
    if (refused > 0) void queries.invalidateQueries({ queryKey: ['asides'] });
  }, [queries, refused]);

  const { hasNextPage, isFetching, fetchNextPage } = documents;
  const rows = useMemo(() => documents.data?.pages.flatMap((p) => p.items) ?? [], [documents.data]);
  const [active, setActive] = useActiveRow('documents', rows);
  const onNeed = useCallback(
    (index: number) => {
      if (index > rows.length - 20 && hasNextPage && !isFetching) void fetchNextPage();
    },
    [rows.length, hasNextPage, isFetching, fetchNextPage],
  );

  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('documents.heading')}</h1>
        {documents.data ? <span className="xj-faint">{t(hasNextPage ? 'documents.countMore' : 'documents.count', { n: rows.length })}</span> : null}
        <span className="xj-grow" />
        <ExportSheet list="documents" query={{ programme, ...filters }} disabled={rows.length === 0} />
        {programmes.data && programmes.data.items.length > 0 ? <AddProgramme /> : null}
      </header>
      {programmes.data ? <Drop programmes={programmes.data.items} chosen={programme} /> : null}
      <ImportList items={imports} jobs={jobs.shown} onClearJobs={jobs.clear} />
      {mayChange ? <Asides /> : null}
      {filtered || rows.length > 0 ? <DocumentFilterBar filters={filters} /> : null}
      <Answer query={documents}>
        {() =>
          rows.length === 0 ? (
            filtered ? (
              <Empty title={t('documents.noMatch')} advice={t('documents.noMatchAdvice')} />
            ) : (
              <Empty title={t('documents.none')} advice={t('documents.noneAdvice')} />
            )
          ) : (
            <Grid
              label={t('documents.heading')}
              columns={columns}
              rows={rows}
              rowKey={(d) => d.id}
              minWidth={1156}
              narrow={narrow ? narrowRow : undefined}
              rowHeight={narrow ? 60 : 32}
              active={active}
              onActive={setActive}
              onOpen={(d) => void navigate(`/documents/${d.id}`)}
              onNeed={onNeed}
              fit
            />
          )
        }
      </Answer>
    </section>
  );
}
