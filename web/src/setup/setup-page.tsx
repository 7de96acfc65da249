/* setup/setup-page.tsx -- the first start of an empty server: jurisdiction, first account, first programme. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { sessionQuery, setupQuery } from '../api/calls';
import { api, data } from '../api/client';
import { asProblem } from '../api/problem';
import { keepCsrf } from '../api/session';
import { ProblemNote } from '../kit/problem-note';
import { useTitle } from '../kit/title';
import { useWords } from '../words/lang';
import './setup.css';

interface Wish {
  token: string;
  tenant: string;
  code: string;
  person: string;
  display: string;
  password: string;
  again: string;
  programme: string;
}

/** The server's name of a field → the form's. */
const FIELDS: Readonly<Record<string, keyof Wish>> = {
  '/token': 'token',
  '/tenant/name': 'tenant',
  '/tenant/code': 'code',
  '/person/name': 'person',
  '/display': 'display',
  '/person/password': 'password',
  '/programme/name': 'programme',
};

/** What the server printed stands behind the # of its address, which no browser sends on. */
function tokenOfAddress(): string {
  return decodeURIComponent(location.hash.slice(1));
}

export function SetupPage({ languages }: { languages: ReactNode }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<Wish>();
  const [token] = useState(tokenOfAddress);
  useTitle(t('setup.title'));
  const required = [{ required: true, whitespace: true, message: t('setup.missing') }];

  const act = useMutation({
    mutationFn: async (wish: Wish) => {
      await api.POST('/api/v1/setup', {
        body: {
          token: wish.token.trim(),
          tenant: { name: wish.tenant.trim(), code: wish.code.trim() },
          person: { name: wish.person.trim(), display_name: wish.display.trim(), password: wish.password },
          programme: { name: wish.programme.trim() },
        },
      });
      return data(api.POST('/api/v1/session', { body: { name: wish.person.trim(), password: wish.password } }));
    },
    onSuccess: async (session) => {
      keepCsrf(session.csrf);
      await navigate('/documents', { replace: true });
      queries.setQueryData(setupQuery.queryKey, { open: false });
      queries.setQueryData(sessionQuery.queryKey, session);
    },
    onError: (error) => {
      const problem = asProblem(error);
      const at = problem.code === 'setup_token' ? 'token' : FIELDS[problem.fields[0]?.at ?? ''];
      if (at) form.focusField(at);
    },
  });
  const done = act.error && asProblem(act.error).code === 'setup_done';

  return (
    <main className="xj-sign-in">
      <div className="xj-sign-in-box xj-setup">
        <header>
          <h1>{t('setup.title')}</h1>
          {languages}
        </header>
        <p className="xj-faint">{t('setup.what')}</p>
        <Form<Wish>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ token, tenant: '', code: '', person: '', display: '', password: '', again: '', programme: '' }}
          onFinish={(wish) => {
            act.mutate(wish);
          }}
        >
          {act.error ? (
            <div className="xj-form-note">
              <ProblemNote error={act.error} />
            </div>
          ) : null}
          <div className="xj-setup-fields">
          <Form.Item name="token" label={t('setup.token')} extra={t('setup.tokenWhere')} rules={required}>
            <Input autoComplete="off" spellCheck={false} autoCapitalize="none" maxLength={64} autoFocus={token === ''} />
          </Form.Item>
          <Form.Item name="tenant" label={t('setup.tenant')} rules={required}>
            <Input maxLength={50} placeholder={t('setup.tenantLike')} autoFocus={token !== ''} />
          </Form.Item>
          <Form.Item
            name="code"
            label={t('setup.code')}
            extra={t('setup.codeWhat')}
            rules={[...required, { pattern: /^\s*(\d{6,9}|[A-Za-z][A-Za-z0-9-]{0,15})\s*$/, message: t('setup.codeWrong') }]}
          >
            <Input maxLength={16} spellCheck={false} autoComplete="off" />
          </Form.Item>
          <Form.Item name="programme" label={t('setup.programme')} rules={required}>
            <Input maxLength={50} placeholder={t('setup.programmeLike')} />
          </Form.Item>
          <Form.Item name="person" label={t('setup.person')} extra={t('setup.personWhat')} rules={required}>
            <Input autoComplete="username" maxLength={64} spellCheck={false} autoCapitalize="none" />
          </Form.Item>
          <Form.Item name="display" label={t('setup.display')}>
            <Input maxLength={64} autoComplete="name" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('setup.password')}
            extra={t('setup.passwordWhat')}
            rules={[{ required: true, message: t('setup.missing') }, { min: 10, message: t('setup.passwordShort') }]}
          >
            <Input.Password autoComplete="new-password" maxLength={256} />
          </Form.Item>
          <Form.Item
            name="again"
            label={t('setup.again')}
            dependencies={['password']}
            rules={[
              { required: true, message: t('setup.missing') },
              {
                validator: (_, value: string) =>
                  value === '' || value === form.getFieldValue('password')
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('setup.againWrong'))),
              },
            ]}
          >
            <Input.Password autoComplete="new-password" maxLength={256} />
          </Form.Item>
          </div>
          <Button type="primary" htmlType="submit" block loading={act.isPending} disabled={done === true}>
            {t('setup.act')}
          </Button>
          {done ? (
            <Button type="link" block href="/">
              {t('setup.toSignIn')}
            </Button>
          ) : null}
        </Form>
      </div>
    </main>
  );
}
