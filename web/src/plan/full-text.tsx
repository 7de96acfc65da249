/* plan/full-text.tsx -- a version as it reads: its text with a place to find words, and a link where each task begins. */
import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Answer, Empty } from '../kit/states';
import { useWords } from '../words/lang';
import { layoutOf, lineAt, type Line } from './document-layout';
import { DocumentText, type Notes, type Part } from './document-text';
import './full-text.css';
import { findWords, HITS_MAX, type Hit } from './find-text';
import { registerTextQuery, type RegisterText } from './register-text';
import { useTaskRows } from './tasks-query';

interface TaskLink {
  id: number;
  no: string;
}

/** LINE with its hits marked. */
function partsOf(line: Line, hits: readonly Hit[], current: Hit | undefined): Part[] {
  const parts: Part[] = [];
  const size = (text: string): number => new TextEncoder().encode(text).length;
  let at = 0;
  let from = line.from;
  const add = (to: number, found?: Part['found']): void => {
    if (to <= at) return;
    const text = line.text.slice(at, to);
    parts.push({ text, from, ...(found ? { found } : {}) });
    from += size(text);
    at = to;
  };
  for (const hit of hits) {
    add(hit.from);
    add(hit.to, hit === current ? 'current' : 'some');
  }
  add(line.text.length);
  return parts;
}

function TaskLinks({ tasks }: { tasks: readonly TaskLink[] }) {
  const { t } = useWords();
  return tasks.map((task) => (
    <Link key={task.id} to={`/tasks/${task.id}`} aria-label={t('text.task', { no: task.no })}>
      {task.no}
    </Link>
  ));
}

/** Which tasks begin in which line: those that the reader may see have a link. */
function useTaskLinks(version: number, lines: readonly Line[], placed: RegisterText['tasks']): Notes {
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
    return new Map(Array.from(found, ([line, tasks]) => [line, <TaskLinks key={line} tasks={tasks} />]));
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
  const [search] = useSearchParams();
  const [words, setWords] = useState(() => (search.get('find') ?? '').slice(0, 100));
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layoutOf(register), [register]);
  const { lines } = layout;
  const links = useTaskLinks(version, lines, register.tasks);
  const hits = useMemo(() => findWords(lines, words), [lines, words]);
  const current = hits[at];
  const parts = useMemo(() => {
    const byLine = new Map<number, Hit[]>();
    for (const hit of hits) byLine.set(hit.line, [...(byLine.get(hit.line) ?? []), hit]);
    const found = new Map<number, Part[]>();
    for (const [i, there] of byLine) {
      const line = lines[i];
      if (line) found.set(i, partsOf(line, there, current));
    }
    return found;
  }, [lines, hits, current]);

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
      {/* a wide table makes it scroll, so it must be reachable by keyboard */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={box} className="xj-text-lines" role="group" aria-label={t('version.tab.text')} tabIndex={0}>
        <DocumentText layout={layout} parts={parts} notes={links} />
      </div>
    </div>
  );
}

export function FullText({ version }: { version: number }) {
  const register = useQuery(registerTextQuery(version));
  return <Answer query={register}>{(found) => <Text version={version} register={found} />}</Answer>;
}
