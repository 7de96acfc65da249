/* org/person-edit.tsx -- the name and the numbers of an account. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { Person, PersonChange } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { useWords } from '../words/lang';
import { personQuery } from './people-query';

/** Change an account as somebody saw it; its lists are asked for anew. */
export function useChangePerson(person: Person) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ change, version }: { change: PersonChange; version?: number }) =>
      data(
        api.PATCH('/api/v1/people/{person}', {
          params: { path: { person: person.id }, header: { 'If-Match': `"${version ?? person.version}"`, 'Idempotency-Key': newKey() } },
          body: change,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['people'] }),
  });
}

export function PersonEdit({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const right = useRights();
  const [name, setName] = useState(person.display_name);
  const [job, setJob] = useState(person.job ?? '');
  const [phone, setPhone] = useState(person.phone ?? '');
  const [mobile, setMobile] = useState(person.mobile ?? '');
  // what it was when this began: only what was changed here is sent, whatever others changed since
  const [base] = useState(person);
  const [seen, setSeen] = useState(person);
  const [theirs, setTheirs] = useState<Person | null>(null);
  const save = useChangePerson(person);
  const send = (): void => {
    const change: PersonChange = {
      ...(name.trim() !== base.display_name ? { display_name: name.trim() } : {}),
      ...(job.trim() !== (base.job ?? '') ? { job: job.trim() } : {}),
      ...(phone.trim() !== (base.phone ?? '') ? { phone: phone.trim() } : {}),
      ...(mobile.trim() !== (base.mobile ?? '') ? { mobile: mobile.trim() } : {}),
    };
    if (Object.keys(change).length === 0) {
      onClose();
      return;
    }
    save.mutate(
      { change, version: seen.version },
      {
        onSuccess: onClose,
        onError: (error) => {
          if (asProblem(error).code !== 'stale') return;
          void queries.query({ ...personQuery(person.id), staleTime: 0 }).then((fresh) => {
            setTheirs(fresh);
            setSeen(fresh);
          });
        },
      },
    );
  };
  const stale = save.error !== null && asProblem(save.error).code === 'stale';
  return (
    <Modal
      open
      title={t('person.editTitle', { name: base.display_name })}
      okText={theirs ? t('check.keepMine') : t('act.save')}
      okButtonProps={{ disabled: name.trim() === '' }}
      cancelText={t('act.cancel')}
      confirmLoading={save.isPending}
      onOk={send}
      onCancel={onClose}
    >
      {theirs ? (
        <Alert
          className="xj-form-note"
          type="warning"
          role="alert"
          title={t('problem.stale.title')}
          description={t('person.nowIs', { name: theirs.display_name, phone: theirs.phone ?? '—' })}
        />
      ) : null}
      {save.error && !stale ? (
        <div className="xj-form-note">
          <ProblemNote error={save.error} />
        </div>
      ) : null}
      <Form layout="vertical" component="div">
        <Form.Item label={t('person.name')} htmlFor="edit-name">
          <Input id="edit-name" maxLength={64} value={name} onChange={(event) => { setName(event.target.value); }} />
        </Form.Item>
        <Form.Item label={t('person.job')} htmlFor="edit-job">
          <Input id="edit-job" maxLength={100} value={job} onChange={(event) => { setJob(event.target.value); }} />
        </Form.Item>
        <Form.Item label={t('person.phone')} htmlFor="edit-phone">
          <Input id="edit-phone" maxLength={32} value={phone} onChange={(event) => { setPhone(event.target.value); }} />
        </Form.Item>
        {right('field.sensitive') ? (
          <Form.Item label={t('person.mobile')} htmlFor="edit-mobile" extra={t('person.mobileWhat')}>
            <Input id="edit-mobile" maxLength={32} value={mobile} onChange={(event) => { setMobile(event.target.value); }} />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
