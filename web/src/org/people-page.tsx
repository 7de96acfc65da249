/* org/people-page.tsx -- 人员: who has an account, what each is, and where. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useMemo, type ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { PersonHead, Post } from '../api/types';
import { useActiveRow } from '../kit/active-row';
import { DownloadButton } from '../kit/download-button';
import { Grid, type GridColumn } from '../kit/grid';
import { useNarrow } from '../kit/narrow';
import { ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { SearchField } from '../kit/search-field';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { UnitField } from '../kit/unit-picker';
import { useWords, type Words } from '../words/lang';
import './org.css';
import { peopleQuery } from './people-query';
import { AddPerson } from './person-add';
import { unitQuery } from './unit-query';

function postsInWords({ t }: Words, posts: readonly Post[]): string {
  return posts.map((p) => (p.unit ? t('post.at', { unit: p.unit.name, role: t(`post.role.${p.role}`) }) : t(`post.role.${p.role}`))).join(t('list.semicolon'));
}

function useColumns(): GridColumn<PersonHead>[] {
  const w = useWords();
  return useMemo(() => {
    const { t } = w;
    return [
      {
        key: 'name',
        title: t('person.name'),
        width: 'minmax(140px, 1fr)',
        render: (p) => (
          <Link to={`/people/${p.id}`} tabIndex={-1}>
            {p.display_name}
          </Link>
        ),
      },
      { key: 'account', title: t('person.account'), width: 'minmax(120px, 1fr)', render: (p) => p.name },
      {
        key: 'posts',
        title: t('post.role'),
        width: 'minmax(240px, 2.6fr)',
        render: (p) => <span title={postsInWords(w, p.posts)}>{postsInWords(w, p.posts) || <span className="xj-faint">{t('post.none')}</span>}</span>,
      },
      { key: 'job', title: t('person.job'), width: 'minmax(90px, 0.8fr)', render: (p) => p.job ?? '—' },
      { key: 'phone', title: t('person.phone'), width: '140px', render: (p) => p.phone ?? '—' },
      { key: 'state', title: t('person.state'), width: '84px', render: (p) => (p.disabled ? <span className="xj-bad">{t('person.closed')}</span> : t('person.open')) },
    ];
  }, [w]);
}

function NarrowRow({ person }: { person: PersonHead }) {
  const w = useWords();
  return (
    <>
      <Link to={`/people/${person.id}`} tabIndex={-1} className="xj-line">
        {person.display_name} {person.disabled ? <span className="xj-bad">{w.t('person.closed')}</span> : null}
      </Link>
      <span className="xj-line xj-faint">{postsInWords(w, person.posts) || w.t('post.none')}</span>
    </>
  );
}

const narrowRow = (person: PersonHead): ReactNode => <NarrowRow person={person} />;

export function PeoplePage() {
  const { t, lang } = useWords();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const right = useRights();
  const [search, setSearch] = useSearchParams();
  const q = search.get('q')?.trim().slice(0, 64) || undefined;
  const unit = Number(search.get('unit')) || undefined;
  const of = useQuery({ ...unitQuery(unit ?? 0), enabled: unit !== undefined });
  const people = useInfiniteQuery(peopleQuery({ q, unit }));
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = people;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const [active, setActive] = useActiveRow('people', rows);
  const columns = useColumns();
  const onNeed = useCallback(
    (index: number) => {
      if (index > rows.length - 100 && hasNextPage && !isFetching && !isError) void fetchNextPage();
    },
    [rows.length, hasNextPage, isFetching, isError, fetchNextPage],
  );
  const change = (name: 'q' | 'unit', value: string): void => {
    setSearch((old) => {
      const next = new URLSearchParams(old);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  };
  const unitShown = unit === undefined ? null : { id: unit, name: of.data?.name ?? '…' };
  useTitle(t('nav.people'));
  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('nav.people')}</h1>
        <span className="xj-faint" role="status">{data ? t(hasNextPage ? 'person.countMore' : 'person.count', { n: rows.length }) : ''}</span>
        <span className="xj-grow" />
        <DownloadButton label={t('export.act')} url={`/api/v1/directory/export.xlsx?lang=${lang}`} name={t('roster.exportFile')} />
        {right('directory.import') ? <Link to="/units/import" className="xj-button-link">{t('roster.tab')}</Link> : null}
        {right('people.change') ? <AddPerson unit={of.data ? { id: of.data.id, name: of.data.name } : null} /> : null}
      </header>
      <div className="xj-filters" role="search" aria-label={t('filter.label')}>
        <SearchField
          key={q ?? ''}
          value={q ?? ''}
          label={t('person.find')}
          hint={t('person.findHint')}
          onSearch={(next) => {
            if (next !== (q ?? '')) change('q', next.slice(0, 64));
          }}
        />
        <UnitField label={t('unit.pick')} value={unitShown} onChange={(next) => { change('unit', next ? String(next.id) : ''); }} />
        {q || unit ? <Button type="link" onClick={() => { setSearch({}); }}>{t('filter.clear')}</Button> : null}
      </div>
      <Answer query={people} rows={12}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('person.noMatch')} advice={t('person.noMatchAdvice')} />
          ) : (
            <>
              <Grid
                label={t('nav.people')}
                columns={columns}
                rows={rows}
                count={hasNextPage ? rows.length + 1 : rows.length}
                rowKey={(p) => p.id}
                minWidth={820}
                narrow={narrow ? narrowRow : undefined}
                rowHeight={narrow ? 60 : 32}
                active={active}
                onActive={setActive}
                onOpen={(p) => void navigate(`/people/${p.id}`)}
                onNeed={onNeed}
                fit
              />
              {people.isFetchNextPageError ? <ProblemNote error={people.error} onRetry={() => void fetchNextPage()} /> : null}
            </>
          )
        }
      </Answer>
    </section>
  );
}
