/*
 * inspect/visit-draft.ts -- what is typed during a visit, kept on the device until it is sent.
 *
 * A visit may be where there is no line: words and pictures lie in the browser's IndexedDB (local
 * storage is too small for pictures) and are sent once, under a key that stays the same until
 * something else is typed.  Pictures follow the record, one by one, and each goes from here when the
 * server has it.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { newKey } from '../api/key';
import type { FindingGrade, Visit } from '../api/types';

export type AnswerWord = Visit['items'][number]['answer'];

export interface FoundDraft {
  words: string;
  grade: FindingGrade;
  place: string;
  position: { latitude: number; longitude: number } | null;
  pictures: Blob[];
}

export interface VisitDraft {
  key: string;
  answers: Record<number, { answer: AnswerWord; note: string }>;
  findings: FoundDraft[];
  summary: string;
  /** Pictures of findings that the server has already. */
  uploads: { finding: number; key: string; picture: Blob }[];
}

export const emptyFound = (): FoundDraft => ({ words: '', grade: 'general', place: '', position: null, pictures: [] });

/** What the server has of VISIT, as the start of a draft. */
export function draftOf(visit: Visit): VisitDraft {
  return {
    key: newKey(),
    answers: Object.fromEntries(visit.items.map((item) => [item.id, { answer: item.answer, note: item.note }])),
    findings: [],
    summary: visit.summary,
    uploads: [],
  };
}

/** The record that DRAFT says; findings without a word are left out. */
export function recordOf(draft: VisitDraft, visit: Visit) {
  const known = new Set(visit.items.map((item) => item.id));
  return {
    answers: Object.entries(draft.answers)
      .map(([id, said]) => ({ id: Number(id), ...said }))
      .filter((said) => known.has(said.id)),
    findings: saidFindings(draft).map(({ words, grade, place, position }) => ({ words: words.trim(), grade, place: place.trim(), ...(position ?? {}) })),
    summary: draft.summary,
  };
}

export function saidFindings(draft: VisitDraft): FoundDraft[] {
  return draft.findings.filter((found) => found.words.trim() !== '');
}

/** Pictures of DRAFT for the findings IDS that its record made, in the same order. */
export function uploadsOf(draft: VisitDraft, ids: readonly number[]): VisitDraft['uploads'] {
  return saidFindings(draft).flatMap((found, i) => {
    const finding = ids[i];
    return finding === undefined ? [] : found.pictures.map((picture) => ({ finding, key: newKey(), picture }));
  });
}

/* ---- the device ---- */

const STORE = 'visits';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('xingjian', 1);
    asked.onupgradeneeded = () => { asked.result.createObjectStore(STORE); };
    asked.onsuccess = () => { resolve(asked.result); };
    asked.onerror = () => { reject(asked.error ?? new Error('no storage')); };
  });
}

async function ask<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    return await new Promise((resolve, reject) => {
      const request = run(db.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => { resolve(request.result); };
      request.onerror = () => { reject(request.error ?? new Error('no storage')); };
    });
  } finally {
    db.close();
  }
}

const load = (name: string): Promise<VisitDraft | undefined> => ask('readonly', (store) => store.get(name) as IDBRequest<VisitDraft | undefined>);
const save = (name: string, draft: VisitDraft): Promise<unknown> => ask('readwrite', (store) => store.put(draft, name));
const forget = (name: string): Promise<unknown> => ask('readwrite', (store) => store.delete(name));

export interface DraftKeeper {
  /** null until the device was asked. */
  draft: VisitDraft | null;
  /** Something is here that the server has not. */
  dirty: boolean;
  /** False where the device keeps nothing: then it lives as long as the page. */
  kept: boolean;
  change: (part: Partial<VisitDraft>) => void;
  /** The server has it all. */
  done: (visit: Visit) => void;
  /** The record is there, pictures are not. */
  setUploads: (visit: Visit, uploads: VisitDraft['uploads']) => Promise<void>;
}

/** The draft of PERSON for VISIT: another person at the same device has another. */
export function useVisitDraft(visit: Visit, person: number): DraftKeeper {
  const name = `${person}.${visit.id}`;
  const [draft, setDraft] = useState<VisitDraft | null>(null);
  const [dirty, setDirty] = useState(false);
  const [kept, setKept] = useState(true);
  const first = useRef(visit);
  const writes = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    let here = true;
    load(name)
      .then((left) => {
        if (!here) return;
        setDraft(left ?? draftOf(first.current));
        setDirty(left !== undefined);
      })
      .catch(() => {
        if (!here) return;
        setKept(false);
        setDraft(draftOf(first.current));
      });
    return () => { here = false; };
  }, [name]);

  /* One write behind the other, so that the last one typed is the last one kept. */
  const write = useCallback((work: () => Promise<unknown>): Promise<void> => {
    const next = writes.current.then(work).then(() => { setKept(true); }, () => { setKept(false); });
    writes.current = next;
    return next;
  }, []);

  const change = (part: Partial<VisitDraft>): void => {
    if (!draft) return;
    const next = { ...draft, ...part, key: newKey() };
    setDraft(next);
    setDirty(true);
    void write(() => save(name, next));
  };
  const done = (now: Visit): void => {
    setDraft(draftOf(now));
    setDirty(false);
    void write(() => forget(name));
  };
  const setUploads = (now: Visit, uploads: VisitDraft['uploads']): Promise<void> => {
    const next = { ...draftOf(now), uploads };
    setDraft(next);
    setDirty(uploads.length > 0);
    return write(() => (uploads.length > 0 ? save(name, next) : forget(name)));
  };
  return { draft, dirty, kept, change, done, setUploads };
}
