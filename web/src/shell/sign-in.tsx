/* shell/sign-in.tsx -- the form that signs somebody in, as a page of its own and in a dialog. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, type FormInstance } from 'antd';
import { useSyncExternalStore } from 'react';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import { Problem } from '../api/problem';
import { keepCsrf, onSessionChange, sessionExpired, sessionRenewed } from '../api/session';
import type { Session } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { useTitle } from '../kit/title';
import { useWords } from '../words/lang';
import { LangSwitch } from './lang-switch';

interface Credentials {
  name: string;
  password: string;
}

interface FormProps {
  form: FormInstance<Credentials>;
  name?: string;
  onDone: (session: Session) => void;
}

function SignInForm({ form, ...props }: FormProps) {
  const { t } = useWords();
  const act = useMutation({
    mutationFn: (body: Credentials) => data(api.POST('/api/v1/session', { body })),
    onSuccess: (session) => {
      keepCsrf(session.csrf);
      props.onDone(session);
    },
    onError: (error) => {
      if (error instanceof Problem && error.code === 'bad_credentials') {
        form.setFieldValue('password', '');
        form.focusField('password');
      }
    },
  });
  return (
    <Form<Credentials>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ name: props.name ?? '', password: '' }}
      onFinish={(values) => {
        act.mutate({ name: values.name.trim(), password: values.password });
      }}
    >
      {act.error ? (
        <div className="xj-form-note">
          <ProblemNote error={act.error} />
        </div>
      ) : null}
      <Form.Item
        name="name"
        label={t('signIn.name')}
        rules={[{ required: true, whitespace: true, message: t('signIn.nameMissing') }]}
      >
        <Input autoComplete="username" autoFocus={!props.name} maxLength={64} autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.passwordMissing') }]}>
        <Input.Password autoComplete="current-password" maxLength={256} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={act.isPending}>
        {t('signIn.act')}
      </Button>
    </Form>
  );
}

/** The page that stands in for every other while nobody is signed in; the address stays. */
export function SignInPage() {
  const { t } = useWords();
  const queries = useQueryClient();
  const [form] = Form.useForm<Credentials>();
  useTitle(t('signIn.title'));
  return (
    <main className="xj-sign-in">
      <div className="xj-sign-in-box">
        <header>
          <h1>{t('app.name')}</h1>
          <LangSwitch />
        </header>
        <p className="xj-faint">{t('app.what')}</p>
        <SignInForm
          form={form}
          onDone={(session) => {
            queries.setQueryData(sessionQuery.queryKey, session);
          }}
        />
        <p className="xj-faint">{t('signIn.lost')}</p>
      </div>
    </main>
  );
}

/** Over the page, where the session ran out at work: the page and what was typed stay as they are. */
export function SignInAgain({ session }: { session: Session }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [form] = Form.useForm<Credentials>();
  const expired = useSyncExternalStore(onSessionChange, sessionExpired);
  return (
    <Modal
      open={expired}
      title={t('signIn.again')}
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      destroyOnHidden
      zIndex={2000}
      afterOpenChange={(open) => {
        if (open) form.focusField('password');
      }}
    >
      <p className="xj-form-note">{t('signIn.againWhy')}</p>
      <SignInForm
        form={form}
        name={session.person.name}
        onDone={(renewed) => {
          if (renewed.person.id !== session.person.id) {
            // somebody else's page: nothing of the one before may stay
            location.reload();
            return;
          }
          queries.setQueryData(sessionQuery.queryKey, renewed);
          sessionRenewed();
        }}
      />
    </Modal>
  );
}
