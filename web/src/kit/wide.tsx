/* kit/wide.tsx -- a plain table that scrolls by itself where the window is narrow, and the rest of a list. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/lang';
import './wide.css';

export function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    // a region that scrolls is reached by key
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="xj-wide" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

export function More({ query }: { query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  const { t } = useWords();
  if (!query.hasNextPage) return null;
  return (
    <Button size="small" className="xj-no-print" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {t('act.more')}
    </Button>
  );
}
