/* notice/failed.tsx -- what did not arrive, for the office: why, and a button that sends it again. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { Delivery } from '../api/types';
import { ExportSheet } from '../kit/export-sheet';
import { problemWords } from '../kit/problem-note';
import { Answer, Empty } from '../kit/states';
import { instantInTable } from '../words/dates';
import { useWords, type Words } from '../words/lang';

function reason(w: Words, d: Delivery): string {
  if (d.person === null) return w.t('notice.failed.nobody');
  if (d.dead) return w.t('notice.failed.dead');
  return w.t(d.code === 'timeout' ? 'notice.failed.late' : 'notice.failed.refused');
}

export function Failed() {
  const w = useWords();
  const { t } = w;
  const queries = useQueryClient();
  const { notification, message } = App.useApp();
  const failed = useInfiniteQuery({
    queryKey: ['deliveries', 'failed'],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/deliveries', { params: { query: { state: 'failed', limit: 100, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const again = useMutation({
    mutationFn: (delivery: number) =>
      data(api.POST('/api/v1/deliveries/{delivery}/again', { params: { path: { delivery }, header: { 'Idempotency-Key': newKey() } }, body: {} })),
    onSuccess: () => { void message.success(t('notice.failed.waits')); },
    onError: (error: unknown) => {
      const { title, advice } = problemWords(w, asProblem(error));
      notification.warning({ title, description: advice });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['deliveries'] }),
  });
  const rows = failed.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="failed-h">
      <h2 id="failed-h">{t('notice.show.failed')}</h2>
      <p className="xj-faint">{t('notice.failedWhat')}</p>
      <ExportSheet list="deliveries" query={{ state: 'failed' }} disabled={rows.length === 0} />
      <Answer query={failed}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('notice.failed.none')} advice={t('notice.failed.noneAdvice')} />
          ) : (
            <div className="xj-notice-scroll">
              <table className="xj-notice-table">
                <thead>
                  <tr>
                    <th scope="col">{t('notice.failed.at')}</th>
                    <th scope="col">{t('notice.failed.who')}</th>
                    <th scope="col">{t('notice.failed.unit')}</th>
                    <th scope="col">{t('notice.failed.what')}</th>
                    <th scope="col">{t('notice.failed.way')}</th>
                    <th scope="col">{t('notice.failed.why')}</th>
                    <th scope="col"><span className="xj-hidden">{t('notice.failed.again')}</span></th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((d) => (
                    <tr key={d.id}>
                      <td className="xj-nowrap">{instantInTable(d.created_at)}</td>
                      <td>{d.person_name ?? '—'}</td>
                      <td>{d.unit_name}</td>
                      <td className="xj-nowrap">{t(`notice.sort.${d.kind}`)}</td>
                      <td className="xj-nowrap">{d.channel === 'inbox' ? t('notice.way.inbox') : t(`notice.way.${d.channel}`)}</td>
                      <td title={d.why ?? undefined}>{reason(w, d)}</td>
                      <td>
                        <Button
                          size="small"
                          disabled={again.isPending}
                          aria-label={t('notice.failed.againOne', { who: d.person_name ?? d.unit_name ?? '' })}
                          onClick={() => { again.mutate(d.id); }}
                        >
                          {t('notice.failed.again')}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answer>
      {failed.hasNextPage ? <Button size="small" loading={failed.isFetchingNextPage} onClick={() => void failed.fetchNextPage()}>{t('notice.older')}</Button> : null}
    </section>
  );
}
