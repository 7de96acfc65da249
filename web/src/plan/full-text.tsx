/* plan/full-text.tsx -- a version as it reads: its text with a place to find words, and a link where each task begins. */
import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { memo, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Answer, Empty } from '../kit/states';
import { useWords } from '../words/lang';
import { lineAt, linesOf, type Line } from './check/source-index';
import './full-text.css';
import { findWords, HITS_MAX, type Hit } from './find-text';
import { registerTextQuery, type RegisterText } from './register-text';
import { useTaskRows } from './tasks-query';

interface TaskLink {
  id: number;
  no: string;
}

interface LineProps {
  text: string;
  tasks: readonly TaskLink[] | undefined;
  hits: readonly Hit[] | undefined;
  current: Hit | undefined;
}

const TextLine = memo(function TextLine({ text, tasks, hits, current }: LineProps) {
  const { t } = useWords();
  const parts: ReactNode[] = [];
  let at = 0;
  for (const hit of hits ?? []) {
    parts.push(text.slice(at, hit.from));
    parts.push(
      <mark key={hit.from} className={hit === current ? 'xj-text-current' : undefined} aria-current={hit === current ? 'true' : undefined}>
        {text.slice(hit.from, hit.to)}
      </mark>,
    );
    at = hit.to;
  }
  parts.push(text.slice(at));
  return (
    <div className="xj-text-line">
      <span className="xj-text-tasks xj-no-print">
        {tasks?.map((task) => (
          <Link key={task.id} to={`/tasks/${task.id}`} aria-label={t('text.task', { no: task.no })}>
            {task.no}
          </Link>
        ))}
      </span>
      <p>{text === '' ? '\u00a0' : parts}</p>
    </div>
  );
});

/** Which tasks begin in which line: those that the reader may see have a link. */
function useTaskLinks(version: number, lines: readonly Line[], placed: RegisterText['tasks']): ReadonlyMap<number, TaskLink[]> {
  const filters = useMemo(() => ({ version }), [version]);
  const { rows, query } = useTaskRows(filters, 'plan');
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return useMemo(() => {
    const waiting = new Map<string, TaskLink[]>();
    for (const row of rows) {
      const name = `${row.action_no}/${row.no}`;
      waiting.set(name, [...(waiting.get(name) ?? []), { id: row.id, no: row.no }]);
    }
    const found = new Map<number, TaskLink[]>();
    for (const place of placed) {
      const link = waiting.get(place.at)?.shift();
      if (!link || place.to <= place.from) continue;
      const line = lineAt(lines, place.from);
      found.set(line, [...(found.get(line) ?? []), link]);
    }
    return found;
  }, [rows, placed, lines]);
}

function Find({ words, onWords, count, at, onMove }: { words: string; onWords: (words: string) => void; count: number; at: number; onMove: (by: number) => void }) {
  const { t } = useWords();
  const said = count === 0 ? t('text.none') : t(count === HITS_MAX ? 'text.placeMore' : 'text.place', { at: at + 1, n: count });
  return (
    <div className="xj-text-find xj-no-print" role="search" aria-label={t('text.find')}>
      <Input
        className="xj-text-words"
        aria-label={t('text.find')}
        placeholder={t('text.find')}
        allowClear
        maxLength={100}
        value={words}
        onChange={(event) => { onWords(event.target.value); }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) onMove(event.shiftKey ? -1 : 1);
        }}
      />
      <Button icon={<UpOutlined />} aria-label={t('text.previous')} disabled={count === 0} onClick={() => { onMove(-1); }} />
      <Button icon={<DownOutlined />} aria-label={t('text.next')} disabled={count === 0} onClick={() => { onMove(1); }} />
      <span role="status">{words.trim() === '' ? '' : said}</span>
    </div>
  );
}

function Text({ version, register }: { version: number; register: RegisterText }) {
  const { t } = useWords();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => linesOf(register.text), [register.text]);
  const links = useTaskLinks(version, lines, register.tasks);
  const hits = useMemo(() => findWords(lines, words), [lines, words]);
  const byLine = useMemo(() => {
    const found = new Map<number, Hit[]>();
    for (const hit of hits) found.set(hit.line, [...(found.get(hit.line) ?? []), hit]);
    return found;
  }, [hits]);
  const current = hits[at];

  useEffect(() => {
    if (current) box.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' });
  }, [current]);

  if (register.text === '') return <Empty title={t('text.empty')} />;
  return (
    <div className="xj-text">
      <Find
        words={words}
        onWords={(next) => { setWords(next); setAt(0); }}
        count={hits.length}
        at={at}
        onMove={(by) => { if (hits.length > 0) setAt((at + by + hits.length) % hits.length); }}
      />
      <div ref={box} className="xj-text-lines">
        {lines.map((line, i) => (
          <TextLine key={line.from} text={line.text} tasks={links.get(i)} hits={byLine.get(i)} current={current?.line === i ? current : undefined} />
        ))}
      </div>
    </div>
  );
}

export function FullText({ version }: { version: number }) {
  const register = useQuery(registerTextQuery(version));
  return <Answer query={register}>{(found) => <Text version={version} register={found} />}</Answer>;
}
