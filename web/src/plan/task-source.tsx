/* plan/task-source.tsx -- the very words of the plan that a task was read from, marked in their context. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { api, data } from '../api/client';
import { contextOf, type Range } from '../kit/marked-text';
import { Answer } from '../kit/states';
import { useWords } from '../words/lang';

const AROUND = 600; // bytes: about 200 characters on both sides

function Words({ text, range }: { text: string; range: Range }) {
  const { t } = useWords();
  const context = useMemo(() => contextOf(text, range, AROUND), [text, range]);
  return (
    // a region that scrolls must be reachable by keyboard
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="xj-source" role="region" aria-label={t('task.source')} tabIndex={0}>
      {context.cutBefore ? '…' : ''}
      {context.before}
      <mark>{context.words}</mark>
      {context.after}
      {context.cutAfter ? '…' : ''}
    </div>
  );
}

function Source({ version, range }: { version: number; range: Range }) {
  const register = useQuery({
    queryKey: ['version', version, 'text'],
    queryFn: async ({ signal }) => {
      const found: Record<string, unknown> = await data(
        api.GET('/api/v1/versions/{version}/register', { params: { path: { version } }, signal }),
      );
      return typeof found['text'] === 'string' ? found['text'] : '';
    },
    staleTime: Infinity,
  });
  return <Answer query={register}>{(text) => <Words text={text} range={range} />}</Answer>;
}

export function TaskSource({ version, range }: { version: number; range: Range }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <div className="xj-no-print">
      <Button size="small" aria-expanded={open} onClick={() => { setOpen(!open); }}>
        {t(open ? 'task.hideSource' : 'task.showSource')}
      </Button>
      {open ? <Source version={version} range={range} /> : null}
    </div>
  );
}
