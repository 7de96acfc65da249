/*
 * duty/return-page.tsx -- one return (报送单): all tasks of a unit that are due on a day.
 *
 * The unit fills it, units that have part in a task feed it (?as=UNIT), the office reviews it row by
 * row.  Who may do what the server decides; the page follows the return's state.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useCallback, useRef, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem, type Problem } from '../api/problem';
import type { Report, ReportRow } from '../api/types';
import { useKeys } from '../kit/keys';
import { periodWords } from '../kit/period';
import { problemWords, ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { Answer, Empty, Loading } from '../kit/states';
import { useTitle } from '../kit/title';
import { daysBetween, today } from '../words/dates';
import { useWords } from '../words/lang';
import { Requests } from './requests';
import { returnQuery } from './return-query';
import { ReviewRow } from './return-review';
import { Beside, SaidRow, WriteRow } from './return-row';
import { SheetActs } from './return-sheet';
import { SignedBy, SigningPanel, useSigning, waitingOf } from './return-signing';
import { RowFiles } from './row-files';
import './return.css';

function Due({ report }: { report: Report }) {
  const { t, date } = useWords();
  const { head } = report;
  const days = daysBetween(today(), head.due);
  const late = days < 0 && head.open;
  return (
    <p className={late ? 'xj-bad' : undefined}>
      {t('return.due', { date: date(head.due) })}{' '}
      {head.open ? (
        <strong>{days === 0 ? t('deadline.today') : days > 0 ? t('deadline.daysLeft', { n: days }) : t('return.late', { n: -days })}</strong>
      ) : null}{' '}
      <span className="xj-state">{t(`return.state.${head.state}`)}</span>{' '}
      {head.sent_on ? <span className="xj-faint">{t('return.sentOn', { date: date(head.sent_on) })}</span> : null}{' '}
      {head.original_on ? <span className="xj-faint">{t('return.originalOn', { date: date(head.original_on) })}</span> : null}
    </p>
  );
}

function RowFrame({ row, children }: { row: ReportRow; children: React.ReactNode }) {
  const { t } = useWords();
  return (
    <article className="xj-return-row" id={`row-${row.duty}`} tabIndex={-1} aria-labelledby={`row-${row.duty}-h`}>
      <header>
        <h2 id={`row-${row.duty}-h`}>{row.title}</h2>
        {row.action ? <span className="xj-faint">{t('task.place', { action: row.action, no: row.no })}</span> : null}
        {row.state === 'accepted' || row.state === 'returned' ? (
          <span className={`xj-state xj-row-${row.state}`}>{t(`return.row.${row.state}`)}</span>
        ) : null}
        {row.plan_task ? <Link className="xj-no-print" to={`/tasks/${row.plan_task}`}>{t('return.toTask')}</Link> : null}
      </header>
      <div className="xj-return-cols">
        <Beside row={row} />
        {children}
      </div>
    </article>
  );
}

/** Sending: what is typed goes first; a row without a word is pointed at. */
function useSend(report: Report, flushes: React.RefObject<Map<number, () => Promise<boolean>>>) {
  const w = useWords();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const key = useRef(newKey());
  const [missing, setMissing] = useState<Problem | null>(null);
  const act = useMutation({
    mutationFn: async (restSame: boolean) => {
      const kept = await Promise.all([...flushes.current.values()].map((flush) => flush()));
      if (kept.some((done) => !done)) throw asProblem(new Error(w.t('return.notKept')));
      return data(
        api.POST('/api/v1/returns/{return}/send', {
          params: { path: { return: report.head.id }, header: { 'If-Match': `"${report.head.version}"`, 'Idempotency-Key': key.current } },
          body: restSame ? { rest_same: true } : {},
        }),
      );
    },
    onSuccess: (sent) => {
      setMissing(null);
      message.success(w.t(sent.head.open ? 'signing.sent' : 'return.sent'));
      queries.setQueryData(returnQuery(report.head.id).queryKey, sent);
      for (const name of ['return', 'obligations', 'feeds', 'signings']) void queries.invalidateQueries({ queryKey: [name] });
    },
    onError: (thrown) => {
      const problem = asProblem(thrown);
      if (!problem.mayPass) key.current = newKey();
      setMissing(problem);
      const row = /^\/rows\/(\d+)$/.exec(problem.fields[0]?.at ?? '')?.[1];
      if (row) document.querySelector<HTMLElement>(`#row-${row} textarea`)?.focus();
    },
  });
  return { send: (restSame: boolean) => { if (!act.isPending) act.mutate(restSame); }, pending: act.isPending, missing };
}

function Fill({ report, as, signs, onRows }: { report: Report; as: number; signs: boolean; onRows: () => void }) {
  const { t } = useWords();
  const right = useRights();
  const flushes = useRef(new Map<number, () => Promise<boolean>>());
  const register = useCallback((duty: number, flush: (() => Promise<boolean>) | null): void => {
    if (flush) flushes.current.set(duty, flush);
    else flushes.current.delete(duty);
  }, []);
  const { send, pending, missing } = useSend(report, flushes);
  const feeding = as !== report.head.unit.id;
  // who may not send a return may send it to be signed
  const sends = !feeding && (signs || right('return.send') !== null);
  const flushAll = async (): Promise<boolean> => (await Promise.all([...flushes.current.values()].map((flush) => flush()))).every(Boolean);
  const before = report.rows.every((row) => row.last !== null || row.text !== '' || row.state === 'accepted');
  return (
    // Ctrl+Enter sends from any field
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="xj-return"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey && sends) send(false);
      }}
    >
      {feeding ? <p className="xj-faint">{t('return.feedingWhat', { unit: report.head.unit.name })}</p> : null}
      <div className="xj-acts xj-no-print">
        {sends ? <Button type="primary" loading={pending} onClick={() => { send(false); }}>{t(signs ? 'signing.send' : 'return.send')}</Button> : null}
        {before && sends ? <Button disabled={pending} onClick={() => { send(true); }}>{t(signs ? 'signing.sendSame' : 'return.sendSame')}</Button> : null}
        <SheetActs head={report.head} as={as} feeding={feeding} before={flushAll} onKept={onRows} />
        <Button onClick={() => { window.print(); }}>{t('return.print')}</Button>
        <span className="xj-faint">{t('return.keeps')}</span>
      </div>
      {missing ? <ProblemNote error={missing} /> : null}
      {report.rows.map((row) => (
        <RowFrame key={row.duty} row={row}>
          <div>
            {row.state === 'accepted' ? (
              <SaidRow row={row} />
            ) : (
              <WriteRow return={report.head.id} unit={as} row={row} feeding={feeding} register={register} />
            )}
            <RowFiles place={{ return: report.head.id, unit: as, duty: row.duty }} {...(feeding ? { as } : {})} title={row.title} canChange={row.state !== 'accepted'} />
          </div>
        </RowFrame>
      ))}
    </div>
  );
}

function useReview(report: Report) {
  const w = useWords();
  const queries = useQueryClient();
  const { message, notification } = App.useApp();
  const act = useMutation({
    mutationFn: (rows: { duty: number; accepted: boolean; why?: string; quote?: string }[]) =>
      data(
        api.POST('/api/v1/returns/{return}/review', {
          params: { path: { return: report.head.id }, header: { 'If-Match': `"${report.head.version}"`, 'Idempotency-Key': newKey() } },
          body: { rows },
        }),
      ),
    onSuccess: (now) => {
      queries.setQueryData(returnQuery(report.head.id).queryKey, now);
      void queries.invalidateQueries({ queryKey: ['obligations'] });
      if (now.head.state === 'accepted') message.success(w.t('return.acceptedAll'));
    },
    onError: (thrown) => {
      const { title, advice } = problemWords(w, asProblem(thrown));
      notification.warning({ title, description: advice });
      void queries.invalidateQueries({ queryKey: ['return', report.head.id] });
    },
  });
  return act;
}

function Review({ report }: { report: Report }) {
  const { t } = useWords();
  const act = useReview(report);
  const waiting = report.rows.filter((row) => row.state === 'sent' && row.judge === null);
  const [at, setAt] = useState(0);
  const current = waiting[Math.min(at, waiting.length - 1)];
  const go = (step: number): void => {
    const next = Math.max(0, Math.min(waiting.length - 1, at + step));
    setAt(next);
    document.getElementById(`row-${waiting[next]?.duty ?? 0}`)?.focus();
  };
  const judge = (duty: number, accepted: boolean, why?: string, quote?: string): void => {
    if (!act.isPending) act.mutate([{ duty, accepted, ...(why ? { why } : {}), ...(quote ? { quote } : {}) }]);
  };
  useKeys([
    { key: 'j', says: 'keys.down', run: () => { go(1); } },
    { key: 'k', says: 'keys.up', run: () => { go(-1); } },
    { key: 'a', says: 'return.keys.accept', run: () => { if (current) judge(current.duty, true); } },
    { key: 'r', says: 'return.keys.back', run: () => { if (current) document.querySelector<HTMLElement>(`#row-${current.duty} .xj-back`)?.click(); } },
  ]);
  return (
    <div className="xj-return">
      <div className="xj-acts xj-no-print">
        <Button
          type="primary"
          loading={act.isPending}
          disabled={waiting.length === 0}
          onClick={() => { act.mutate(waiting.map((row) => ({ duty: row.duty, accepted: true }))); }}
        >
          {t('return.acceptAll', { n: waiting.length })}
        </Button>
        <span className="xj-faint">{t('return.reviewWhat')}</span>
      </div>
      {report.rows.map((row) => (
        <RowFrame key={row.duty} row={row}>
          <div>
            <ReviewRow row={row} current={row.duty === current?.duty} busy={act.isPending} judge={(accepted, why, quote) => { judge(row.duty, accepted, why, quote); }} />
            <RowFiles place={{ return: report.head.id, unit: report.head.unit.id, duty: row.duty }} title={row.title} canChange={false} />
          </div>
        </RowFrame>
      ))}
    </div>
  );
}

function Read({ report }: { report: Report }) {
  const { t } = useWords();
  return (
    <div className="xj-return">
      <div className="xj-acts xj-no-print">
        <Button onClick={() => { window.print(); }}>{t('return.print')}</Button>
      </div>
      {report.rows.map((row) => (
        <RowFrame key={row.duty} row={row}>
          <div>
            <SaidRow row={row} />
            <RowFiles place={{ return: report.head.id, unit: report.head.unit.id, duty: row.duty }} title={row.title} canChange={false} />
          </div>
        </RowFrame>
      ))}
    </div>
  );
}

/** What is asked of the office about the return, for its unit to ask. */
function Asked({ report }: { report: Report }) {
  const { data: session } = useQuery(sessionQuery);
  const own = session?.posts.some((post) => post.unit?.id === report.head.unit.id) ?? false;
  return <Requests place={{ about: 'obligation', id: report.head.id }} asks={report.head.open ? ['extend'] : []} due={report.head.due} mayAsk={own} />;
}

/** The rows of a return as they are to be written, reviewed or read now. */
function Rows({ report, as, waits, signs }: { report: Report; as: number; waits: boolean; signs: boolean }) {
  const [taken, setTaken] = useState(0); // how often a workbook was taken in: then the fields begin anew
  const filling = report.head.state === 'due' || report.head.state === 'returned';
  if (filling && !waits) return <Fill key={taken} report={report} as={as || report.head.unit.id} signs={signs} onRows={() => { setTaken((n) => n + 1); }} />;
  return report.head.state === 'sent' && !as ? <Review report={report} /> : <Read report={report} />;
}

function Found({ report, as }: { report: Report; as: number }) {
  const w = useWords();
  const { t } = w;
  const { head } = report;
  const title = t('return.title', { unit: head.unit.name, period: periodWords(w, head.period) });
  useTitle(title);
  const { signing, known } = useSigning(head.id, !as);
  return (
    <>
      <h1 className="xj-title">{title}</h1>
      <Due report={report} />
      <SignedBy signatures={report.signatures} />
      {signing ? <SigningPanel signing={signing} /> : null}
      {as ? null : <Asked report={report} />}
      {as ? null : <p className="xj-no-print"><Link to={`/returns/${head.id}/letter`}>{t('letter.make')}</Link></p>}
      {as ? null : <RowFiles place={{ return: head.id, unit: head.unit.id, duty: null, purpose: 'original' }} title={title} canChange={false} />}
      {report.rows.length === 0 ? <Empty title={t('return.noRows')} /> : null}
      {known ? <Rows report={report} as={as} waits={waitingOf(signing) !== undefined} signs={(signing?.chain.length ?? 0) > 0} /> : <Loading />}
    </>
  );
}

export function ReturnPage() {
  const { t } = useWords();
  const { return: id } = useParams();
  const [search] = useSearchParams();
  const as = Number(search.get('as')) || 0;
  const report = useQuery(returnQuery(Number(id) || 0, as || undefined));
  return (
    <section className="xj-page">
      <p className="xj-crumb xj-no-print">
        <Link to="/owed">← {t('return.back')}</Link>
      </p>
      <Answer query={report}>{(found) => <Found key={found.head.state} report={found} as={as} />}</Answer>
    </section>
  );
}
