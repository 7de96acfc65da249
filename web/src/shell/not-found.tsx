/* shell/not-found.tsx -- pages for an address that leads nowhere and for a page that broke. */
import { Button } from 'antd';
import { Link, useRouteError } from 'react-router';
import { asProblem } from '../api/problem';
import { Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { useWords } from '../words/lang';

export function NotFound() {
  const { t } = useWords();
  useTitle(t('notFound.title'));
  return (
    <section className="xj-page">
      <h1>{t('notFound.title')}</h1>
      <Empty title={t('notFound.what')} advice={t('notFound.advice')}>
        <p>
          <Link to="/documents">{t('nav.documents')}</Link> · <Link to="/tasks">{t('nav.tasks')}</Link>
        </p>
      </Empty>
    </section>
  );
}

export function PageError() {
  const { t } = useWords();
  const problem = asProblem(useRouteError());
  useTitle(t('broken.title'));
  return (
    <section className="xj-page" role="alert">
      <h1>{t('broken.title')}</h1>
      <Empty title={t('broken.what')} advice={t('broken.advice')}>
        <Button
          type="primary"
          onClick={() => {
            location.reload();
          }}
        >
          {t('act.reload')}
        </Button>
        <p className="xj-faint">{problem.detail}</p>
      </Empty>
    </section>
  );
}
