/* shell/bell.tsx -- how many messages are unread, and the way to them. */
import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { NavLink, useLocation } from 'react-router';
import { api, data } from '../api/client';
import { useWords } from '../words/lang';

const FRESH = 60_000;

export function Bell() {
  const { t } = useWords();
  const { pathname } = useLocation();
  // Asked again when somebody moves on, not by a timer: that would keep an idle session alive.
  const unread = useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/notices', { params: { query: { limit: 1, unread: true } }, signal })),
    staleTime: FRESH,
  });
  const { dataUpdatedAt, refetch } = unread;
  useEffect(() => {
    if (dataUpdatedAt > 0 && Date.now() - dataUpdatedAt > FRESH) void refetch();
    // a new place is the reason, not new data
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [pathname]);
  const n = unread.data?.unread ?? 0;
  return (
    <NavLink to="/notices" className="xj-bell" aria-label={n > 0 ? t('notice.bell', { n }) : t('notice.title')} title={t('notice.title')}>
      <BellOutlined />
      {n > 0 ? <span className="xj-badge" aria-hidden="true">{n > 99 ? '99+' : n}</span> : null}
    </NavLink>
  );
}
