/* duty/owed-waits.tsx -- what waits for who looks at 应办 besides what is due: notices to acknowledge, returns of others that their unit feeds. */
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import type { Receipt } from '../api/types';
import { periodWords } from '../kit/period';
import { useRights } from '../kit/rights';
import { useActOn } from '../kit/use-act';
import { useWords } from '../words/lang';
import { DUTY_KEYS, receiptsQuery } from './duty-query';
import './owed.css';
import { Refused } from './parts';
import { feedsQuery } from './return-query';

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

export function Waits() {
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
  if (notices.length === 0 && fed.length === 0) return null;
  return (
    <section className="xj-owed-waits" aria-labelledby="waits-h">
      <h2 id="waits-h">{t('owed.waits')}</h2>
      <ul>
        {notices.map((receipt) => <Notice key={`${receipt.notice} ${receipt.unit}`} receipt={receipt} />)}
        {fed.map((feed) => (
          <li key={`${feed.obligation} ${feed.as}`}>
            <Link to={`/returns/${feed.obligation}?as=${feed.as}`}>{t('owed.feed', { unit: feed.unit.name, period: periodWords(w, feed.period), n: feed.rows - feed.given })}</Link>{' '}
            <span className="xj-faint">{t('duty.dueOn', { date: feed.due })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
