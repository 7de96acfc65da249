/* county/left-tasks.tsx -- what was unfinished when a link ended, and who returns it in the city since. */
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Modal } from 'antd';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import type { CountyLink, LeftAssignment } from '../api/types';
import { Answer } from '../kit/states';
import { More, Wide } from '../kit/wide';
import { useWords } from '../words/lang';

function leftQuery(link: number) {
  return infiniteQueryOptions({
    queryKey: ['county', 'left', link],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/county-links/{link}/left', { params: { path: { link }, query: { limit: 200, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

function Row({ item }: { item: LeftAssignment }) {
  const { t, tCode } = useWords();
  return (
    <tr className={item.live ? undefined : 'xj-over'}>
      <td><Link to={`/duties/${item.duty}`}>{item.title}</Link></td>
      <td>{tCode('duty.state', item.state)}</td>
      <td>
        {item.next_due ?? t('county.leftNoDue')}
        {item.came ? <p className="xj-faint">{t('county.leftCame')}</p> : null}
      </td>
    </tr>
  );
}

export function LeftTasks({ link, onClose }: { link: CountyLink; onClose: () => void }) {
  const { t } = useWords();
  const left = useInfiniteQuery(leftQuery(link.id));
  const heading = t('county.leftOf', { name: link.peer ?? link.unit.name });
  const unit = link.unit.name;
  return (
    <Modal open width={840} title={heading} footer={null} onCancel={onClose}>
      <p>{t('county.leftWhat', { day: link.ends_on ?? '', unit })}</p>
      <Answer query={left} rows={6}>
        {({ pages }) => {
          const people = pages[0]?.people ?? [];
          return (
            <>
              {people.length > 0 ? (
                <p>{t('county.leftPeople', { names: people.join(t('list.comma')) })}</p>
              ) : (
                <Alert className="xj-form-note" type="warning" showIcon title={t('county.leftNobody', { unit })} />
              )}
              <Wide label={heading}>
                <table className="xj-table" aria-label={heading}>
                  <thead>
                    <tr>
                      <th scope="col">{t('county.leftTask')}</th>
                      <th scope="col">{t('county.leftState')}</th>
                      <th scope="col">{t('county.leftDue')}</th>
                    </tr>
                  </thead>
                  <tbody>{pages.flatMap((page) => page.items).map((item) => <Row key={item.duty} item={item} />)}</tbody>
                </table>
                <More query={left} />
              </Wide>
            </>
          );
        }}
      </Answer>
    </Modal>
  );
}
