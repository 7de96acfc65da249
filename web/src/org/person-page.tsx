/* org/person-page.tsx -- one account: who, what he is and was, and what an administrator does with it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { Person, Post } from '../api/types';
import { problemWords, ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import './org.css';
import { OWN_ROLES, personQuery } from './people-query';
import { PasswordShown, type MadePassword } from './password-shown';
import { PersonEdit, useChangePerson } from './person-edit';
import { EndPost } from './post-end';
import { NO_POST, postOf, PostForm } from './post-form';
import { SessionsTable } from './sessions-table';

function isOver(post: Post): boolean {
  return post.to !== null && post.to < today();
}

function AddPost({ person }: { person: Person }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(NO_POST);
  const [checked, setChecked] = useState(false);
  const add = useMutation({
    mutationFn: (body: NonNullable<ReturnType<typeof postOf>>) =>
      data(api.POST('/api/v1/people/{person}/posts', { params: { path: { person: person.id }, header: { 'Idempotency-Key': newKey() } }, body })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['people'] });
      setOpen(false);
    },
  });
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          add.reset();
          setDraft(NO_POST);
          setChecked(false);
          setOpen(true);
        }}
      >
        {t('post.add')}
      </Button>
      <Modal
        open={open}
        title={t('post.addTitle', { name: person.display_name })}
        okText={t('post.add')}
        cancelText={t('act.cancel')}
        confirmLoading={add.isPending}
        destroyOnHidden
        onOk={() => {
          setChecked(true);
          const post = postOf(draft);
          if (post) add.mutate(post);
        }}
        onCancel={() => { setOpen(false); }}
      >
        {add.error ? (
          <div className="xj-form-note">
            <ProblemNote error={add.error} {...(asProblem(add.error).code === 'conflict' ? { title: t('post.heldAlready') } : {})} />
          </div>
        ) : null}
        <PostForm draft={draft} onChange={setDraft} checked={checked} />
      </Modal>
    </>
  );
}

function Posts({ person }: { person: Person }) {
  const { t } = useWords();
  const right = useRights();
  const [ending, setEnding] = useState<Post | null>(null);
  const reach = right('people.change');
  const mayEnd = (post: Post): boolean =>
    reach !== null && !isOver(post) && (reach === 'all' || OWN_ROLES.includes(post.role)) && (post.role !== 'administrator' || right('administrator.change') !== null);
  return (
    <section className="xj-block" aria-labelledby="posts-h">
      <h2 id="posts-h">
        {t('post.heading')} {reach ? <AddPost person={person} /> : null}
      </h2>
      {person.posts.length === 0 ? (
        <p>{t('post.noneWhat')}</p>
      ) : (
        <table className="xj-table">
          <thead>
            <tr>
              <th scope="col">{t('post.role')}</th>
              <th scope="col">{t('unit.one')}</th>
              <th scope="col">{t('post.from')}</th>
              <th scope="col">{t('post.to')}</th>
              <th scope="col">{t('post.successor')}</th>
              <th scope="col">{t('session.act')}</th>
            </tr>
          </thead>
          <tbody>
            {person.posts.map((post) => (
              <tr key={post.id} className={isOver(post) ? 'xj-over' : undefined}>
                <td>{t(`post.role.${post.role}`)}</td>
                <td>{post.unit ? <Link to={`/units/${post.unit.id}`}>{post.unit.name}</Link> : '—'}</td>
                <td>{post.from ?? t('post.always')}</td>
                <td>{post.to ?? t('post.open')}</td>
                <td>{post.successor_name ?? '—'}</td>
                <td>
                  {mayEnd(post) ? (
                    <Button size="small" aria-label={t('post.endOf', { role: t(`post.role.${post.role}`), unit: post.unit?.name ?? '' })} onClick={() => { setEnding(post); }}>
                      {t('post.end')}
                    </Button>
                  ) : (
                    '—'
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {ending ? <EndPost post={ending} person={person.id} name={person.display_name} onClose={() => { setEnding(null); }} /> : null}
    </section>
  );
}

/** What is done with the account itself, by who may. */
function Acts({ person }: { person: Person }) {
  const w = useWords();
  const { t } = w;
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const [made, setMade] = useState<MadePassword | null>(null);
  const say = (error: unknown): void => {
    const { title, advice } = problemWords(w, asProblem(error));
    notification.error({ title, description: advice });
  };
  const change = useChangePerson(person);
  const reset = useMutation({
    mutationFn: () =>
      data(api.POST('/api/v1/people/{person}/password', { params: { path: { person: person.id }, header: { 'Idempotency-Key': newKey() } }, body: {} })),
    onSuccess: ({ password }) => { setMade({ name: person.display_name, password }); },
    onError: say,
    onSettled: () => Promise.all(['people', 'sessions'].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
  return (
    <span className="xj-page-acts">
      <Button onClick={() => { setEditing(true); }}>{t('unit.edit')}</Button>
      <Popconfirm title={t('person.resetSure')} description={t('person.resetWhat')} okText={t('person.reset')} cancelText={t('act.cancel')} onConfirm={() => { reset.mutate(); }}>
        <Button loading={reset.isPending}>{t('person.reset')}</Button>
      </Popconfirm>
      {person.disabled ? (
        <Button loading={change.isPending} onClick={() => { change.mutate({ change: { disabled: false } }, { onError: say }); }}>
          {t('person.reopen')}
        </Button>
      ) : (
        <Popconfirm
          title={t('person.closeSure', { name: person.display_name })}
          description={t('person.closeWhat')}
          okText={t('person.close')}
          cancelText={t('act.cancel')}
          onConfirm={() => { change.mutate({ change: { disabled: true } }, { onError: say }); }}
        >
          <Button danger loading={change.isPending}>{t('person.close')}</Button>
        </Popconfirm>
      )}
      {editing ? <PersonEdit person={person} onClose={() => { setEditing(false); }} /> : null}
      {made ? <PasswordShown made={made} onClose={() => { setMade(null); }} /> : null}
    </span>
  );
}

function PersonBody({ person }: { person: Person }) {
  const { t } = useWords();
  const right = useRights();
  const session = useQuery(sessionQuery);
  const self = session.data?.person.id === person.id;
  return (
    <>
      <header className="xj-page-head">
        <h1>{person.display_name}</h1>
        {person.disabled ? <span className="xj-bad">{t('person.closed')}</span> : null}
        <span className="xj-grow" />
        {right('account.change') && !self ? <Acts person={person} /> : null}
        {self ? <Link to="/account">{t('account.title')}</Link> : null}
      </header>
      <dl className="xj-facts">
        <div>
          <dt>{t('person.account')}</dt>
          <dd>{person.name}</dd>
        </div>
        <div>
          <dt>{t('person.job')}</dt>
          <dd>{person.job ?? '—'}</dd>
        </div>
        <div>
          <dt>{t('person.phone')}</dt>
          <dd>{person.phone ?? '—'}</dd>
        </div>
        {right('field.sensitive') ? (
          <div>
            <dt>{t('person.mobile')}</dt>
            <dd>{person.mobile ?? '—'}</dd>
          </div>
        ) : null}
      </dl>
      <Posts person={person} />
      {right('session.manage') && !self ? (
        <section className="xj-block" aria-labelledby="sessions-h">
          <h2 id="sessions-h">{t('session.heading')}</h2>
          <SessionsTable person={person.id} />
        </section>
      ) : null}
    </>
  );
}

export function PersonPage() {
  const { t } = useWords();
  const id = Number(useParams()['person']) || 0;
  const person = useQuery({ ...personQuery(id), enabled: id > 0 });
  useTitle(person.data?.display_name ?? t('nav.people'));
  return (
    <section className="xj-page xj-page-scroll">
      <p>
        <Link to="/people">← {t('nav.people')}</Link>
      </p>
      {id > 0 ? <Answer query={person}>{(found) => <PersonBody key={found.id} person={found} />}</Answer> : <Empty title={t('person.noSuch')} />}
    </section>
  );
}
