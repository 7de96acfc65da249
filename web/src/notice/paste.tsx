/* notice/paste.tsx -- what units owe as a few lines for a chat group. */
import { useQuery } from '@tanstack/react-query';
import { App, Button, Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { api, data } from '../api/client';
import { copyText } from '../kit/copy';
import { Answer } from '../kit/states';
import { useWords } from '../words/lang';

const SPANS = ['late', '7', '14', '30'] as const;
type Span = (typeof SPANS)[number];

export function Paste() {
  const { t, lang } = useWords();
  const { message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const span: Span = SPANS.find((name) => name === search.get('span')) ?? '14';
  const query = span === 'late' ? { overdue: true, lang } : { days: Number(span), lang };
  const paste = useQuery({
    queryKey: ['paste-text', query],
    queryFn: ({ signal }) => data(api.GET('/api/v1/paste-text', { params: { query }, signal })),
    staleTime: 0,
  });
  return (
    <section aria-labelledby="paste-h">
      <h2 id="paste-h">{t('notice.show.paste')}</h2>
      <p className="xj-faint">{t('notice.pasteWhat')}</p>
      <p className="xj-way-line">
        <Segmented<Span>
          size="small"
          aria-label={t('notice.paste.span')}
          value={span}
          options={SPANS.map((name) => ({ value: name, label: name === 'late' ? t('notice.paste.late') : t('notice.paste.days', { n: Number(name) }) }))}
          onChange={(name) => { setSearch({ show: 'paste', span: name }); }}
        />
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
    </section>
  );
}
