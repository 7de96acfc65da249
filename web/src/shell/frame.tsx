/* shell/frame.tsx -- the frame of every page: who and where one is, the two lists, the account. */
import { QuestionCircleOutlined, UserOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown, Select } from 'antd';
import { lazy, Suspense } from 'react';
import { Link, NavLink, Outlet, useNavigate, useSearchParams } from 'react-router';
import { programmesQuery, sessionQuery, setupQuery } from '../api/calls';
import { api } from '../api/client';
import { Problem } from '../api/problem';
import type { Session } from '../api/types';
import { useKeysHelp } from '../kit/keys';
import { problemWords, ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { Loading } from '../kit/states';
import { useWords } from '../words/lang';
import { Bell } from './bell';
import { LangSwitch } from './lang-switch';
import { DIRECTORY, NavGroup, PROGRESS } from './nav-group';
import { OfflineBanner } from './offline';
import { SearchBox } from './search-box';
import { SignInAgain, SignInPage } from './sign-in';

/** Which programme the pages show: the address says it, so that a link shows the same. */
function ProgrammeChoice() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const { data } = useQuery(programmesQuery);
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  if (items.length === 1) return <span className="xj-programme">{items[0]?.name}</span>;
  return (
    <Select
      aria-label={t('frame.programme')}
      variant="filled"
      size="small"
      className="xj-programme-select"
      popupMatchSelectWidth={false}
      value={search.get('programme') ?? ''}
      onChange={(value) => {
        setSearch((old) => {
          const next = new URLSearchParams(old);
          if (value) next.set('programme', value);
          else next.delete('programme');
          next.delete('action');
          next.delete('unit');
          next.delete('task');
          return next;
        });
      }}
      options={[{ value: '', label: t('frame.allProgrammes') }, ...items.map((p) => ({ value: String(p.id), label: p.name }))]}
    />
  );
}

function Account({ session }: { session: Session }) {
  const w = useWords();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const out = useMutation({
    mutationFn: () => api.DELETE('/api/v1/session'),
    onSuccess: () => {
      location.assign('/');
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 401) location.assign('/');
      else if (error instanceof Problem) message.error(problemWords(w, error).title);
    },
  });
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', label: w.t('frame.signedInAs', { name: session.person.name }), disabled: true },
          { type: 'divider' },
          { key: 'account', label: w.t('account.title') },
          { key: 'out', label: w.t('signIn.out'), disabled: out.isPending },
        ],
        onClick: ({ key }) => {
          if (key === 'out') out.mutate();
          else if (key === 'account') void navigate('/account');
        },
      }}
    >
      <Button type="text" size="small" icon={<UserOutlined />} aria-label={w.t('frame.account', { name: session.person.display_name })}>
        <span className="xj-person">{session.person.display_name}</span>
      </Button>
    </Dropdown>
  );
}

function Header({ session }: { session: Session }) {
  const { t } = useWords();
  const help = useKeysHelp();
  const right = useRights();
  const [search] = useSearchParams();
  const programme = search.get('programme');
  const kept = programme ? `?programme=${encodeURIComponent(programme)}` : '';
  return (
    <header className="xj-header">
      <a className="xj-skip" href="#main">
        {t('frame.skip')}
      </a>
      <Link className="xj-brand" to="/" title={t('frame.home')}>
        {t('app.name')}
      </Link>
      <span className="xj-tenant" title={session.tenant.name}>
        {session.tenant.name}
      </span>
      <ProgrammeChoice />
      <nav aria-label={t('frame.nav')}>
        <NavGroup group={PROGRESS} kept={kept} />
        {right('duty.read') ? <NavLink to="/owed">{t('nav.owed')}</NavLink> : null}
        {right('return.review') ? <NavLink to="/intake">{t('nav.intake')}</NavLink> : null}
        {right('task.read') ? <NavLink to={`/tasks${kept}`}>{t('nav.tasks')}</NavLink> : null}
        {right('document.read') ? <NavLink to={`/documents${kept}`}>{t('nav.documents')}</NavLink> : null}
        {right('inspection.read') ? <NavLink to="/inspections">{t('nav.inspections')}</NavLink> : null}
        <NavGroup group={DIRECTORY} />
      </nav>
      <span className="xj-grow" />
      {right('task.read') ? <SearchBox /> : null}
      <Button
        type="text"
        size="small"
        className="xj-wide-only"
        icon={<QuestionCircleOutlined />}
        aria-label={t('keys.title')}
        title={t('keys.title')}
        onClick={help}
      />
      <Bell />
      <LangSwitch />
      <Account session={session} />
    </header>
  );
}

const SetupPage = lazy(async () => ({ default: (await import('../setup/setup-page')).SetupPage }));

/** Nobody is signed in: somebody can, or the server is empty and waits for its first start. */
function Nobody() {
  const setup = useQuery(setupQuery);
  if (setup.data?.open) {
    return (
      <Suspense fallback={<Loading />}>
        <SetupPage languages={<LangSwitch />} />
      </Suspense>
    );
  }
  return setup.isPending ? <Loading /> : <SignInPage />;
}

export function Frame() {
  const session = useQuery(sessionQuery);
  if (session.data) {
    return (
      <div className="xj-frame">
        <Header session={session.data} />
        <OfflineBanner />
        <main id="main" tabIndex={-1}>
          <Outlet context={session.data} />
        </main>
        <SignInAgain session={session.data} />
      </div>
    );
  }
  if (session.error instanceof Problem && session.error.status === 401) return <Nobody />;
  if (session.error) {
    return (
      <main className="xj-page">
        <ProblemNote error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  return <Loading />;
}
