/* kit/paste-text.tsx -- what units owe as a few lines for a chat group, with a button that copies them. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { api, data } from '../api/client';
import { useWords } from '../words/lang';
import { copyText } from './copy';
import './paste-text.css';
import { Answer } from './states';

function Copy({ text, label }: { text: string | undefined; label: string }) {
  const { t } = useWords();
  const { message } = App.useApp();
  return (
    <Button
      size="small"
      type="primary"
      disabled={text === undefined}
      onClick={() => { void copyText(text ?? '').then((done) => message[done ? 'success' : 'warning'](t(done ? 'notice.copied' : 'notice.notCopied'))); }}
    >
      {label}
    </Button>
  );
}

/** Of what is due within SPAN days, or only of what is late; CHILDREN stand before the button. What is too long for one message comes in parts. */
export function PasteText({ span, children }: { span: number | 'late'; children?: ReactNode }) {
  const { t, lang } = useWords();
  const query = span === 'late' ? { overdue: true, lang } : { days: span, lang };
  const paste = useInfiniteQuery({
    queryKey: ['paste-text', query],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/paste-text', { params: { query: { ...query, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = paste;
  return (
    <>
      <p className="xj-paste-line xj-no-print">
        {children}
        <Copy text={paste.data?.pages[0]?.text} label={t('notice.paste.copy')} />
      </p>
      <Answer query={paste}>
        {({ pages }) => (
          <>
            {pages.map(({ text }, i) => (
              // parts only ever come behind those that are there
              <div key={i}>
                {i > 0 ? <p className="xj-paste-line xj-no-print"><Copy text={text} label={t('notice.paste.copyPart', { n: i + 1 })} /></p> : null}
                <pre className="xj-paste">{text}</pre>
              </div>
            ))}
            {hasNextPage ? (
              <p className="xj-no-print">
                {t('notice.paste.isMore')} <Button size="small" loading={isFetchingNextPage} onClick={() => { void fetchNextPage(); }}>{t('notice.paste.more')}</Button>
              </p>
            ) : null}
          </>
        )}
      </Answer>
    </>
  );
}
