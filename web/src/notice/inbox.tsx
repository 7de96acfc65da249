/* notice/inbox.tsx -- what one was told, newest first; opening one marks it as read. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { Notice, NoticeItem } from '../api/types';
import { FieldChanges } from '../kit/field-changes';
import { problemWords } from '../kit/problem-note';
import { Some } from '../kit/some';
import { Answer, Empty } from '../kit/states';
import { instantInTable } from '../words/dates';
import { useWords, type Words } from '../words/lang';

/** Where what ITEM is about is to be seen. */
function place(item: NoticeItem): string | null {
  if (item.duty !== undefined) return `/duties/${item.duty}`;
  if (item.kind === 'receipt') return '/owed';
  if (item.kind === 'more') return null;
  if (item.kind === 'body_ends' || item.kind === 'body_left') return '/office?open=bodies';
  return item.kind === 'return' || item.kind === 'signing' ? `/returns/${item.obligation}` : '/owed';
}

function whenWords(w: Words, item: NoticeItem, late: boolean): string {
  const date = w.date(item.due);
  if (item.move !== undefined || item.kind === 'more') return date;
  return w.t(item.kind === 'receipt' ? 'notice.issued' : late ? 'notice.late' : 'notice.due', { date });
}

function Item({ item, madeFor }: { item: NoticeItem; madeFor: string }) {
  const w = useWords();
  const kind = w.tCode('notice.item', item.kind);
  const what = item.title ? w.t('notice.titled', { kind, title: item.title }) : item.rows > 0 ? w.t('notice.rows', { kind, n: item.rows }) : kind;
  const late = item.move === undefined && item.kind !== 'receipt' && item.kind !== 'more' && item.due < madeFor;
  const to = place(item);
  return (
    <li>
      <span className={late ? 'xj-nowrap xj-bad' : 'xj-nowrap'}>{whenWords(w, item, late)}</span>{' '}
      {item.move === undefined ? null : <><strong>{w.tCode('notice.move', item.move)}</strong>{' '}</>}
      {to === null ? what : <Link to={to}>{what}</Link>}
      {item.why ? <span className="xj-faint"> {w.t('notice.why', { why: item.why })}</span> : null}
      <FieldChanges changes={item.changes ?? []} />
    </li>
  );
}

function One({ notice, onRead }: { notice: Notice; onRead: (id: number) => void }) {
  const { t } = useWords();
  const unread = notice.read_at === null;
  const first = notice.items[0];
  // what changed may be no more than that new tasks came
  const kind = notice.items.every((item) => item.kind === 'receipt') ? 'receipt' : notice.kind;
  const about = first?.title ? `${t('list.colon')}${first.title}` : '';
  return (
    <li>
      <details
        className={unread ? 'xj-notice xj-notice-unread' : 'xj-notice'}
        onToggle={(event) => { if (event.currentTarget.open && unread) onRead(notice.id); }}
      >
        <summary>
          {unread ? <span className="xj-notice-dot" role="img" aria-label={t('notice.unread')} /> : null}
          <span className="xj-notice-title">{t(`notice.kind.${kind}`, { n: notice.items.length })}</span>
          <span className="xj-faint xj-line">{notice.unit_name}{about}</span>
          <span className="xj-grow" />
          <time className="xj-faint xj-nowrap" dateTime={notice.created_at}>{instantInTable(notice.created_at)}</time>
        </summary>
        <Some items={notice.items}>
          {(shown) => (
            <ul className="xj-notice-items">
              {shown.map((item) => <Item key={`${item.kind} ${item.obligation} ${item.duty ?? ''}`} item={item} madeFor={notice.made_for} />)}
            </ul>
          )}
        </Some>
      </details>
    </li>
  );
}

/** Mark messages as read: some of them, or all up to the last one seen. */
function useRead() {
  const w = useWords();
  const queries = useQueryClient();
  const { notification } = App.useApp();
  return useMutation({
    mutationFn: (body: { notices?: number[]; last?: number }) =>
      data(api.POST('/api/v1/notices/read', { body, params: { header: { 'Idempotency-Key': newKey() } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notices'] }),
    onError: (error: unknown) => {
      const { title, advice } = problemWords(w, asProblem(error));
      notification.warning({ title, description: advice });
    },
  });
}

export function Inbox() {
  const { t } = useWords();
  const inbox = useInfiniteQuery({
    queryKey: ['notices', 'list'],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/notices', { params: { query: { limit: 50, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const readOne = useRead();
  const readAll = useRead(); // apart: the button is not held by a message that was opened
  const rows = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = inbox.data?.pages[0]?.unread ?? 0;
  const newest = rows[0];
  return (
    <Answer query={inbox}>
      {() =>
        newest === undefined ? (
          <Empty title={t('notice.none')} advice={t('notice.noneAdvice')} />
        ) : (
          <>
            <p className="xj-notice-bar">
              <span aria-live="polite">{t('notice.unreadOf', { n: unread })}</span>
              <Button size="small" disabled={unread === 0} loading={readAll.isPending} onClick={() => { readAll.mutate({ last: newest.id }); }}>
                {t('notice.readAll')}
              </Button>
            </p>
            <ul className="xj-notices">
              {rows.map((notice) => <One key={notice.id} notice={notice} onRead={(id) => { readOne.mutate({ notices: [id] }); }} />)}
            </ul>
            {inbox.hasNextPage ? (
              <Button size="small" loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>{t('notice.older')}</Button>
            ) : null}
          </>
        )
      }
    </Answer>
  );
}
