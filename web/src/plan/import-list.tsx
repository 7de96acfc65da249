/* plan/import-list.tsx -- what became of each file that was dropped, and what to do where it failed. */
import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Import, Job } from '../api/types';
import { problemWords } from '../kit/problem-note';
import { useWords } from '../words/lang';
import { clearImports, removeImport, retryImport, type ImportItem } from './imports';
import { JobRow } from './job-row';
import { isOpen } from './jobs-query';
import { fileSize } from '../words/words';
import { documentName } from './parts';

function Outcome({ result }: { result: Import }) {
  const { t } = useWords();
  const { document, summary } = result.version;
  const { tasks, warnings } = summary.counts;
  const diff = result.diff;
  return (
    <>
      <span>
        {result.unchanged
          ? t('import.unchanged', { no: summary.no })
          : diff
            ? t('import.newVersion', { no: summary.no })
            : t('import.newDraft')}{' '}
        <Link to={`/documents/${document.id}?version=${summary.id}`}>{documentName(document, summary)}</Link>
      </span>
      <span className="xj-faint">
        {diff && !result.unchanged
          ? t('import.diff', {
              added: diff.added.length,
              dropped: diff.dropped.length,
              changed: diff.changed.length,
              same: diff.same,
            })
          : t('import.found', { tasks, warnings })}
      </span>
      {diff && !result.unchanged ? (
        <Link to={`/documents/${document.id}?version=${summary.id}&tab=diff`}>{t('import.seeDiff')}</Link>
      ) : null}
    </>
  );
}

function Row({ item }: { item: ImportItem }) {
  const w = useWords();
  const { t } = w;
  const icons: Record<ImportItem['state'], ReactNode> = {
    waiting: <ClockCircleOutlined />,
    sending: <LoadingOutlined />,
    compiling: <LoadingOutlined />,
    done: <CheckCircleOutlined className="xj-good" />,
    failed: <CloseCircleOutlined className="xj-bad" />,
  };
  const busy = item.state === 'sending' || item.state === 'compiling';
  const percent = Math.min(100, Math.round((item.sent / Math.max(1, item.file.size)) * 100));
  const words = item.problem ? problemWords(w, item.problem) : null;
  return (
    <li className="xj-import">
      <span aria-hidden="true">{icons[item.state]}</span>
      <span className="xj-import-name" title={item.file.name}>
        {item.file.name}
      </span>
      <span className="xj-faint xj-import-size">{fileSize(item.file.size)}</span>
      <span className="xj-import-what">
        {item.state === 'waiting' ? t('import.waiting') : null}
        {item.state === 'sending' ? (
          <>
            {t('import.sending')}
            <Progress percent={percent} size="small" aria-label={t('import.progress', { name: item.file.name })} />
          </>
        ) : null}
        {item.state === 'compiling' ? t('import.compiling') : null}
        {item.result ? <Outcome result={item.result} /> : null}
        {words ? (
          <>
            <strong className="xj-bad">{words.title}</strong>
            {item.badLine ? <span>{t('import.badLine', { n: item.badLine })}</span> : null}
            <span>{words.advice}</span>
          </>
        ) : null}
      </span>
      <span className="xj-import-acts">
        {item.problem && (item.problem.mayPass || item.problem.code === 'cancelled') ? (
          <Button size="small" onClick={() => { retryImport(item.id); }}>
            {t('act.retry')}
          </Button>
        ) : null}
        <Button
          size="small"
          type="text"
          aria-label={t(busy ? 'import.stop' : 'import.remove', { name: item.file.name })}
          onClick={() => { removeImport(item.id); }}
        >
          {busy ? t('act.cancel') : '×'}
        </Button>
      </span>
    </li>
  );
}

/** JOBS are the server's, oldest first; ITEMS this tab's. */
export function ImportList({ items, jobs, onClearJobs }: { items: readonly ImportItem[]; jobs: readonly Job[]; onClearJobs: () => void }) {
  const { t } = useWords();
  const all = items.length + jobs.length;
  if (all === 0) return null;
  const settled =
    items.filter((i) => i.state === 'done' || i.state === 'failed').length + jobs.filter((job) => !isOpen(job)).length;
  return (
    <section className="xj-imports" aria-label={t('import.title')}>
      <header>
        <h2>{t('import.title')}</h2>
        <span className="xj-faint" role="status">
          {t('import.settled', { settled, all })}
        </span>
        <span className="xj-grow" />
        {settled > 0 ? (
          <Button size="small" type="link" onClick={() => { clearImports(); onClearJobs(); }}>
            {t('import.clear')}
          </Button>
        ) : null}
      </header>
      <ul>
        {jobs.map((job) => (
          <JobRow key={`job-${job.id}`} job={job} />
        ))}
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}
