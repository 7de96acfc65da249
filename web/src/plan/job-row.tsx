/* plan/job-row.tsx -- a file that the server keeps as a job: what is being done, how far, what came of it. */
import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, LoadingOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Progress } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem, problemOf } from '../api/problem';
import type { Job } from '../api/types';
import { problemWords } from '../kit/problem-note';
import { useWords, type Words } from '../words/lang';
import { addImports, fileOfJob, forgetJob } from './imports';
import { isOpen, jobsQuery } from './jobs-query';
import { fileSize } from '../words/words';

const ICONS: Record<Job['state'], ReactNode> = {
  waiting: <ClockCircleOutlined />,
  running: <LoadingOutlined />,
  done: <CheckCircleOutlined className="xj-good" />,
  failed: <CloseCircleOutlined className="xj-bad" />,
  cancelled: <MinusCircleOutlined />,
};

function doing({ t }: Words, job: Job): string {
  if (job.cancel_asked) return t('job.cancelling');
  switch (job.doing) {
    case 'converting':
      return t('job.converting');
    case 'recognising':
      return job.total > 0
        ? t('job.recognisingOf', { done: job.done, total: job.total })
        : t('job.recognising', { done: job.done });
    case 'storing':
      return t('job.storing');
    default:
      return t('job.reading');
  }
}

function Running({ job }: { job: Job }) {
  const w = useWords();
  return (
    <>
      {doing(w, job)}
      {job.total > 1 ? (
        <Progress
          percent={Math.round(((job.done - 1) / job.total) * 100)}
          size="small"
          aria-label={w.t('job.progress', { name: job.what.name })}
        />
      ) : null}
    </>
  );
}

/** NAME is the file's, for a document without a title. */
function Done({ result, name }: { result: NonNullable<Job['result']>; name: string }) {
  const { t } = useWords();
  const other = !result.unchanged && result.previous !== null;
  return (
    <>
      <span>
        {result.unchanged
          ? t('import.unchanged', { no: result.no })
          : other
            ? t('import.newVersion', { no: result.no })
            : t('import.newDraft')}{' '}
        <Link to={`/documents/${result.document}?version=${result.version}`}>{result.title || name}</Link>
      </span>
      <span className="xj-faint">{t('import.found', { tasks: result.tasks, warnings: result.warnings })}</span>
      {other ? (
        <Link to={`/documents/${result.document}?version=${result.version}&tab=diff`}>{t('import.seeDiff')}</Link>
      ) : null}
    </>
  );
}

function Failed({ job }: { job: Job }) {
  const w = useWords();
  const { title, advice } = problemWords(w, problemOf(job.problem?.code ?? '', job.problem?.detail ?? ''));
  return (
    <>
      <strong className="xj-bad">{title}</strong>
      <span>{advice}</span>
      {job.problem ? (
        <span className="xj-faint" lang="en">
          {job.problem.detail}
        </span>
      ) : null}
    </>
  );
}

export function JobRow({ job }: { job: Job }) {
  const w = useWords();
  const { t } = w;
  const queries = useQueryClient();
  const { notification } = App.useApp();
  const file = fileOfJob(job.id);
  const open = isOpen(job);
  const refresh = (): void => {
    void queries.invalidateQueries({ queryKey: jobsQuery.queryKey });
  };
  const end = useMutation({
    mutationFn: async () => {
      const params = { path: { job: job.id }, header: { 'Idempotency-Key': newKey() } };
      if (open) await data(api.POST('/api/v1/jobs/{job}/cancel', { params }));
      else await api.DELETE('/api/v1/jobs/{job}', { params });
    },
    onSuccess: () => {
      if (!open) forgetJob(job.id);
    },
    onError: (error) => {
      const problem = asProblem(error);
      // it ended, or was taken away elsewhere, before this arrived: the list will show that
      if (problem.status === 409 || problem.status === 404) return;
      const { title, advice } = problemWords(w, problem);
      notification.error({ title, description: advice });
    },
    onSettled: refresh,
  });
  const again = (): void => {
    if (!file) return;
    addImports(file.programme, [file.file]);
    end.mutate();
  };
  return (
    <li className="xj-import">
      <span aria-hidden="true">{ICONS[job.state]}</span>
      <span className="xj-import-name" title={job.what.name}>
        {job.what.name}
      </span>
      <span className="xj-faint xj-import-size">{fileSize(job.what.size)}</span>
      <span className="xj-import-what">
        {job.state === 'waiting' ? t('job.waiting') : null}
        {job.state === 'running' ? <Running job={job} /> : null}
        {job.result ? <Done result={job.result} name={job.what.name} /> : null}
        {job.state === 'failed' ? <Failed job={job} /> : null}
        {job.state === 'cancelled' ? t('job.cancelled') : null}
      </span>
      <span className="xj-import-acts">
        {file && (job.state === 'failed' || job.state === 'cancelled') ? (
          <Button size="small" onClick={again}>
            {t('act.retry')}
          </Button>
        ) : null}
        <Button
          size="small"
          type="text"
          disabled={end.isPending || (open && job.cancel_asked)}
          aria-label={t(open ? 'job.cancel' : 'import.remove', { name: job.what.name })}
          onClick={() => { end.mutate(); }}
        >
          {open ? t('act.cancel') : '×'}
        </Button>
      </span>
    </li>
  );
}
