/* notice/paste.tsx -- the tab with the text for a chat group, of a span that one chooses. */
import { Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { PasteText } from '../kit/paste-text';
import { useWords } from '../words/lang';

const SPANS = ['late', '7', '14', '30'] as const;
type Span = (typeof SPANS)[number];

export function Paste() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const span: Span = SPANS.find((name) => name === search.get('span')) ?? '14';
  return (
    <section aria-labelledby="paste-h">
      <h2 id="paste-h">{t('notice.show.paste')}</h2>
      <p className="xj-faint">{t('notice.pasteWhat')}</p>
      <PasteText span={span === 'late' ? 'late' : Number(span)}>
        <Segmented<Span>
          size="small"
          aria-label={t('notice.paste.span')}
          value={span}
          options={SPANS.map((name) => ({ value: name, label: name === 'late' ? t('notice.paste.late') : t('notice.paste.days', { n: Number(name) }) }))}
          onChange={(name) => { setSearch({ show: 'paste', span: name }); }}
        />
      </PasteText>
    </section>
  );
}
