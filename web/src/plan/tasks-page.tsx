/* plan/tasks-page.tsx -- 台账: who owes what by when, of all published plans. */
import { CopyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { TaskOrder } from '../api/types';
import { copyText } from '../kit/copy';
import { DownloadButton } from '../kit/download-button';
import { useNarrow } from '../kit/narrow';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { FilterBar } from './filter-bar';
import { isFiltered, ORDERS, queryString, readFilters, readOrder, withChanges } from './filters';
import { filterWords } from './filter-words';
import { PrintButton } from './print';
import { TaskList } from './task-list';
import { totalsQuery } from './tasks-query';
import './tasks-page.css';
import { TotalsByAction, TotalsByUnit } from './totals';

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

export function TasksPage() {
  const w = useWords();
  const { t } = w;
  const narrow = useNarrow();
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text]);
  const order = readOrder(search);
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
          <DownloadButton
            label={t('export.act')}
            url={`/api/v1/tasks/export.xlsx?${queryString({ ...filters, order, lang: w.lang })}`}
            name={`${t('export.fileName', { date: today() })}.xlsx`}
            disabled={none}
          />
          {narrow ? null : <PrintButton title={t('tasks.heading')} says={says} filters={filters} order={order} disabled={none} />}
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
        <span className="xj-grow" />
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
    </section>
  );
}
