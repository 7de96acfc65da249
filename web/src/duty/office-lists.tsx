/* duty/office-lists.tsx -- the lists behind the counts of 推进办, with what is done in them. */
import { useInfiniteQuery, useQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { Fragment, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import type { DutyOrder, DutyRequest, DutyRow, Move, ObligationRow, Receipt } from '../api/types';
import { DaysLeft } from '../kit/days-left';
import { LightMark } from '../kit/light';
import { useNarrow } from '../kit/narrow';
import { OwedLink } from '../kit/owed-link';
import { useRights } from '../kit/rights';
import { Some } from '../kit/some';
import { SortHead, type Sort } from '../kit/sort';
import { Answer, Empty } from '../kit/states';
import { useActOn } from '../kit/use-act';
import { More, Wide } from '../kit/wide';
import { daysBetween, today } from '../words/dates';
import { useWords, type Words } from '../words/lang';
import { DUTY_KEYS, dutiesQuery, obligationQuery, obligationsQuery, openRequestsQuery, ordersQuery, receiptsQuery, type DutyFilters, type ObligationFilters } from './duty-query';
import { useOwedOrder, type OwedSorted } from './owed-order';
import { dutyDue, DutyLink, Refused } from './parts';
import { RequestAnswer, requestWords, RequestedThing } from './requests';
import { WhyDialog } from './why-dialog';

interface Column<R> {
  title: string;
  sort?: Sort;
  right?: boolean;
  cell: (row: R) => ReactNode;
}

/** The pages of QUERY so far as a table; what to say where there is nothing. */
function Rows<R>(props: {
  label: string;
  query: UseInfiniteQueryResult<InfiniteData<{ items: R[] }>>;
  columns: readonly Column<R>[];
  rowKey: (row: R) => string | number;
  only?: (row: R) => boolean;
}) {
  const { t } = useWords();
  const narrow = useNarrow();
  const { query, columns, only } = props;
  return (
    <Answer query={query}>
      {({ pages }) => {
        const all = pages.flatMap((page) => page.items);
        const rows = only ? all.filter(only) : all;
        if (rows.length === 0 && !query.hasNextPage) return <Empty title={t('office.none')} />;
        if (narrow)
          return (
            <section aria-label={props.label}>
              <ul className="xj-cards">
                {rows.map((row) => (
                  <li key={props.rowKey(row)}>
                    {columns.map((c) => ({ title: c.title, cell: c.cell(row) })).filter(({ cell }) => cell !== '' && cell !== null).map(({ title, cell }) => (
                      <div key={title}>
                        <span className="xj-faint">{title}</span>
                        <span>{cell}</span>
                      </div>
                    ))}
                  </li>
                ))}
              </ul>
              <More query={query} />
            </section>
          );
        return (
          <>
            <Wide label={props.label}>
              <table>
                <thead>
                  <tr>
                    {columns.map((c) => (
                      <th key={c.title} scope="col" aria-sort={c.sort?.state} className={c.right ? 'xj-right' : undefined}>
                        {c.sort ? <SortHead title={c.title} sort={c.sort} /> : c.title}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={props.rowKey(row)}>
                      {columns.map((c) => <td key={c.title} className={c.right ? 'xj-right' : undefined}>{c.cell(row)}</td>)}
                    </tr>
                  ))}
                </tbody>
              </table>
            </Wide>
            <More query={query} />
          </>
        );
      }}
    </Answer>
  );
}

/* ---- what is owed ---- */

function yesterday(): string {
  return new Date(Date.parse(today()) - 86_400_000).toISOString().slice(0, 10);
}

type Sorts = (name: OwedSorted) => Sort;

function owedColumns(w: Words, sort: Sorts): Column<ObligationRow>[] {
  return [
    { title: w.t('owed.unit'), sort: sort('unit'), cell: (row) => row.unit_name },
    { title: w.t('owed.what'), cell: (row) => <OwedLink row={row} /> },
    { title: w.t('owed.due'), sort: sort('due'), cell: (row) => <span className="xj-nowrap">{row.due}</span> },
  ];
}

function OwedList({ filters, label, more }: { filters: ObligationFilters; label: string; more: (w: Words, sort: Sorts) => Column<ObligationRow>[] }) {
  const w = useWords();
  const { order, sort } = useOwedOrder();
  const query = useInfiniteQuery(obligationsQuery({ ...filters, ...(order ? { order } : {}) }));
  return <Rows label={label} query={query} columns={[...owedColumns(w, sort), ...more(w, sort)]} rowKey={(row) => row.id} />;
}

const left = (w: Words): Column<ObligationRow> => ({ title: w.t('owed.left'), right: true, cell: (row) => <DaysLeft due={row.due} /> });
const rowsOf = (w: Words): Column<ObligationRow> => ({ title: w.t('office.rows'), right: true, cell: (row) => (row.kind === 'return' ? row.rows : '') });

export function LateList() {
  const { t } = useWords();
  return (
    <OwedList
      label={t('office.late')}
      filters={{ open: true, due_to: yesterday() }}
      more={(w) => [{ ...left(w), title: w.t('office.lateBy') }, rowsOf(w), { title: w.t('office.chases'), right: true, cell: (row) => row.chases }]}
    />
  );
}

export function SoonList({ to }: { to: string }) {
  const { t } = useWords();
  return <OwedList label={t('office.soon')} filters={{ open: true, due_from: today(), due_to: to }} more={(w) => [left(w), rowsOf(w)]} />;
}

export function SentList() {
  const { t } = useWords();
  return (
    <OwedList
      label={t('office.sent')}
      filters={{ state: 'sent' }}
      more={(w, sort) => [
        rowsOf(w),
        { title: w.t('office.sentOn'), sort: sort('sent'), cell: (row) => <span className="xj-nowrap">{row.sent_on}</span> },
        { title: w.t('office.waiting'), right: true, cell: (row) => w.t('office.days', { n: daysBetween(row.sent_on ?? today(), today()) }) },
      ]}
    />
  );
}

/** The duty tasks that DECISION is about, each with the page where it is ended or carried over. */
function Decision({ decision }: { decision: ObligationRow }) {
  const w = useWords();
  const { t } = w;
  const whole = useQuery(obligationQuery(decision.id));
  return (
    <details className="xj-desk-paste" open>
      <summary>{t('office.decisionOf', { unit: decision.unit_name, due: decision.due, n: decision.rows })}</summary>
      <Answer query={whole}>
        {({ tasks }) => (
          <Wide label={t('office.decisions')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('duty.one')}</th>
                  <th scope="col">{t('task.action')}</th>
                  <th scope="col" className="xj-right">{t('duty.progress')}</th>
                  <th scope="col">{t('owed.state')}</th>
                </tr>
              </thead>
              <tbody>
                <Some items={tasks.filter((task) => task.state !== 'withdrawn')}>
                  {(shown) => shown.map((task) => (
                    <tr key={task.duty}>
                      <td><DutyLink id={task.duty} no={task.no} title={task.title} /></td>
                      <td>{task.action}</td>
                      <td className="xj-right">{task.progress === null ? '—' : `${task.progress}%`}</td>
                      <td>{t(task.state === 'open' ? 'office.undecided' : 'office.decided')}</td>
                    </tr>
                  ))}
                </Some>
              </tbody>
            </table>
          </Wide>
        )}
      </Answer>
    </details>
  );
}

export function DecisionList({ to }: { to: string }) {
  const { t } = useWords();
  const query = useInfiniteQuery(obligationsQuery({ kind: 'decision', open: true, due_to: to }));
  return (
    <Answer query={query}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items);
        return rows.length === 0 ? <Empty title={t('office.none')} /> : <>{rows.map((row) => <Decision key={row.id} decision={row} />)}<More query={query} /></>;
      }}
    </Answer>
  );
}

/* ---- acknowledging ---- */

function Acknowledge({ row }: { row: Receipt }) {
  const { t } = useWords();
  const act = useActOn(DUTY_KEYS, (_: undefined, key) =>
    data(api.POST('/api/v1/receipts', { params: { header: { 'Idempotency-Key': key } }, body: { notice: row.notice, unit: row.unit } })));
  return (
    <>
      <Popconfirm title={t('office.acknowledgeSure', { unit: row.unit_name })} okText={t('office.acknowledge')} cancelText={t('act.cancel')} onConfirm={() => { act.mutate(undefined); }}>
        <Button size="small" loading={act.isPending} aria-label={t('office.acknowledgeOf', { unit: row.unit_name, title: row.title })}>{t('office.acknowledge')}</Button>
      </Popconfirm>
      <Refused error={act.error} />
    </>
  );
}

export function ReceiptList() {
  const { t } = useWords();
  const right = useRights();
  const query = useInfiniteQuery(receiptsQuery);
  const columns: Column<Receipt>[] = [
    { title: t('owed.unit'), cell: (row) => row.unit_name },
    { title: t('office.notice'), cell: (row) => row.title },
    { title: t('office.duties'), right: true, cell: (row) => row.duties },
    { title: t('office.issuedOn'), cell: (row) => <span className="xj-nowrap">{row.issued_on}</span> },
    { title: t('office.waiting'), right: true, cell: (row) => t('office.days', { n: Math.max(0, daysBetween(row.issued_on, today())) }) },
  ];
  if (right('duty.change')) columns.push({ title: t('office.act'), cell: (row) => <Acknowledge row={row} /> });
  return <Rows label={t('office.receipts')} query={query} columns={columns} rowKey={(row) => `${row.notice} ${row.unit}`} />;
}

/* ---- what units ask for ---- */

export function RequestList() {
  const w = useWords();
  const { t } = w;
  const right = useRights();
  const query = useInfiniteQuery(openRequestsQuery);
  const columns: Column<DutyRequest>[] = [
    { title: t('owed.unit'), cell: (row) => row.unit_name },
    { title: t('owed.what'), cell: (row) => <RequestedThing request={row} /> },
    { title: t('office.dueNow'), cell: (row) => <span className="xj-nowrap">{row.now_due ?? '—'}</span> },
    { title: t('office.asks'), cell: (row) => requestWords(w, row) },
    { title: t('office.why'), cell: (row) => row.why },
    { title: t('office.askedOn'), cell: (row) => <span className="xj-nowrap">{row.asked_on} {row.asked_name}</span> },
  ];
  if (right('duty.change')) columns.push({ title: t('office.act'), cell: (row) => <RequestAnswer request={row} /> });
  return <Rows label={t('office.requests')} query={query} columns={columns} rowKey={(row) => row.id} />;
}

/* ---- orders ---- */

/** The steps of the ladder from each state, and which of them need a reason. */
const STEPS: Record<string, readonly { move: 'sign' | 'publish' | 'talk' | 'end'; why: boolean }[]> = {
  order_drafted: [{ move: 'sign', why: false }, { move: 'end', why: true }],
  order: [{ move: 'publish', why: true }, { move: 'end', why: true }],
  circular: [{ move: 'talk', why: true }, { move: 'end', why: true }],
  talk: [{ move: 'end', why: true }],
};

function OrderActs({ order }: { order: DutyOrder }) {
  const { t } = useWords();
  const [asking, setAsking] = useState<Move | null>(null);
  const act = useActOn(
    DUTY_KEYS,
    ({ move, why }: { move: Move; why?: string }, key) =>
      data(api.POST('/api/v1/orders/{order}/moves', {
        params: { path: { order: order.id }, header: { 'If-Match': `"${order.version}"`, 'Idempotency-Key': key } },
        body: { move, ...(why ? { why } : {}) },
      })),
    () => { setAsking(null); },
  );
  return (
    <>
      <span className="xj-row-line">
        {(STEPS[order.state] ?? []).map(({ move, why }) => (
          <Fragment key={move}>
            {why ? (
              <Button size="small" aria-label={t('office.orderOf', { act: t(`office.order.${move}`), unit: order.unit_name })} onClick={() => { setAsking(move); }}>
                {t(`office.order.${move}`)}
              </Button>
            ) : (
              <Popconfirm title={t('office.signSure', { unit: order.unit_name })} okText={t('office.order.sign')} cancelText={t('act.cancel')} onConfirm={() => { act.mutate({ move }); }}>
                <Button size="small" type="primary" loading={act.isPending} aria-label={t('office.orderOf', { act: t(`office.order.${move}`), unit: order.unit_name })}>
                  {t(`office.order.${move}`)}
                </Button>
              </Popconfirm>
            )}
          </Fragment>
        ))}
      </span>
      {asking === null ? <Refused error={act.error} /> : null}
      {asking !== null ? (
        <WhyDialog
          title={t('office.orderOf', { act: t(`office.order.${asking as 'end'}`), unit: order.unit_name })}
          error={act.error}
          busy={act.isPending}
          onDo={(why) => { act.mutate({ move: asking, why }); }}
          onClose={() => { act.reset(); setAsking(null); }}
        />
      ) : null}
    </>
  );
}

export function OrderList({ drafts }: { drafts: boolean }) {
  const { t, tCode } = useWords();
  const right = useRights();
  const query = useInfiniteQuery(ordersQuery);
  const columns: Column<DutyOrder>[] = [
    { title: t('owed.unit'), cell: (row) => row.unit_name },
    { title: t('office.orderFor'), cell: (row) => t('office.orderWhat', { kind: tCode('notice.item', row.obligation_kind), due: row.obligation_due }) },
    { title: t('owed.left'), right: true, cell: (row) => <DaysLeft due={row.obligation_due} /> },
    { title: t('owed.state'), cell: (row) => tCode('order.state', row.state) },
    { title: drafts ? t('office.draftedOn') : t('office.signedBy'), cell: (row) => (drafts ? <span className="xj-nowrap">{row.drafted_on}</span> : (row.signed_name ?? '—')) },
  ];
  if (right('duty.change')) columns.push({ title: t('office.act'), cell: (row) => <OrderActs order={row} /> });
  return <Rows label={t(drafts ? 'office.drafts' : 'office.orders')} query={query} columns={columns} rowKey={(row) => row.id} only={(row) => (row.state === 'order_drafted') === drafts} />;
}

/* ---- duty tasks ---- */

export function DutyList({ filters, unsettled = false }: { filters: DutyFilters; unsettled?: boolean }) {
  const w = useWords();
  const query = useInfiniteQuery(dutiesQuery(filters));
  const columns: Column<DutyRow>[] = [
    { title: w.t('duty.one'), cell: (row) => <DutyLink id={row.id} no={row.no} title={row.title} /> },
    { title: w.t('duty.owner'), cell: (row) => row.owner_name },
    unsettled
      ? {
          title: w.t('duty.unsettled'),
          cell: (row) => {
            const words = row.unsettled.map((word) => w.t(`duty.unsettled.${word}`)).join(w.t('list.comma'));
            return row.document === null ? words : <Link to={`/documents/${row.document}/settle`}>{words}</Link>;
          },
        }
      : { title: w.t('owed.state'), cell: (row) => w.tCode('duty.state', row.state) },
    { title: w.t('duty.stateOn'), cell: (row) => <span className="xj-nowrap">{row.state_on}</span> },
    { title: w.t('duty.due'), cell: (row) => <span className="xj-nowrap">{dutyDue(w, row)}</span> },
    { title: w.t('duty.light'), cell: (row) => <LightMark light={row.light} /> },
  ];
  return <Rows label={w.t('nav.duties')} query={query} columns={columns} rowKey={(row) => row.id} />;
}
