/* kit/paste-text.tsx -- what units owe as a few lines for a chat group, with a button that copies them. */
import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { api, data } from '../api/client';
import { useWords } from '../words/lang';
import { copyText } from './copy';
import './paste-text.css';
import { Answer } from './states';

/** Of what is due within SPAN days, or only of what is late; CHILDREN stand before the button. */
export function PasteText({ span, children }: { span: number | 'late'; children?: ReactNode }) {
  const { t, lang } = useWords();
  const { message } = App.useApp();
  const query = span === 'late' ? { overdue: true, lang } : { days: span, lang };
  const paste = useQuery({
    queryKey: ['paste-text', query],
    queryFn: ({ signal }) => data(api.GET('/api/v1/paste-text', { params: { query }, signal })),
    staleTime: 0,
  });
  return (
    <>
      <p className="xj-paste-line xj-no-print">
        {children}
        <Button
          size="small"
          type="primary"
          disabled={paste.data === undefined}
          onClick={() => { void copyText(paste.data?.text ?? '').then((done) => message[done ? 'success' : 'warning'](t(done ? 'notice.copied' : 'notice.notCopied'))); }}
        >
          {t('notice.paste.copy')}
        </Button>
      </p>
      <Answer query={paste}>
        {({ text }) => <pre className="xj-paste">{text}</pre>}
      </Answer>
    </>
  );
}
