/* org/bodies-page.tsx -- 机构: the programme's own bodies, until when they stand, and what an ended one leaves open. */
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import type { Body } from '../api/types';
import { DownloadButton } from '../kit/download-button';
import { useRights } from '../kit/rights';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { useWords } from '../words/lang';
import { BodySeats } from './body-seats';
import './org.css';
import { UnitsTabs } from './units-tabs';

const bodiesQuery = infiniteQueryOptions({
  queryKey: ['units', 'bodies'],
  queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/bodies', { params: { query: { limit: 200, after: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

/** What is to be handed over: the office alone is told. */
const closingQuery = infiniteQueryOptions({
  queryKey: ['bodies', 'closing', 'all'],
  queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/bodies/closing', { params: { query: { limit: 200, after: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

/** What has something to be handed over comes first. */
const byNeed = (closing: ReadonlySet<number>) => (a: Body, b: Body): number =>
  Number(closing.has(b.id)) - Number(closing.has(a.id)) || Number(a.state === 'ended') - Number(b.state === 'ended');

function Row({ body, closing, onSeats }: { body: Body; closing: boolean; onSeats: (body: Body) => void }) {
  const { t } = useWords();
  const right = useRights();
  return (
    <tr className={body.state === 'ended' ? 'xj-over' : undefined}>
      <td><Link to={`/units/${body.id}`}>{body.name}</Link></td>
      <td>{body.starts_on ?? '—'}</td>
      <td>{body.ends_on ?? t('body.noEnd')}</td>
      <td>{t(`body.state.${body.state}`)}</td>
      <td className="xj-right">{right('people.read') ? <Link to={`/units/${body.id}?tab=people`} aria-label={t('body.peopleOf', { name: body.name, n: body.people })}>{body.people}</Link> : body.people}</td>
      <td className="xj-no-print">
        <Button size="small" aria-label={t('seat.of', { name: body.name })} onClick={() => { onSeats(body); }}>{t('seat.show')}</Button>
      </td>
      <td className="xj-right">{body.duties ?? '—'}</td>
      <td className="xj-right">{body.owed ?? '—'}</td>
      <td>
        {closing ? <Link className={body.state === 'ended' ? 'xj-bad' : undefined} to="/office?open=bodies" aria-label={t('body.handOverOf', { name: body.name })}>{t('body.handOver')}</Link> : null}
      </td>
    </tr>
  );
}

export function BodiesPage() {
  const { t, lang } = useWords();
  const bodies = useInfiniteQuery(bodiesQuery);
  const right = useRights();
  const ending = useInfiniteQuery({ ...closingQuery, enabled: right('duty.change') !== null });
  const [seats, setSeats] = useState<Body | null>(null);
  const closing = new Set(ending.data?.pages.flatMap((page) => page.items.map((body) => body.id)) ?? []);
  const rows = (bodies.data?.pages.flatMap((page) => page.items) ?? []).sort(byNeed(closing));
  useTitle(t('body.heading'));
  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('body.heading')}</h1>
        <span className="xj-grow" />
        <DownloadButton label={t('seat.exportAll')} url={`/api/v1/seats.xlsx?lang=${lang}`} name={t('seat.exportFile')} />
      </header>
      <UnitsTabs />
      <p className="xj-faint">{t('body.what')}</p>
      <Answer query={bodies} rows={6}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('body.none')} advice={t('body.noneAdvice')} />
          ) : (
            <div className="xj-alias-body">
              <table className="xj-table" aria-label={t('body.heading')}>
                <thead>
                  <tr>
                    <th scope="col">{t('unit.name')}</th>
                    <th scope="col">{t('unit.startsOn')}</th>
                    <th scope="col">{t('unit.endsOn')}</th>
                    <th scope="col">{t('body.state')}</th>
                    <th scope="col" className="xj-right">{t('body.people')}</th>
                    <th scope="col" className="xj-no-print">{t('seat.heading')}</th>
                    <th scope="col" className="xj-right">{t('body.duties')}</th>
                    <th scope="col" className="xj-right">{t('body.owed')}</th>
                    <th scope="col">{t('body.follows')}</th>
                  </tr>
                </thead>
                <tbody>{rows.map((body) => <Row key={body.id} body={body} closing={closing.has(body.id)} onSeats={setSeats} />)}</tbody>
              </table>
              {bodies.hasNextPage ? <Button size="small" loading={bodies.isFetching} onClick={() => void bodies.fetchNextPage()}>{t('alias.more')}</Button> : null}
            </div>
          )
        }
      </Answer>
      {seats ? <BodySeats body={seats} onClose={() => { setSeats(null); }} /> : null}
    </section>
  );
}
