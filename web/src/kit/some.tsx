/* kit/some.tsx -- a long list a piece at a time: what nobody scrolls to is not made. */
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useWords } from '../words/lang';

const STEP = 100;

/** CHILDREN with the first of ITEMS, and a button for the next hundred. */
export function Some<T>({ items, children }: { items: readonly T[]; children: (shown: readonly T[]) => ReactNode }) {
  const { t } = useWords();
  const [count, setCount] = useState(STEP);
  return (
    <>
      {children(items.slice(0, count))}
      {items.length > count ? (
        <Button size="small" onClick={() => { setCount(count + STEP); }}>
          {t('act.showMore', { more: Math.min(STEP, items.length - count), n: items.length })}
        </Button>
      ) : null}
    </>
  );
}
