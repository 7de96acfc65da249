/* kit/states.tsx -- the states of a page that waits for, lacks, or failed to get its content. */
import { Skeleton } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useWords } from '../words/lang';
import { ProblemNote } from './problem-note';

/** True once DELAY ms have passed: quick answers must not flash a skeleton. */
function useLater(delay: number): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLater(true);
    }, delay);
    return () => {
      clearTimeout(timer);
    };
  }, [delay]);
  return later;
}

export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useWords();
  const later = useLater(200);
  return (
    <div className="xj-loading" role="status" aria-label={t('state.loading')}>
      {later ? <Skeleton active={false} title={false} paragraph={{ rows }} /> : null}
    </div>
  );
}

export function Empty(props: { title: string; advice?: string; children?: ReactNode }) {
  return (
    <div className="xj-empty">
      <p className="xj-empty-title">{props.title}</p>
      {props.advice ? <p className="xj-faint">{props.advice}</p> : null}
      {props.children}
    </div>
  );
}

interface Asked<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

/** The children with the query's data, or the state it is in instead. */
export function Answer<T>(props: { query: Asked<T>; rows?: number; children: (data: T) => ReactNode }) {
  const { query } = props;
  if (query.data !== undefined) return <>{props.children(query.data)}</>;
  if (query.error) {
    return (
      <div className="xj-pad">
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  return <Loading rows={props.rows ?? 6} />;
}
