/* org/account-page.tsx -- 我的账号: what I am, where I am signed in, my password. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { sessionQuery } from '../api/calls';
import { api } from '../api/client';
import { asProblem } from '../api/problem';
import { ProblemNote } from '../kit/problem-note';
import { Answer } from '../kit/states';
import { useTitle } from '../kit/title';
import { useWords } from '../words/lang';
import './org.css';
import { SessionsTable } from './sessions-table';

const PASSWORD_MIN = 10;

interface Passwords {
  old: string;
  next: string;
  again: string;
}

function PasswordForm() {
  const { t } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Passwords>();
  const change = useMutation({
    mutationFn: ({ old, next }: Passwords) => api.POST('/api/v1/session/password', { body: { old, new: next } }),
    onSuccess: () => {
      form.resetFields();
      message.success(t('account.passwordChanged'));
    },
  });
  const code = change.error ? asProblem(change.error).code : '';
  const title = code === 'bad_credentials' ? t('account.oldWrong') : code === 'bad_input' ? t('account.weak') : '';
  return (
    <Form<Passwords> form={form} layout="vertical" requiredMark={false} className="xj-password-form" onFinish={(values) => { change.mutate(values); }}>
      {change.error ? <ProblemNote error={change.error} {...(title ? { title } : {})} /> : null}
      <Form.Item name="old" label={t('account.old')} rules={[{ required: true, message: t('setup.missing') }]}>
        <Input.Password autoComplete="current-password" maxLength={256} />
      </Form.Item>
      <Form.Item
        name="next"
        label={t('account.next')}
        extra={t('account.nextWhat', { n: PASSWORD_MIN })}
        rules={[{ required: true, message: t('setup.missing') }, { min: PASSWORD_MIN, message: t('account.short', { n: PASSWORD_MIN }) }]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('account.again')}
        dependencies={['next']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_rule, value: unknown) =>
              value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('account.differ'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('account.change')}
      </Button>
    </Form>
  );
}

export function AccountPage() {
  const { t } = useWords();
  const session = useQuery(sessionQuery);
  useTitle(t('account.title'));
  return (
    <section className="xj-page xj-page-scroll">
      <header className="xj-page-head">
        <h1>{t('account.title')}</h1>
      </header>
      <Answer query={session}>
        {({ person, posts }) => (
          <dl className="xj-facts">
            <div>
              <dt>{t('person.name')}</dt>
              <dd>{person.display_name}</dd>
            </div>
            <div>
              <dt>{t('person.account')}</dt>
              <dd>{person.name}</dd>
            </div>
            <div>
              <dt>{t('post.role')}</dt>
              <dd>
                {posts.map((p) => (p.unit ? t('post.at', { unit: p.unit.name, role: t(`post.role.${p.role}`) }) : t(`post.role.${p.role}`))).join(t('list.semicolon')) ||
                  t('post.none')}
              </dd>
            </div>
          </dl>
        )}
      </Answer>
      <section className="xj-block" aria-labelledby="sessions-h">
        <h2 id="sessions-h">{t('account.sessions')}</h2>
        <p className="xj-faint">{t('account.sessionsWhat')}</p>
        <SessionsTable />
      </section>
      <section className="xj-block" aria-labelledby="password-h">
        <h2 id="password-h">{t('account.password')}</h2>
        <p className="xj-faint">{t('account.passwordWhat')}</p>
        <PasswordForm />
      </section>
    </section>
  );
}
