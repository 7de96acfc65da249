/* search/search-page.tsx -- 搜索: documents, published tasks and units that have the words of the address. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Fragment, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, data } from '../api/client';
import type { Found, FoundDocument, FoundTask, FoundText, FoundUnit } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { useWords } from '../words/lang';
import { marked } from './marks';
import './search.css';

const PAGE = 10;
type GroupName = keyof Found;
interface Page<T> {
  items: T[];
  next: string | null;
}

function Marked({ text, words }: { text: string; words: string }) {
  return marked(text, words).map((piece, i) =>
    // pieces of one text never change places
    piece.hit ? <mark key={i}>{piece.text}</mark> : <Fragment key={i}>{piece.text}</Fragment>,
  );
}

interface GroupProps<T> {
  name: GroupName;
  words: string;
  first: Page<T>;
  keyOf: (item: T) => string;
  children: (item: T) => ReactNode;
}

/** One kind of thing that was found; further pages are fetched when asked for. */
function Group<T>({ name, words, first, keyOf, children }: GroupProps<T>) {
  const { t } = useWords();
  const [wanted, setWanted] = useState(false);
  const more = useInfiniteQuery({
    queryKey: ['search', words, name],
    enabled: wanted && first.next !== null,
    initialPageParam: first.next ?? undefined,
    queryFn: async ({ pageParam, signal }) => {
      const found = await data(
        api.GET('/api/v1/search', { params: { query: { q: words, in: name, limit: 50, after: pageParam } }, signal }),
      );
      return found[name] as Page<T> | null;
    },
    getNextPageParam: (page) => page?.next ?? undefined,
  });
  const items = [...first.items, ...(more.data?.pages.flatMap((page) => page?.items ?? []) ?? [])];
  const hasMore = more.data ? more.hasNextPage : first.next !== null;
  if (items.length === 0) return null;
  return (
    <section aria-label={t(`search.${name}`)} className="xj-found">
      <h2>
        {t(`search.${name}`)}{' '}
        <span className="xj-faint">{t(hasMore ? 'search.moreThan' : 'search.count', { n: items.length })}</span>
      </h2>
      <ul>
        {items.map((item) => (
          <li key={keyOf(item)}>{children(item)}</li>
        ))}
      </ul>
      {more.error ? <ProblemNote error={more.error} onRetry={() => void more.refetch()} /> : null}
      {hasMore ? (
        <Button
          size="small"
          loading={more.isFetching}
          onClick={() => {
            if (wanted) void more.fetchNextPage();
            else setWanted(true);
          }}
        >
          {t('search.showMore')}
        </Button>
      ) : null}
    </section>
  );
}

function DocumentLine({ found, words }: { found: FoundDocument; words: string }) {
  return (
    <>
      <Link to={`/documents/${found.id}`}>
        <Marked text={found.title} words={words} />
      </Link>
      <p className="xj-faint">
        {found.doc_no ? <Marked text={found.doc_no} words={words} /> : null}{' '}
        {found.issuer ? <Marked text={found.issuer} words={words} /> : null} {found.issued_on ?? ''}
      </p>
    </>
  );
}

function TextLine({ found, words }: { found: FoundText; words: string }) {
  return (
    <>
      <Link to={`/documents/${found.document}?tab=text&find=${encodeURIComponent(words)}`}>{found.title}</Link> {found.doc_no ?? ''}
      <p>
        <Marked text={found.context} words={words} />
      </p>
    </>
  );
}

function TaskLine({ found, words }: { found: FoundTask; words: string }) {
  return (
    <>
      <Link to={`/tasks/${found.id}`}>
        {found.no} <Marked text={found.title} words={words} />
      </Link>
      <p>
        <Marked text={found.context} words={words} />
      </p>
      <p className="xj-faint">{found.action}</p>
    </>
  );
}

function UnitLine({ found, words }: { found: FoundUnit; words: string }) {
  const { t } = useWords();
  return (
    <>
      <Link to={`/units/${found.id}`}>
        <Marked text={found.name} words={words} />
      </Link>
      {found.alias ? (
        <p className="xj-faint">
          {t('search.alias')} <Marked text={found.alias} words={words} />
        </p>
      ) : null}
    </>
  );
}

/** Up and down go from one result to the next. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('li a')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[event.key === 'ArrowDown' ? at + 1 : at - 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function SearchPage() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const words = (search.get('q') ?? '').trim().slice(0, 100);
  const found = useQuery({
    queryKey: ['search', words],
    enabled: words !== '',
    queryFn: ({ signal }) => data(api.GET('/api/v1/search', { params: { query: { q: words, limit: PAGE } }, signal })),
  });
  useTitle(words === '' ? t('search.title') : t('search.titleOf', { words }));
  if (words === '') return <Empty title={t('search.title')} advice={t('search.advice')} />;
  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('search.titleOf', { words })}</h1>
      </header>
      <Answer query={found}>
        {({ documents, texts, tasks, units }) =>
          [documents, texts, tasks, units].every((group) => (group?.items.length ?? 0) === 0) ? (
            <Empty title={t('search.none')} advice={t('search.advice')} />
          ) : (
            <div className="xj-found-all" onKeyDown={walk} role="presentation">
              {units ? (
                <Group key={`u${words}`} name="units" words={words} first={units} keyOf={(u) => `${u.id} ${u.alias ?? ''}`}>
                  {(u) => <UnitLine found={u} words={words} />}
                </Group>
              ) : null}
              {documents ? (
                <Group key={`d${words}`} name="documents" words={words} first={documents} keyOf={(d) => String(d.id)}>
                  {(d) => <DocumentLine found={d} words={words} />}
                </Group>
              ) : null}
              {texts ? (
                <Group key={`x${words}`} name="texts" words={words} first={texts} keyOf={(x) => String(x.id)}>
                  {(x) => <TextLine found={x} words={words} />}
                </Group>
              ) : null}
              {tasks ? (
                <Group key={`t${words}`} name="tasks" words={words} first={tasks} keyOf={(k) => String(k.id)}>
                  {(k) => <TaskLine found={k} words={words} />}
                </Group>
              ) : null}
            </div>
          )
        }
      </Answer>
    </section>
  );
}
