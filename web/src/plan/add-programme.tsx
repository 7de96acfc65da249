/* plan/add-programme.tsx -- a button that adds a programme, with the one field it needs. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { programmesQuery } from '../api/calls';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { ProblemNote } from '../kit/problem-note';
import { useWords } from '../words/lang';

export function AddProgramme({ primary }: { primary?: boolean }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState(newKey);
  const [form] = Form.useForm<{ name: string }>();
  const add = useMutation({
    mutationFn: (name: string) =>
      data(api.POST('/api/v1/programmes', { body: { name }, params: { header: { 'Idempotency-Key': key } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: programmesQuery.queryKey });
      setOpen(false);
    },
    onSettled: (_made, error) => {
      // the same act may be tried again under its key; another name is another act
      if (!error || error.name !== 'Problem' || !('mayPass' in error && error.mayPass)) setKey(newKey());
    },
  });
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        onClick={() => {
          add.reset();
          setOpen(true);
        }}
      >
        {t('programme.add')}
      </Button>
      <Modal
        open={open}
        title={t('programme.add')}
        okText={t('programme.addAct')}
        cancelText={t('act.cancel')}
        confirmLoading={add.isPending}
        onOk={() => {
          form.submit();
        }}
        onCancel={() => {
          setOpen(false);
        }}
        destroyOnHidden
      >
        {add.error ? (
          <div className="xj-form-note">
            <ProblemNote error={add.error} />
          </div>
        ) : null}
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          preserve={false}
          onFinish={({ name }) => {
            add.mutate(name.trim());
          }}
        >
          <Form.Item name="name" label={t('programme.name')} rules={[{ required: true, whitespace: true, message: t('setup.missing') }]}>
            <Input maxLength={50} placeholder={t('setup.programmeLike')} autoFocus />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
