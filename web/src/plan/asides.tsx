/*
 * plan/asides.tsx -- files in which no plan was found: each is kept as a document that is no plan,
 * with the head that was read from it, or thrown away.
 */
import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { Aside, DocumentFields } from '../api/types';
import { problemWords, ProblemNote } from '../kit/problem-note';
import { instantInTable } from '../words/dates';
import { useWords } from '../words/lang';
import { DocumentForm } from './document-form';

export const asidesQuery = infiniteQueryOptions({
  queryKey: ['asides'],
  queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/asides', { params: { query: { limit: 20, after: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

function Keep({ aside, onClose }: { aside: Aside; onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const navigate = useNavigate(); // the message stands outside the router: no Link in it
  const [key, setKey] = useState(newKey);
  const keep = useMutation({
    mutationFn: (body: DocumentFields) =>
      data(api.POST('/api/v1/asides/{aside}', { params: { path: { aside: aside.id }, header: { 'Idempotency-Key': key } }, body })),
    onSuccess: ({ document }) => {
      for (const name of ['asides', 'documents', 'document']) void queries.invalidateQueries({ queryKey: [name] });
      void message.success(
        <>
          {t('aside.kept')}{' '}
          <Button size="small" type="link" onClick={() => void navigate(`/documents/${document}`)}>
            {t('aside.open')}
          </Button>
        </>,
        6,
      );
      onClose();
    },
    onError: (error) => {
      // other fields are another act; the same ones go again under their key
      if (!asProblem(error).mayPass) setKey(newKey());
    },
  });
  return (
    <DocumentForm
      title={t('aside.keepTitle')}
      okText={t('aside.keepAct')}
      initial={aside}
      note={t('aside.keepNote')}
      pending={keep.isPending}
      error={keep.error}
      onSubmit={(fields) => { keep.mutate(fields); }}
      onClose={onClose}
    />
  );
}

function Row({ aside }: { aside: Aside }) {
  const w = useWords();
  const { t } = w;
  const queries = useQueryClient();
  const { modal, notification } = App.useApp();
  const [open, setOpen] = useState(false);
  const remove = useMutation({
    mutationFn: async () => {
      await api.DELETE('/api/v1/asides/{aside}', { params: { path: { aside: aside.id }, header: { 'Idempotency-Key': newKey() } } });
    },
    onError: (error) => {
      const problem = asProblem(error);
      if (problem.status === 404) return; // somebody else was first: the list will show that
      const { title, advice } = problemWords(w, problem);
      notification.error({ title, description: advice });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['asides'] }),
  });
  const facts = [aside.doc_no, aside.issuer, aside.issued_on, t(`documentKind.${aside.kind}`)].filter(Boolean);
  return (
    <li className="xj-import">
      <span aria-hidden="true">?</span>
      <span className="xj-import-name" title={aside.file_name}>
        {aside.file_name}
      </span>
      <span className="xj-import-what">
        <span>{aside.title}</span>
        <span className="xj-faint">{facts.join(' · ')}</span>
        <span className="xj-faint">{t('aside.setBy', { by: aside.set_by ?? '—', at: instantInTable(aside.set_at) })}</span>
      </span>
      <span className="xj-import-acts">
        <Button size="small" type="primary" aria-label={t('aside.keepOf', { name: aside.file_name })} onClick={() => { setOpen(true); }}>
          {t('aside.keep')}
        </Button>
        <Button
          size="small"
          loading={remove.isPending}
          aria-label={t('aside.removeOf', { name: aside.file_name })}
          onClick={() => {
            void modal.confirm({
              title: t('aside.removeTitle', { name: aside.file_name }),
              content: t('aside.removeWhat'),
              okText: t('aside.remove'),
              cancelText: t('act.cancel'),
              onOk: () => { remove.mutate(); },
            });
          }}
        >
          {t('aside.remove')}
        </Button>
      </span>
      {open ? <Keep aside={aside} onClose={() => { setOpen(false); }} /> : null}
    </li>
  );
}

export function Asides() {
  const { t } = useWords();
  const query = useInfiniteQuery(asidesQuery);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error) return <ProblemNote error={query.error} title={t('aside.failed')} onRetry={() => void query.refetch()} />;
  if (items.length === 0) return null;
  return (
    <section className="xj-imports" aria-label={t('aside.title')}>
      <header>
        <h2>{t('aside.title')}</h2>
        <span className="xj-faint">{t('aside.advice')}</span>
      </header>
      <ul>
        {items.map((aside) => (
          <Row key={aside.id} aside={aside} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button size="small" loading={query.isFetching} onClick={() => void query.fetchNextPage()}>
          {t('search.showMore')}
        </Button>
      ) : null}
    </section>
  );
}
