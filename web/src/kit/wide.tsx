/* kit/wide.tsx -- a plain table that scrolls by itself where the window is narrow, and the rest of a list. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/lang';
import './wide.css';

/** With STACK a phone shows each row as a block of lines, each cell behind its data-label. */
export function Wide({ label, stack = false, children }: { label: string; stack?: boolean; children: ReactNode }) {
  return (
    // a region that scrolls is reached by key
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={stack ? 'xj-wide xj-stack' : 'xj-wide'} role="region" aria-label={label} tabIndex={0}>
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
