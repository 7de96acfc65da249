/* plan/task-source.tsx -- shows, on demand, where in the document a task was read from. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Range } from '../kit/marked-text';
import { Answer } from '../kit/states';
import { useWords } from '../words/lang';
import { registerTextQuery } from './register-text';
import { SourceWords } from './source-words';

function Source({ version, range }: { version: number; range: Range }) {
  const register = useQuery(registerTextQuery(version));
  return <Answer query={register}>{({ text }) => <SourceWords text={text} range={range} />}</Answer>;
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
