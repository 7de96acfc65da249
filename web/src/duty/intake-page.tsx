/*
 * duty/intake-page.tsx -- 收件: what came by OA, mail, chat or on paper is registered for the unit.
 *
 * Files are dropped, sent in pieces, and worked on one after the other.  Below stands what is still
 * owed, and what came.
 */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../api/client';
import { newKey } from '../api/key';
import { sendPieces } from '../api/pieces';
import { asProblem, Problem } from '../api/problem';
import type { UnitRef } from '../api/types';
import { FileDrop } from '../kit/file-drop';
import { problemWords } from '../kit/problem-note';
import { OwedLink } from '../kit/owed-link';
import { periodWords } from '../kit/period';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { UnitField } from '../kit/unit-picker';
import { daysBetween, today } from '../words/dates';
import { useWords } from '../words/lang';
import { cameQuery, dueQuery } from './intake-query';
import { IntakeRegister } from './intake-register';
import { FileLine, KINDS } from './row-files';
import './return.css';
import './intake.css';

const LARGEST = 512 << 20;

interface Item {
  key: string;
  file: File;
  sent: number;
  waiting: boolean;
  upload: number | null;
  problem: Problem | null;
  stop: AbortController;
}

function useQueue() {
  const [items, setItems] = useState<Item[]>([]);
  const set = (key: string, part: Partial<Item> | null): void => {
    setItems((old) => (part ? old.map((item) => (item.key === key ? { ...item, ...part } : item)) : old.filter((item) => item.key !== key)));
  };
  const run = async (item: Item): Promise<void> => {
    try {
      if (item.file.size === 0) throw new Problem('file_empty');
      if (item.file.size > LARGEST) throw new Problem('file_too_large');
      const upload = await sendPieces(item.file, {
        signal: item.stop.signal,
        onProgress: (sent) => { set(item.key, { sent }); },
        onWaiting: (waiting) => { set(item.key, { waiting }); },
      });
      set(item.key, { upload });
    } catch (thrown) {
      const problem = asProblem(thrown);
      set(item.key, problem.code === 'cancelled' ? null : { problem, waiting: false });
    }
  };
  return {
    items,
    add: (files: File[]) => {
      const added = files.map((file): Item => ({ key: newKey(), file, sent: 0, waiting: false, upload: null, problem: null, stop: new AbortController() }));
      setItems((old) => [...old, ...added]);
      for (const item of added) void run(item);
    },
    /** It is registered. */
    done: (item: Item) => { set(item.key, null); },
    drop: (item: Item) => {
      item.stop.abort();
      set(item.key, null);
      if (item.upload === null) return;
      const gone = { params: { path: { upload: item.upload }, header: { 'Tus-Resumable': '1.0.0' as const } } };
      api.DELETE('/api/v1/uploads/{upload}', gone).catch(() => undefined); // else the server drops it in a week
    },
  };
}

function Waiting({ item, drop }: { item: Item; drop: () => void }) {
  const w = useWords();
  const { t } = w;
  return (
    <li>
      <span className="xj-line">{item.file.name}</span>{' '}
      {item.problem ? (
        <span className="xj-bad" role="alert">{problemWords(w, item.problem).title} {problemWords(w, item.problem).advice}</span>
      ) : item.upload !== null ? (
        <span className="xj-faint">{t('intake.waits')}</span>
      ) : (
        <>
          <Progress className="xj-file-progress" size="small" percent={Math.floor((item.sent / Math.max(1, item.file.size)) * 100)} aria-label={t('files.sending', { name: item.file.name })} />
          {item.waiting ? <span className="xj-bad">{t('files.waiting')}</span> : null}
        </>
      )}
      <Button size="small" type="text" aria-label={t('files.stop', { name: item.file.name })} onClick={drop}>×</Button>
    </li>
  );
}

function More({ query }: { query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  const { t } = useWords();
  return query.hasNextPage ? <Button size="small" loading={query.isFetchingNextPage} onClick={() => { query.fetchNextPage(); }}>{t('intake.more')}</Button> : null;
}

/** What is still owed, of all units or one. */
function Due() {
  const { t } = useWords();
  const [unit, setUnit] = useState<UnitRef | null>(null);
  const due = useInfiniteQuery(dueQuery(unit?.id));
  const rows = due.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={t('intake.due')}>
      <header className="xj-page-head">
        <h2>{t('intake.due')}</h2>
        <UnitField label={t('intake.unitFilter')} value={unit} onChange={setUnit} />
      </header>
      <Answer query={due} rows={4}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('intake.noneDue')} />
          ) : (
            <table className="xj-table">
              <thead>
                <tr>
                  <th scope="col">{t('owed.unit')}</th>
                  <th scope="col">{t('owed.what')}</th>
                  <th scope="col">{t('owed.due')}</th>
                  <th scope="col">{t('owed.left')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => {
                  const days = daysBetween(today(), row.due);
                  return (
                    <tr key={row.id}>
                      <td>{row.unit_name}</td>
                      <td><OwedLink row={row} />{row.original_on ? <span className="xj-faint"> {t('intake.originalThere')}</span> : null}</td>
                      <td className="xj-nowrap">{row.due}</td>
                      <td className={days < 0 ? 'xj-bad xj-nowrap' : 'xj-nowrap'}>{days < 0 ? t('return.late', { n: -days }) : days === 0 ? t('deadline.today') : t('deadline.daysLeft', { n: days })}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          )
        }
      </Answer>
      <More query={due} />
    </section>
  );
}

/** What came, the newest first. */
function Came() {
  const w = useWords();
  const { t, tCode } = w;
  const came = useInfiniteQuery(cameQuery);
  const rows = came.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={t('intake.came')}>
      <h2>{t('intake.came')}</h2>
      <Answer query={came} rows={4}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('intake.noneCame')} advice={t('intake.noneCameAdvice')} />
          ) : (
            <ul className="xj-files xj-came">
              {rows.map(({ file, period, state }) => (
                <li key={file.id}>
                  {file.unit.name} <Link to={`/returns/${file.return}`}>{periodWords(w, period)}</Link> <span className="xj-state">{tCode('return.state', state)}</span>
                  <ul><FileLine file={file} canRemove={false} /></ul>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      <More query={came} />
    </section>
  );
}

export function IntakePage() {
  const { t } = useWords();
  const { items, add, done, drop } = useQueue();
  useTitle(t('nav.intake'));
  const current = items.find((item) => item.upload !== null);
  return (
    <section className="xj-page xj-intake-page">
      <header className="xj-page-head">
        <h1>{t('nav.intake')}</h1>
        <span className="xj-faint">{t('intake.purpose')}</span>
      </header>
      <FileDrop hint={t('files.hint')} accept={KINDS} onFiles={add} />
      {items.length > 0 ? (
        <ul className="xj-intake-queue" aria-label={t('intake.queue')}>
          {items.filter((item) => item !== current).map((item) => <Waiting key={item.key} item={item} drop={() => { drop(item); }} />)}
        </ul>
      ) : null}
      {current && current.upload !== null ? (
        <IntakeRegister
          key={current.key}
          file={{ upload: current.upload, name: current.file.name, size: current.file.size }}
          onDone={() => { done(current); }}
          onDrop={() => { drop(current); }}
        />
      ) : (
        <div className="xj-intake-lists">
          <Due />
          <Came />
        </div>
      )}
    </section>
  );
}
