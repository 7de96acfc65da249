/* plan/task-page.tsx -- one task under its own address: what a copied link opens. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { Answer } from '../kit/states';
import { useTitle } from '../kit/title';
import { useWords } from '../words/lang';
import { TaskBody } from './task-view';
import { taskQuery } from './tasks-query';

export function TaskPage() {
  const { t } = useWords();
  const { task: id } = useParams();
  const task = useQuery(taskQuery(Number(id) || 0));
  useTitle(task.data?.title ?? t('task.one'));
  return (
    <section className="xj-page xj-page-scroll">
      <p className="xj-no-print">
        <Link to="/tasks">← {t('nav.tasks')}</Link>
      </p>
      <div className="xj-sheet">
        <Answer query={task}>{(found) => <TaskBody task={found} heading="h1" />}</Answer>
      </div>
    </section>
  );
}
