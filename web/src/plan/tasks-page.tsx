/* plan/tasks-page.tsx -- 台账: who owes what by when, of all published plans. */
import { CopyOutlined, TableOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Segmented, Select } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import type { TaskOrder } from '../api/types';
import { copyText } from '../kit/copy';
import { useNarrow } from '../kit/narrow';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { useWords } from '../words/lang';
import { ColumnsDialog } from './columns-dialog';
import { ExportButton } from './export-dialog';
import { FilterBar } from './filter-bar';
import { isFiltered, listColumns, ORDERS, readColumns, readFilters, readOrder, readSaved, USUAL_COLUMNS, withChanges, type ListColumn } from './filters';
import { filterWords } from './filter-words';
import { isBare, ledgerQuery, viewSearch } from './ledger-query';
import { PrintButton } from './print';
import { TaskList } from './task-list';
import { totalsQuery } from './tasks-query';
import './tasks-page.css';
import { TotalsByAction, TotalsByUnit } from './totals';
import { ViewsBar } from './views-bar';

const VIEWS = ['list', 'actions', 'units'] as const;

function CopyListLink() {
  const { t } = useWords();
  const { message } = App.useApp();
  return (
    <Button
      icon={<CopyOutlined />}
      onClick={() => {
        void copyText(location.href).then((done) => {
          if (done) message.success(t('act.copied'));
          else message.error(t('act.notCopied'));
        });
      }}
    >
      {t('act.copyLink')}
    </Button>
  );
}

/** Open the view that a bare address names, or the person's usual one, once: what is done after that is in the address. */
function useUsualView(): void {
  const [search, setSearch] = useSearchParams();
  const { data: ledger } = useQuery(ledgerQuery);
  const entered = useRef(false);
  useEffect(() => {
    if (entered.current || !ledger) return;
    entered.current = true;
    if (!isBare(search)) return;
    const view = ledger.views.find((v) => v.id === (readSaved(search) ?? ledger.desk.view));
    if (view) setSearch(viewSearch(view), { replace: true });
  }, [ledger, search, setSearch]);
}

/** The columns of the list: those of the address, else of the person's desk, else the usual ones; and what changes them. */
function useColumns(): { columns: readonly ListColumn[]; save: (columns: readonly ListColumn[]) => void } {
  const queries = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const { data: ledger } = useQuery(ledgerQuery);
  const told = readColumns(search)?.join(',');
  const own = ledger?.desk.columns;
  const keep = useMutation({
    mutationFn: (columns: readonly ListColumn[]) =>
      data(
        api.PUT('/api/v1/ledger/desk', {
          params: { header: { 'Idempotency-Key': newKey() } },
          body: { view: ledger?.desk.view ?? null, columns: [...columns] },
        }),
      ),
    onSettled: () => { void queries.invalidateQueries({ queryKey: ledgerQuery.queryKey }); },
  });
  const columns = useMemo(
    () => listColumns(told?.split(',') ?? own ?? []) ?? USUAL_COLUMNS,
    [told, own],
  );
  const save = (next: readonly ListColumn[]): void => {
    setSearch((old) => withChanges(old, { cols: next.join(',') }), { replace: true });
    // a view keeps its own columns; beside views they are the person's
    if (readSaved(search) === null) keep.mutate(next);
  };
  return { columns, save };
}

export function TasksPage() {
  const w = useWords();
  const { t } = w;
  const narrow = useNarrow();
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text]);
  const order = readOrder(search);
  const { columns, save } = useColumns();
  const [choosing, setChoosing] = useState(false);
  const session = useQuery(sessionQuery);
  const mayTag = session.data?.rights.some((r) => r.right === 'task.change') ?? false;
  useUsualView();
  const view = VIEWS.find((v) => v === search.get('view')) ?? 'list';
  const { programme } = filters;
  const base = useQuery(totalsQuery(programme === undefined ? {} : { programme }));
  const totals = useQuery(totalsQuery(filters));
  useTitle(t('nav.tasks'));

  const change = (changes: Parameters<typeof withChanges>[1]): void => {
    setSearch((old) => withChanges(old, changes));
  };
  const sort = useMemo(
    () => ({
      order,
      set: (next: TaskOrder) => {
        setSearch((old) => withChanges(old, { order: next === 'plan' ? null : next }));
      },
    }),
    [order, setSearch],
  );
  const says = filterWords(w, filters, base.data);
  const none = totals.data?.tasks === 0;
  const empty = isFiltered(filters) ? (
    <Empty title={t('tasks.noneMatch')} advice={t('tasks.noneMatchAdvice', { says })}>
      <Button onClick={() => { setSearch(programme === undefined ? {} : { programme: String(programme) }); }}>{t('filter.clear')}</Button>
    </Empty>
  ) : (
    <Empty title={t('tasks.none')} advice={t('tasks.noneAdvice')}>
      <Link to="/documents">{t('tasks.toDocuments')}</Link>
    </Empty>
  );

  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('tasks.heading')}</h1>
        <span className="xj-faint" role="status">
          {totals.data ? t('tasks.count', { n: totals.data.tasks }) : ''}
        </span>
        <span className="xj-grow" />
        <span className="xj-page-acts xj-no-print">
          <CopyListLink />
          <ExportButton filters={filters} order={order} columns={columns} disabled={none} />
          {narrow ? null : <PrintButton title={t('tasks.heading')} says={says} columns={columns} filters={filters} order={order} disabled={none} />}
        </span>
      </header>
      <FilterBar filters={filters} base={base.data} />
      <div className="xj-view-bar xj-no-print">
        <Segmented
          aria-label={t('tasks.view')}
          value={view}
          onChange={(next) => { change({ view: next === 'list' ? null : next }); }}
          options={VIEWS.map((v) => ({ value: v, label: t(`tasks.view.${v}`) }))}
        />
        <ViewsBar />
        <span className="xj-grow" />
        {view === 'list' && !narrow ? (
          <Button icon={<TableOutlined />} onClick={() => { setChoosing(true); }}>
            {t('columns.act')}
          </Button>
        ) : null}
        {view === 'list' ? (
          <Select
            aria-label={t('order.label')}
            variant="borderless"
            popupMatchSelectWidth={false}
            value={order}
            onChange={(next) => { change({ order: next === 'plan' ? null : next }); }}
            options={ORDERS.map((o) => ({ value: o, label: t(`order.${o}`) }))}
          />
        ) : null}
      </div>
      {view === 'list' ? (
        <TaskList
          list="tasks"
          label={t('tasks.heading')}
          filters={filters}
          order={order}
          sort={sort}
          columns={columns}
          markable={mayTag}
          count={totals.data?.tasks}
          empty={empty}
        />
      ) : (
        <Answer query={totals}>
          {(found) =>
            found.tasks === 0 ? empty : view === 'actions' ? <TotalsByAction totals={found} /> : <TotalsByUnit totals={found} />
          }
        </Answer>
      )}
      {choosing ? <ColumnsDialog shown={columns} onSave={save} onClose={() => { setChoosing(false); }} /> : null}
    </section>
  );
}
