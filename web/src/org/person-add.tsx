/* org/person-add.tsx -- a new account with its first post; the password is shown once. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { UnitRef } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { useWords } from '../words/lang';
import { PasswordShown, type MadePassword } from './password-shown';
import { NO_POST, postOf, PostForm } from './post-form';

export function AddPerson({ unit }: { unit: UnitRef | null }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState(newKey);
  const [name, setName] = useState('');
  const [display, setDisplay] = useState('');
  const [post, setPost] = useState(NO_POST);
  const [checked, setChecked] = useState(false);
  const [made, setMade] = useState<MadePassword | null>(null);
  const add = useMutation({
    mutationFn: (body: { name: string; display_name?: string; post: NonNullable<ReturnType<typeof postOf>> }) =>
      data(api.POST('/api/v1/people', { body, params: { header: { 'Idempotency-Key': key } } })),
    onSuccess: async ({ password }) => {
      setOpen(false);
      setMade({ name: display || name, password });
      await queries.invalidateQueries({ queryKey: ['people'] });
    },
    onSettled: (_made, error) => {
      // the same act may be tried again under its key; another account is another act
      if (!error || !asProblem(error).mayPass) setKey(newKey());
    },
  });
  const send = (): void => {
    setChecked(true);
    const given = postOf(post);
    if (!given || name.trim() === '') return;
    add.mutate({ name: name.trim(), ...(display.trim() ? { display_name: display.trim() } : {}), post: given });
  };
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          add.reset();
          setName('');
          setDisplay('');
          setPost({ ...NO_POST, unit });
          setChecked(false);
          setOpen(true);
        }}
      >
        {t('person.add')}
      </Button>
      <Modal
        open={open}
        title={t('person.add')}
        okText={t('person.addAct')}
        cancelText={t('act.cancel')}
        confirmLoading={add.isPending}
        onOk={send}
        onCancel={() => { setOpen(false); }}
        destroyOnHidden
      >
        {add.error ? (
          <div className="xj-form-note">
            <ProblemNote error={add.error} {...(asProblem(add.error).code === 'conflict' ? { title: t('person.nameTaken', { name }) } : {})} />
          </div>
        ) : null}
        <Form layout="vertical" component="div">
          <Form.Item label={t('person.account')} htmlFor="person-account" {...(checked && name.trim() === '' ? { validateStatus: 'error', help: t('setup.missing') } : {})}>
            <Input id="person-account" maxLength={64} autoComplete="off" value={name} onChange={(event) => { setName(event.target.value); }} />
          </Form.Item>
          <Form.Item label={t('person.name')} htmlFor="person-display">
            <Input id="person-display" maxLength={64} autoComplete="off" value={display} onChange={(event) => { setDisplay(event.target.value); }} />
          </Form.Item>
        </Form>
        <PostForm draft={post} onChange={setPost} checked={checked} />
      </Modal>
      {made ? <PasswordShown made={made} onClose={() => { setMade(null); }} /> : null}
    </>
  );
}
