/* plan/source-words.tsx -- words of the plan, marked in their context. */
import { useLayoutEffect, useMemo, useRef } from 'react';
import { contextOf, type Range } from '../kit/marked-text';
import { useWords } from '../words/lang';

const AROUND = 450; // bytes: about 150 characters on both sides

export function SourceWords({ text, range }: { text: string; range: Range }) {
  const { t } = useWords();
  const context = useMemo(() => contextOf(text, range, AROUND), [text, range]);
  const box = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLElement>(null);

  useLayoutEffect(() => {
    // the mark in sight, with a line or two above it; the page itself stays where it is
    if (box.current && mark.current) box.current.scrollTop = mark.current.offsetTop - 56;
  }, [context]);

  return (
    // it scrolls, so it must be reachable by keyboard
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={box} className="xj-source" role="region" aria-label={t('task.source')} tabIndex={0}>
      {context.cutBefore ? '…' : ''}
      {context.before}
      <mark ref={mark}>{context.words}</mark>
      {context.after}
      {context.cutAfter ? '…' : ''}
    </div>
  );
}
