/* county/assignments-page.tsx -- 市里来的任务: the city's words beside how each task is taken here. */
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, data } from '../api/client';
import type { Assignment, AssignmentTaken } from '../api/types';
import { useRights } from '../kit/rights';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { More, Wide } from '../kit/wide';
import { useWords } from '../words/lang';
import './county.css';
import { TakeAssignment } from './take-assignment';

const TAKEN: readonly AssignmentTaken[] = ['open', 'as_is', 'adapted'];

function assignmentsQuery(taken: AssignmentTaken | undefined) {
  return infiniteQueryOptions({
    queryKey: ['county', 'assignments', taken],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/assignments', { params: { query: { taken, limit: 200, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

function Row({ item, onTake }: { item: Assignment; onTake: (item: Assignment) => void }) {
  const { t } = useWords();
  const right = useRights();
  const news = item.taken_on !== null && item.changed_on > item.taken_on;
  return (
    <tr className={item.live || item.kept_on ? undefined : 'xj-over'}>
      <td>
        <span className="xj-strong">{item.above.title}</span>
        {item.above.text ? <p className="xj-words">{item.above.text}</p> : null}
        <p className="xj-faint">{[item.kind === 'task' ? '' : t(`duty.kind.${item.kind}`), item.from, item.document, item.doc_no].filter(Boolean).join(' · ')}</p>
        {item.live && news ? <p className="xj-note">{t('assignment.changed', { day: item.changed_on })}</p> : null}
      </td>
      <td>{item.dates.length > 0 ? item.dates.map((day) => <span key={day} className="xj-nowrap">{day} </span>) : t('assignment.noReturns')}</td>
      <td><span className="xj-nowrap">{item.above.due ?? t('assignment.noDue')}</span></td>
      <td>
        {item.live ? t(`assignment.taken.${item.taken}`) : item.kept_on ? t('assignment.kept', { day: item.kept_on }) : item.ended ? t(`assignment.ended.${item.ended}`) : t('assignment.gone')}
        {item.taken_on && item.taken_by ? <p className="xj-faint">{t('assignment.by', { day: item.taken_on, name: item.taken_by })}</p> : null}
      </td>
      <td>
        <Link to={`/duties/${item.duty}`}>{item.own.title}</Link>
        {item.taken === 'adapted' && item.own.text !== item.above.text ? <p className="xj-words">{item.own.text}</p> : null}
        {item.taken === 'adapted' && item.own.due !== item.above.due ? <p className="xj-faint">{t('assignment.due')} {item.own.due}</p> : null}
        {item.days_before > 0 ? <p className="xj-faint">{t('assignment.earlier', { n: item.days_before })}</p> : null}
      </td>
      <td className="xj-no-print">
        {right('duty.change') && item.live ? (
          <Button size="small" aria-label={t('assignment.decideOf', { title: item.above.title })} onClick={() => { onTake(item); }}>
            {t('assignment.decide')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

export function AssignmentsPage() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const [taking, setTaking] = useState<Assignment | null>(null);
  const taken = TAKEN.find((word) => word === search.get('taken'));
  const assignments = useInfiniteQuery(assignmentsQuery(taken));
  const rows = assignments.data?.pages.flatMap((page) => page.items) ?? [];
  useTitle(t('assignment.heading'));
  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('assignment.heading')}</h1>
        <span className="xj-grow" />
        <Select
          className="xj-no-print"
          aria-label={t('assignment.show')}
          popupMatchSelectWidth={false}
          value={taken ?? ''}
          onChange={(word: string) => { setSearch(word ? { taken: word } : {}); }}
          options={[{ value: '', label: t('assignment.all') }, ...TAKEN.map((word) => ({ value: word, label: t(`assignment.taken.${word}`) }))]}
        />
      </header>
      <p className="xj-faint">{t('assignment.what')}</p>
      <Answer query={assignments} rows={8}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('assignment.none')} advice={t('assignment.noneAdvice')} />
          ) : (
            <Wide label={t('assignment.heading')}>
              <table className="xj-table xj-assignments" aria-label={t('assignment.heading')}>
                <thead>
                  <tr>
                    <th scope="col">{t('assignment.above')}</th>
                    <th scope="col">{t('assignment.days')}</th>
                    <th scope="col">{t('assignment.due')}</th>
                    <th scope="col">{t('assignment.how')}</th>
                    <th scope="col">{t('assignment.own')}</th>
                    <td className="xj-no-print" />
                  </tr>
                </thead>
                <tbody>{rows.map((item) => <Row key={item.duty} item={item} onTake={setTaking} />)}</tbody>
              </table>
              <More query={assignments} />
            </Wide>
          )
        }
      </Answer>
      {taking ? <TakeAssignment item={taking} onClose={() => { setTaking(null); }} /> : null}
    </section>
  );
}
