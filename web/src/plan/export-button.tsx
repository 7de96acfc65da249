/* plan/export-button.tsx -- the list as a workbook: the same filters and order, in the page's language. */
import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { download, saveAs } from '../api/download';
import { asProblem } from '../api/problem';
import type { TaskFilters, TaskOrder } from '../api/types';
import { problemWords } from '../kit/problem-note';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { queryString } from './filters';

export function ExportButton({ filters, order, disabled }: { filters: TaskFilters; order: TaskOrder; disabled: boolean }) {
  const w = useWords();
  const { notification } = App.useApp();
  const [got, setGot] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);

  const run = async (): Promise<void> => {
    stop.current = new AbortController();
    setGot(0);
    try {
      const url = `/api/v1/tasks/export.xlsx?${queryString({ ...filters, order, lang: w.lang })}`;
      const blob = await download(url, stop.current.signal, setGot);
      saveAs(blob, `${w.t('export.fileName', { date: today() })}.xlsx`);
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code !== 'cancelled') {
        const { title, todo } = problemWords(w, problem);
        notification.error({ title: w.t('export.failed', { title }), description: todo });
      }
    } finally {
      setGot(null);
    }
  };

  if (got !== null) {
    return (
      <Button onClick={() => stop.current?.abort()} loading>
        {w.t('export.running', { kb: Math.ceil(got / 1024) })}
      </Button>
    );
  }
  return (
    <Button icon={<DownloadOutlined />} disabled={disabled} onClick={() => void run()}>
      {w.t('export.act')}
    </Button>
  );
}
