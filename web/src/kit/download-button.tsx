/* kit/download-button.tsx -- fetch a file that the server makes, with its progress, and save it. */
import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { download, saveAs } from '../api/download';
import { asProblem } from '../api/problem';
import { useWords } from '../words/lang';
import { problemWords } from './problem-note';

interface Props {
  label: string;
  url: string;
  /** The file's name on the user's disk. */
  name: string;
  disabled?: boolean;
}

/** Not a plain link: that would save a refusal as if it were the file, and could not wait for a session. */
export function DownloadButton({ label, url, name, disabled = false }: Props) {
  const w = useWords();
  const { notification } = App.useApp();
  const [got, setGot] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);

  const run = async (): Promise<void> => {
    stop.current = new AbortController();
    setGot(0);
    try {
      saveAs(await download(url, stop.current.signal, setGot), name);
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code !== 'cancelled') {
        const { title, advice } = problemWords(w, problem);
        notification.error({ title: w.t('download.failed', { title }), description: advice });
      }
    } finally {
      setGot(null);
    }
  };

  if (got !== null) {
    return (
      <Button loading onClick={() => stop.current?.abort()}>
        {w.t('download.running', { kb: Math.ceil(got / 1024) })}
      </Button>
    );
  }
  return (
    <Button icon={<DownloadOutlined />} disabled={disabled} onClick={() => void run()}>
      {label}
    </Button>
  );
}
