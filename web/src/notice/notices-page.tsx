/* notice/notices-page.tsx -- 消息: the inbox, how one is told, and what the office watches. */
import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { sessionQuery } from '../api/calls';
import { useTitle } from '../kit/title';
import { useWords } from '../words/lang';
import { Calendars } from './calendars';
import { Channels } from './channels';
import { Failed } from './failed';
import { Inbox } from './inbox';
import { Paste } from './paste';
import './notice.css';

const TABS = ['inbox', 'ways', 'paste', 'failed'] as const;
type Tab = (typeof TABS)[number];

export function NoticesPage() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const session = useQuery(sessionQuery);
  const has = (right: string) => session.data?.rights.some((r) => r.right === right) ?? false;
  const watches = has('notice.watch');
  const tabs = TABS.filter((name) => name === 'inbox' || name === 'ways' || (name === 'paste' ? has('duty.read') : watches));
  const tab: Tab = tabs.find((name) => name === search.get('show')) ?? 'inbox';
  useTitle(t('notice.title'));
  return (
    <section className="xj-page xj-page-scroll">
      <header className="xj-page-head xj-no-print">
        <h1>{t('notice.title')}</h1>
        <Segmented<Tab>
          size="small"
          aria-label={t('notice.show')}
          value={tab}
          options={tabs.map((name) => ({ value: name, label: t(`notice.show.${name}`) }))}
          onChange={(name) => { setSearch(name === 'inbox' ? {} : { show: name }); }}
        />
      </header>
      {tab === 'inbox' ? <Inbox /> : null}
      {tab === 'ways' ? <><Channels /><Calendars /></> : null}
      {tab === 'paste' ? <Paste /> : null}
      {tab === 'failed' ? <Failed /> : null}
    </section>
  );
}
