/*
 * duty/row-files.tsx -- the files of a row, or of the whole return: those there, those on their way.
 *
 * What is small goes in one request, what is large in pieces that go on after the line broke.
 */
import { CloseOutlined, DeleteOutlined, DownloadOutlined, PaperClipOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm, Progress } from 'antd';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, data } from '../api/client';
import { download, saveAs } from '../api/download';
import { newKey } from '../api/key';
import { sendPieces } from '../api/pieces';
import { asProblem, Problem } from '../api/problem';
import type { Evidence } from '../api/types';
import { upload } from '../api/upload';
import { problemWords } from '../kit/problem-note';
import { useWords } from '../words/lang';
import { fileSize } from '../words/words';
import { filesQuery } from './return-query';

const SMALL = 8 << 20;
const LARGEST = 512 << 20;
export const KINDS = '.doc,.docx,.wps,.rtf,.xls,.xlsx,.et,.pdf,.ofd,.txt,.csv,.jpg,.jpeg,.png,.mp4,.mov';

export interface Place {
  return: number;
  unit: number;
  /** The row's duty task; null: the whole return. */
  duty: number | null;
  purpose?: 'evidence' | 'original';
  came_by?: 'oa' | 'mail' | 'chat' | 'paper';
  came_on?: string;
}

interface Going {
  onProgress: (sent: number) => void;
  onWaiting: (waiting: boolean) => void;
  signal: AbortSignal;
}

/** Bring FILE to PLACE, however large it is; KEY makes a second sending the same act. */
export async function addFile(place: Place, file: File, key: string, going: Going): Promise<void> {
  if (file.size === 0) throw new Problem('file_empty');
  if (file.size > LARGEST) throw new Problem('file_too_large');
  const { return: id, duty, ...more } = place;
  if (file.size <= SMALL) {
    const query = new URLSearchParams({ name: file.name.slice(-255), ...Object.fromEntries(Object.entries(more).map(([k, v]) => [k, String(v)])) });
    if (duty !== null) query.set('duty', String(duty));
    await upload(`/api/v1/returns/${id}/files?${query}`, file, { key, later: false, signal: going.signal, onProgress: going.onProgress });
    return;
  }
  const sent = await sendPieces(file, going);
  await data(
    api.POST('/api/v1/returns/{return}/files/uploaded', {
      params: { path: { return: id }, header: { 'Idempotency-Key': key } },
      body: { upload: sent, ...more, ...(duty === null ? {} : { duty }) },
      signal: going.signal,
    }),
  );
}

interface Item {
  key: string;
  file: File;
  sent: number;
  waiting: boolean;
  problem: Problem | null;
  stop: AbortController;
}

function useAdding(place: Place) {
  const queries = useQueryClient();
  const [items, setItems] = useState<Item[]>([]);
  const set = (key: string, part: Partial<Item> | null): void => {
    setItems((old) => (part ? old.map((item) => (item.key === key ? { ...item, ...part } : item)) : old.filter((item) => item.key !== key)));
  };
  const run = async (item: Item): Promise<void> => {
    try {
      await addFile(place, item.file, item.key, {
        signal: item.stop.signal,
        onProgress: (sent) => { set(item.key, { sent }); },
        onWaiting: (waiting) => { set(item.key, { waiting }); },
      });
      await queries.invalidateQueries({ queryKey: ['return', place.return, 'files'] });
      set(item.key, null);
    } catch (thrown) {
      const problem = asProblem(thrown);
      set(item.key, problem.code === 'cancelled' ? null : { problem, waiting: false });
    }
  };
  return {
    items,
    add: (files: File[]) => {
      const added = files.map((file): Item => ({ key: newKey(), file, sent: 0, waiting: false, problem: null, stop: new AbortController() }));
      setItems((old) => [...old.filter((item) => !item.problem), ...added]);
      for (const item of added) void run(item);
    },
    retry: (item: Item) => {
      const again = { ...item, problem: null, stop: new AbortController() };
      set(item.key, again);
      void run(again);
    },
    drop: (item: Item) => {
      item.stop.abort();
      set(item.key, null);
    },
  };
}

function Adding({ item, retry, drop }: { item: Item; retry: () => void; drop: () => void }) {
  const w = useWords();
  const { t } = w;
  const percent = Math.min(100, Math.floor((item.sent / Math.max(1, item.file.size)) * 100));
  return (
    <li>
      <span className="xj-line">{item.file.name}</span>
      {item.problem ? (
        <span className="xj-bad" role="alert">
          {problemWords(w, item.problem).title} {problemWords(w, item.problem).advice}
        </span>
      ) : (
        <>
          <Progress className="xj-file-progress" percent={percent} size="small" aria-label={t('files.sending', { name: item.file.name })} />
          <span className={item.waiting ? 'xj-bad' : 'xj-faint'} aria-live="polite">
            {item.waiting ? t('files.waiting') : percent === 100 ? t('files.looking') : ''}
          </span>
        </>
      )}
      {item.problem?.mayPass ? <Button size="small" onClick={retry}>{t('act.retry')}</Button> : null}
      <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('files.stop', { name: item.file.name })} onClick={drop} />
    </li>
  );
}

/** A file that is there: fetched on a click, taken away by whose it is. */
export function FileLine({ file, canRemove }: { file: Evidence; canRemove: boolean }) {
  const w = useWords();
  const { t, date } = w;
  const queries = useQueryClient();
  const { notification } = App.useApp();
  const say = (thrown: unknown): void => {
    const { title, advice } = problemWords(w, asProblem(thrown));
    notification.error({ title, description: advice });
  };
  const save = async (): Promise<void> => {
    try {
      saveAs(await download(`/api/v1/files/${file.id}`, new AbortController().signal, () => undefined), file.name);
    } catch (thrown) {
      say(thrown);
    }
  };
  const remove = async (): Promise<void> => {
    try {
      await api.DELETE('/api/v1/files/{file}', { params: { path: { file: file.id }, header: { 'Idempotency-Key': newKey() } } });
      await queries.invalidateQueries({ queryKey: ['return', file.return, 'files'] });
    } catch (thrown) {
      say(thrown);
    }
  };
  const notes = [
    fileSize(file.size),
    file.came_by ? t(`files.by.${file.came_by}`) : '',
    file.came_on ? t('files.cameOn', { date: date(file.came_on) }) : '',
    file.bare ? t('files.bare') : '',
    file.on_behalf ? t('files.onBehalf', { by: file.added_by }) : '',
  ].filter(Boolean);
  return (
    <li>
      <Button size="small" type="link" className="xj-file" icon={<DownloadOutlined />} aria-label={t('files.download', { name: file.name })} onClick={() => void save()}>
        {file.name}
      </Button>
      <span className="xj-faint">{notes.join(' · ')}</span>
      {canRemove ? (
        <Popconfirm title={t('files.removeAsk')} okText={t('files.removeDo')} cancelText={t('act.cancel')} onConfirm={() => void remove()}>
          <Button size="small" type="text" className="xj-no-print" icon={<DeleteOutlined />} aria-label={t('files.remove', { name: file.name })} />
        </Popconfirm>
      ) : null}
    </li>
  );
}

/** The files at PLACE; with CAN CHANGE more may be added. */
export function RowFiles({ place, as, title, canChange }: { place: Place; as?: number; title: string; canChange: boolean }) {
  const { t } = useWords();
  const files = useQuery(filesQuery(place.return, as));
  const { items, add, retry, drop } = useAdding(place);
  const input = useRef<HTMLInputElement>(null);
  const here = files.data?.items.filter((file) => file.duty === place.duty) ?? [];
  const asked = files.data?.asked.filter((one) => one.duty === place.duty) ?? [];
  if (!canChange && here.length === 0) return null;
  return (
    <div className="xj-files" role="group" aria-label={t('files.of', { title })}>
      {asked.length > 0 ? <p className="xj-faint">{t('files.asked', { name: asked.map((one) => one.name).join(t('list.comma')) })}</p> : null}
      {here.length + items.length > 0 ? (
        <ul>
          {here.map((file) => <FileLine key={file.id} file={file} canRemove={canChange && file.unit.id === place.unit} />)}
          {items.map((item) => <Adding key={item.key} item={item} retry={() => { retry(item); }} drop={() => { drop(item); }} />)}
        </ul>
      ) : null}
      {canChange ? (
        <p className="xj-no-print">
          <Button size="small" type={asked.length > 0 ? 'default' : 'link'} icon={<PaperClipOutlined />} onClick={() => input.current?.click()}>{t('files.add')}</Button>{' '}
          {asked.length > 0 ? <span className="xj-faint">{t('files.hint')}</span> : null}
          <input
            ref={input}
            type="file"
            multiple
            hidden
            accept={KINDS}
            aria-label={t('files.of', { title })}
            onChange={(event) => {
              const chosen = Array.from(event.target.files ?? []);
              event.target.value = ''; // the same file may be chosen again
              if (chosen.length > 0) add(chosen);
            }}
          />
        </p>
      ) : null}
    </div>
  );
}
