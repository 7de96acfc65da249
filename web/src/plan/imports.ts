/*
 * plan/imports.ts -- the files that this tab has sent or is sending.
 *
 * They go one after the other, in the order they were given: two versions of one document must
 * arrive in order.  The list lives beside the pages, so that leaving the page stops nothing; only
 * closing the tab does, and the browser asks first.
 */
import { newKey } from '../api/key';
import { LIMITS } from '../api/limits.gen';
import { asProblem, Problem } from '../api/problem';
import type { Import } from '../api/types';
import { upload } from '../api/upload';
import { firstBadLine } from '../kit/utf8';
import { queryString } from './filters';

export type ImportState = 'waiting' | 'sending' | 'compiling' | 'done' | 'failed';

export interface ImportItem {
  id: number;
  programme: number;
  file: File;
  /** One for the act: a second try after a lost answer imports nothing twice. */
  key: string;
  state: ImportState;
  /** Bytes sent. */
  sent: number;
  result: Import | null;
  problem: Problem | null;
  /** The line at which the file stops being UTF-8, where that is the problem. */
  badLine: number | null;
}

export const FILE_MAX = LIMITS.importDocument;

let items: readonly ImportItem[] = [];
let nextId = 1;
let running: { id: number; stop: AbortController } | null = null;
const listeners = new Set<() => void>();
let onImported: () => void = () => undefined;

function put(next: readonly ImportItem[]): void {
  items = next;
  for (const tell of listeners) tell();
}

function change(id: number, changes: Partial<ImportItem>): void {
  put(items.map((item) => (item.id === id ? { ...item, ...changes } : item)));
}

function guardClosing(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** What the server reads; the bytes decide there, the name only filters the dialog. */
export const FILE_KINDS =
  '.txt,.docx,.xlsx,.pdf,.html,.htm,.ofd,.doc,.wps,.rtf,.odt,.xls,.et,.ods,.png,.jpg,.jpeg,.tif,.tiff,.bmp';

/** What is wrong with FILE before a byte of it is sent, or null. */
export function checkFile(file: { size: number }): Problem | null {
  if (file.size === 0) return new Problem('file_empty');
  if (file.size > FILE_MAX) return new Problem('file_too_large');
  return null;
}

async function sendItem(item: ImportItem, signal: AbortSignal): Promise<void> {
  change(item.id, { state: 'sending', sent: 0, problem: null });
  try {
    const url = `/api/v1/documents?${queryString({ programme: item.programme, name: item.file.name.slice(0, 255) })}`;
    const { json } = await upload(url, item.file, {
      key: item.key,
      signal,
      onProgress: (sent) => {
        change(item.id, { sent, state: sent >= item.file.size ? 'compiling' : 'sending' });
      },
    });
    change(item.id, { state: 'done', result: json as Import });
    onImported();
  } catch (thrown) {
    const problem = asProblem(thrown);
    // an answer closes the act; without one the same key may go again
    change(item.id, { state: 'failed', problem, key: problem.mayPass ? item.key : newKey() });
    if (problem.code === 'not_utf8') {
      change(item.id, { badLine: firstBadLine(new Uint8Array(await item.file.arrayBuffer())) });
    }
  }
}

async function run(): Promise<void> {
  if (running) return;
  window.addEventListener('beforeunload', guardClosing);
  for (;;) {
    const item = items.find((one) => one.state === 'waiting');
    if (!item) break;
    running = { id: item.id, stop: new AbortController() };
    await sendItem(item, running.stop.signal);
  }
  running = null;
  window.removeEventListener('beforeunload', guardClosing);
}

/** Queue FILES for PROGRAMME; what cannot be sent is listed as failed with its reason. */
export function addImports(programme: number, files: readonly File[]): void {
  const added = files.map((file): ImportItem => {
    const problem = checkFile(file);
    return {
      id: nextId++,
      programme,
      file,
      key: newKey(),
      state: problem ? 'failed' : 'waiting',
      sent: 0,
      result: null,
      problem,
      badLine: null,
    };
  });
  put([...items, ...added]);
  void run();
}

export function retryImport(id: number): void {
  change(id, { state: 'waiting', problem: null });
  void run();
}

/** Stop ID where it is being sent, and take it off the list otherwise. */
export function removeImport(id: number): void {
  if (running?.id === id) running.stop.abort();
  else put(items.filter((item) => item.id !== id));
}

export function clearImports(): void {
  put(items.filter((item) => item.state !== 'done' && item.state !== 'failed'));
}

export function listImports(): readonly ImportItem[] {
  return items;
}

export function onImportsChange(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** TELL is called after each import that the server took. */
export function setOnImported(tell: () => void): void {
  onImported = tell;
}
