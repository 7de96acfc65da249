/* duty/owed-waits.tsx -- what waits for who looks at 应办 besides what is due: notices to acknowledge, returns of others that their unit feeds. */
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import type { Receipt, SigningRow } from '../api/types';
import { periodWords } from '../kit/period';
import { ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { useActOn } from '../kit/use-act';
import { useWords } from '../words/lang';
import { DUTY_KEYS, openRequestsQuery, receiptsQuery } from './duty-query';
import './owed.css';
import { Refused } from './parts';
import { requestedWords, requestWords } from './requests';
import { feedsQuery, signingsQuery } from './return-query';

function Notice({ receipt }: { receipt: Receipt }) {
  const { t, date } = useWords();
  const act = useActOn(DUTY_KEYS, (_: undefined, key) =>
    data(api.POST('/api/v1/receipts', { params: { header: { 'Idempotency-Key': key } }, body: { notice: receipt.notice, unit: receipt.unit } })));
  return (
    <li>
      <p className="xj-row-line">
        <Button size="small" type="primary" loading={act.isPending} aria-label={t('owed.acknowledgeOf', { title: receipt.title })} onClick={() => { act.mutate(undefined); }}>
          {t('duty.move.acknowledge')}
        </Button>
        <span>{t('owed.notice', { title: receipt.title, unit: receipt.unit_name, n: receipt.duties })}</span>
        <span className="xj-faint">{date(receipt.issued_on)}</span>
      </p>
      <Refused error={act.error} />
    </li>
  );
}

/** A return that one is asked to sign, may sign for another, or sent to be signed. */
function ToSign({ row }: { row: SigningRow }) {
  const w = useWords();
  const { t } = w;
  const title = t('return.title', { unit: row.unit.name, period: periodWords(w, row.period) });
  const names = row.asked.join(t('list.comma')) || t('signing.nobody');
  const words =
    row.may === 'yes' ? t('signing.toSign', { title, name: row.started_by, date: w.date(row.started_on) })
    : row.may === 'in_place' ? t('signing.toSignInPlace', { title, names })
    : t('signing.inWay', { title, names });
  return (
    <li>
      <Link to={`/returns/${row.return}`}>{row.may === 'yes' ? <strong>{words}</strong> : words}</Link> <span className="xj-faint">{t('duty.dueOn', { date: row.due })}</span>
    </li>
  );
}

const MAY = ['yes', 'in_place', 'no'] as const;

/**
 * The list of what waits, null where nothing does; `loading` until all of it is known: it stands
 * above the list of what is due, which must not move away under a pointer.
 */
export function useWaits(): { loading: boolean; list: ReactNode } {
  const w = useWords();
  const { t } = w;
  const right = useRights();
  const own = right('duty.move') === 'own';
  const { data: session } = useQuery(sessionQuery);
  const receipts = useInfiniteQuery({ ...receiptsQuery, enabled: own });
  const units = own ? [...new Map((session?.posts ?? []).flatMap((post) => (post.unit ? [[post.unit.id, post.unit] as const] : []))).values()] : [];
  const feeds = useQueries({ queries: units.map((unit) => feedsQuery(unit.id)) });
  const notices = own ? (receipts.data?.pages.flatMap((page) => page.items) ?? []) : [];
  const fed = units.flatMap((unit, i) => (feeds[i]?.data?.items ?? []).filter((feed) => feed.given < feed.rows).map((feed) => ({ ...feed, as: unit.id })));
  const signings = useQuery({ ...signingsQuery, enabled: right('signing.read') !== null });
  const requests = useInfiniteQuery({ ...openRequestsQuery, enabled: right('request.read') === 'own' });
  const toSign = (signings.data?.items ?? []).toSorted((a, b) => MAY.indexOf(a.may) - MAY.indexOf(b.may));
  const asked = requests.data?.pages.flatMap((page) => page.items) ?? [];
  const all = [receipts, signings, requests, ...feeds];
  const failed = all.find((query) => query.error && query.data === undefined);
  const loading = all.some((query) => query.isLoading);
  const note = failed ? <ProblemNote error={failed.error} onRetry={() => void failed.refetch()} /> : null;
  if (notices.length + fed.length + toSign.length + asked.length === 0) return { loading, list: note };
  const list = (
    <section className="xj-owed-waits" aria-labelledby="waits-h">
      <h2 id="waits-h">{t('owed.waits')}</h2>
      {note}
      <ul>
        {toSign.map((row) => <ToSign key={row.return} row={row} />)}
        {notices.map((receipt) => <Notice key={`${receipt.notice} ${receipt.unit}`} receipt={receipt} />)}
        {fed.map((feed) => (
          <li key={`${feed.obligation} ${feed.as}`}>
            <Link to={`/returns/${feed.obligation}?as=${feed.as}`}>{t('owed.feed', { unit: feed.unit.name, period: periodWords(w, feed.period), n: feed.rows - feed.given })}</Link>{' '}
            <span className="xj-faint">{t('duty.dueOn', { date: feed.due })}</span>
          </li>
        ))}
        {asked.map((request) => (
          <li key={request.id} className="xj-faint">{t('request.waits', { thing: requestedWords(w, request), what: requestWords(w, request) })}</li>
        ))}
      </ul>
    </section>
  );
  return { loading, list };
}
