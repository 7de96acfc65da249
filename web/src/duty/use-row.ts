/*
 * duty/use-row.ts -- one row of a return while somebody writes it: kept here at once, on the server
 * a moment later.
 *
 * What is typed goes into this browser's storage with each key, so that a lost line, a reload or an
 * ended session loses nothing; the server gets it when typing rests.  One request is on its way at a
 * time; what was typed meanwhile goes next.
 */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem, type Problem } from '../api/problem';
import type { ReportRow } from '../api/types';
import { draftOf, saidOf, type Said } from './said';

const REST_MS = 900;
const AGAIN_MS = 5000;
const PREFIX = 'xingjian.return.';

interface Stored {
  version: number;
  said: Said;
}

function load(name: string): Stored | null {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? null : (JSON.parse(text) as Stored);
  } catch {
    return null;
  }
}

function store(name: string, stored: Stored | null): void {
  try {
    if (stored) localStorage.setItem(PREFIX + name, JSON.stringify(stored));
    else localStorage.removeItem(PREFIX + name);
  } catch {
    // then it lives as long as the page
  }
}

export type Keeping = 'kept' | 'typing' | 'sending' | 'waiting' | 'conflict' | 'failed';

interface Shown {
  said: Said;
  keeping: Keeping;
  problem: Problem | null;
}

/** Keeps one row; the page shows what it says. */
class RowKeeper {
  private readonly name: string;
  private version: number;
  private shown: Shown;
  private busy = false;
  private timer = 0;
  private listeners = new Set<() => void>();

  constructor(
    private readonly ret: number,
    private readonly unit: number,
    private row: ReportRow,
  ) {
    this.name = `${ret}.${unit}.${row.duty}`;
    const left = load(this.name);
    this.version = left?.version ?? row.version;
    this.shown = { said: left?.said ?? saidOf(row), keeping: left ? 'typing' : 'kept', problem: null };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): Shown => this.shown;

  /** A draft that an earlier page left behind goes to the server; the answer ends all timers. */
  readonly begin = (): (() => void) => {
    if (this.shown.keeping === 'typing') this.later(0);
    return () => { window.clearTimeout(this.timer); };
  };

  readonly change = (part: Partial<Said>): void => {
    const said = { ...this.shown.said, ...part };
    store(this.name, { version: this.version, said });
    this.show({ said, keeping: 'typing' });
    this.later(REST_MS);
  };

  /** Send what is here; true where the server has it. */
  readonly flush = async (more: { give?: boolean } = {}): Promise<boolean> => {
    window.clearTimeout(this.timer);
    if (this.busy) {
      this.later(REST_MS, more);
      return false;
    }
    this.busy = true;
    const { said } = this.shown;
    this.show({ keeping: 'sending' });
    try {
      const kept = await data(
        api.PUT('/api/v1/returns/{return}/rows/{duty}', {
          params: { path: { return: this.ret, duty: this.row.duty }, header: { 'If-Match': `"${this.version}"`, 'Idempotency-Key': newKey() } },
          body: draftOf(said, this.row, this.unit, more),
        }),
      );
      this.version = kept.version;
      const all = this.shown.said === said;
      store(this.name, all ? null : { version: this.version, said: this.shown.said });
      this.show({ keeping: all ? 'kept' : 'typing', problem: null });
      if (!all) this.later(REST_MS);
      return all;
    } catch (thrown) {
      const problem = asProblem(thrown);
      this.show({ problem, keeping: problem.code === 'stale' ? 'conflict' : problem.mayPass ? 'waiting' : 'failed' });
      if (problem.mayPass) this.later(AGAIN_MS, more);
      return false;
    } finally {
      this.busy = false;
    }
  };

  /** Take what the server has instead of what is here. */
  readonly takeTheirs = (): void => {
    void this.reload().then(() => {
      store(this.name, null);
      this.show({ said: saidOf(this.row), keeping: 'kept', problem: null });
    });
  };
  /** Write what is here over what the server has. */
  readonly keepMine = (): void => {
    void this.reload().then(() => this.flush());
  };

  private async reload(): Promise<void> {
    const fresh = await data(api.GET('/api/v1/returns/{return}', { params: { path: { return: this.ret }, query: { as: this.unit } } }));
    const row = fresh.rows.find((r) => r.duty === this.row.duty);
    if (!row) return;
    this.row = row;
    this.version = row.version;
  }

  private show(part: Partial<Shown>): void {
    this.shown = { ...this.shown, ...part };
    for (const listener of this.listeners) listener();
  }

  private later(wait: number, more: { give?: boolean } = {}): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(more), wait);
  }
}

export interface RowWriter extends Shown {
  change: RowKeeper['change'];
  flush: RowKeeper['flush'];
  takeTheirs: RowKeeper['takeTheirs'];
  keepMine: RowKeeper['keepMine'];
}

export function useRow(options: { return: number; unit: number; row: ReportRow }): RowWriter {
  const [keeper] = useState(() => new RowKeeper(options.return, options.unit, options.row));
  useEffect(() => keeper.begin(), [keeper]);
  const shown = useSyncExternalStore(keeper.subscribe, keeper.snapshot);
  const { change, flush, takeTheirs, keepMine } = keeper;
  return { ...shown, change, flush, takeTheirs, keepMine };
}
