/*
 * plan/imports.ts -- the files that this tab has sent or is sending.
 *
 * They go one after the other, in the order they were given: two versions of one document must
 * arrive in order.  The list lives beside the pages, so that leaving the page stops nothing; only
 * closing the tab does, and the browser asks first.  A file that the server keeps as a job leaves
 * this list: from then on the server tells what becomes of it, in whatever tab (jobs-query.ts).
 */
import { newKey } from '../api/key';
import { LIMITS } from '../api/limits.gen';
import { asProblem, Problem } from '../api/problem';
import type { Import, Job } from '../api/types';
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
  /** Behind the jobs that wait, which it must not overtake; null: not sent yet. */
  later: boolean | null;
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

interface Hooks {
  /** After each import that the server took. */
  onImported: () => void;
  /** The server keeps a file as JOB. */
  onQueued: (job: Job) => void;
  hasOpenJobs: () => boolean;
}
let hooks: Hooks = { onImported: () => undefined, onQueued: () => undefined, hasOpenJobs: () => false };

/** Files that this tab gave to jobs: they can be sent again where the job failed. */
const given = new Map<number, { programme: number; file: File }>();
/** Jobs that this tab has seen open: what became of them is shown until it is taken away. */
const watched = new Set<number>();

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
  const later = item.later ?? hooks.hasOpenJobs();
  change(item.id, { state: 'sending', sent: 0, problem: null, later });
  try {
    const url = `/api/v1/documents?${queryString({ programme: item.programme, name: item.file.name.slice(0, 255) })}`;
    const { status, json } = await upload(url, item.file, {
      key: item.key,
      later,
      signal,
      onProgress: (sent) => {
        change(item.id, { sent, state: sent >= item.file.size ? 'compiling' : 'sending' });
      },
    });
    if (status === 202) {
      const job = json as Job;
      given.set(job.id, { programme: item.programme, file: item.file });
      watched.add(job.id);
      hooks.onQueued(job);
      put(items.filter((one) => one.id !== item.id));
    } else {
      change(item.id, { state: 'done', result: json as Import });
      hooks.onImported();
    }
  } catch (thrown) {
    const problem = asProblem(thrown);
    // an answer closes the act; without one the same key may go again
    change(item.id, problem.mayPass ? { state: 'failed', problem } : { state: 'failed', problem, key: newKey(), later: null });
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
      later: null,
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

export function setImportHooks(next: Hooks): void {
  hooks = next;
}

export function watchJob(id: number): void {
  watched.add(id);
}

export function isWatched(id: number): boolean {
  return watched.has(id);
}

/** The file of job ID, where this tab has it. */
export function fileOfJob(id: number): { programme: number; file: File } | undefined {
  return given.get(id);
}

/** Job ID is off the list. */
export function forgetJob(id: number): void {
  given.delete(id);
  watched.delete(id);
}
