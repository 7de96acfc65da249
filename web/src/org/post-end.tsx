/* org/post-end.tsx -- a post ends: the last day, and who takes over what is open. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Modal, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { Post } from '../api/types';
import { DayField } from '../kit/day-field';
import { ProblemNote } from '../kit/problem-note';
import { today } from '../words/dates';
import { useWords } from '../words/lang';

/** Accounts by part of a name, for choosing one. */
function PersonSelect(props: { id: string; not: number; value: number | null; onChange: (person: number | null) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim()).slice(0, 64);
  const found = useQuery({
    queryKey: ['people', 'choose', q],
    queryFn: ({ signal }) => data(api.GET('/api/v1/people', { params: { query: { ...(q ? { q } : {}), limit: 50 } }, signal })),
  });
  return (
    <Select<number>
      id={props.id}
      allowClear
      placeholder={t('post.nobody')}
      value={props.value}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={(found.data?.items ?? [])
        .filter((p) => p.id !== props.not && !p.disabled)
        .map((p) => ({ value: p.id, label: t('person.both', { name: p.display_name, account: p.name }) }))}
      onChange={(value: number | undefined) => { props.onChange(value ?? null); }}
    />
  );
}

export function EndPost({ post, person, name, onClose }: { post: Post; person: number; name: string; onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [last, setLast] = useState(today());
  const [successor, setSuccessor] = useState<number | null>(null);
  const end = useMutation({
    mutationFn: () =>
      data(
        api.POST('/api/v1/posts/{post}/end', {
          params: { path: { post: post.id }, header: { 'If-Match': `"${post.version}"`, 'Idempotency-Key': newKey() } },
          body: { last, ...(successor === null ? {} : { successor }) },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['people'] });
      onClose();
    },
    onError: async (error) => {
      if (asProblem(error).code === 'stale') await queries.invalidateQueries({ queryKey: ['people'] });
    },
  });
  return (
    <Modal
      open
      title={t('post.endTitle', { name, role: t(`post.role.${post.role}`) })}
      okText={t('post.end')}
      okButtonProps={{ disabled: last === '' }}
      cancelText={t('act.cancel')}
      confirmLoading={end.isPending}
      onOk={() => { end.mutate(); }}
      onCancel={onClose}
    >
      {end.error ? (
        <div className="xj-form-note">
          <ProblemNote error={end.error} />
        </div>
      ) : null}
      <Form layout="vertical" component="div">
        <Form.Item label={t('post.last')} htmlFor="post-last">
          <DayField id="post-last" needed value={last} onChange={(day) => { setLast(day ?? today()); }} />
        </Form.Item>
        <Form.Item label={t('post.successor')} htmlFor="post-successor" extra={t('post.successorWhat')}>
          <PersonSelect id="post-successor" not={person} value={successor} onChange={setSuccessor} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
