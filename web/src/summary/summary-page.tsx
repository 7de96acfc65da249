/* summary/summary-page.tsx -- one summary: its text beside what its sentences rest on, its versions, sending it. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, data } from '../api/client';
import { Problem } from '../api/problem';
import type { Summary, SummaryBasis } from '../api/types';
import { useActOn } from '../kit/use-act';
import { DownloadButton } from '../kit/download-button';
import { useDraft } from '../kit/draft';
import '../kit/letter.css';
import { ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { Answer } from '../kit/states';
import { useTitle } from '../kit/title';
import { instantInTable } from '../words/dates';
import { useWords } from '../words/lang';
import { changedLines, plainText } from './changed';
import { SUMMARY_KEYS, summaryQuery } from './summary-query';
import './summary.css';

/** The page on which BASIS is to be seen. */
function placeOf(basis: SummaryBasis): string {
  if (basis.kind === 'finding') return `/findings/${basis.about}`;
  if (basis.kind === 'duty' || basis.kind === 'move') return `/duties/${basis.about}`;
  return `/returns/${basis.about}`;
}

/** What stands under one mark: quotations one by one, counts with what they count. */
function Mark({ mark, items }: { mark: number; items: SummaryBasis[] }) {
  const w = useWords();
  const counted = [...new Set(items.flatMap((b) => (b.counted === null ? [] : [b.counted])))];
  return (
    <li>
      <b>〔{mark}〕</b>{' '}
      {items.filter((b) => b.counted === null).map((b, i) => <span key={i}>{w.tCode('summary.basis', b.kind)} <Link to={placeOf(b)}>{b.words}</Link> </span>)}
      {counted.map((word) => {
        const these = items.filter((b) => b.counted === word);
        return (
          <details key={word}>
            <summary>{w.tCode('summary.counted', word)} {these.length}</summary>
            <ul>{these.map((b, i) => <li key={i}><Link to={placeOf(b)}>{b.words}</Link></li>)}</ul>
          </details>
        );
      })}
    </li>
  );
}

function Basis({ summary }: { summary: Summary }) {
  const { t } = useWords();
  const marks = [...new Set(summary.basis.map((b) => b.mark))];
  return (
    <aside className="xj-summary-basis xj-no-print" aria-label={t('summary.basisTitle')}>
      <h2>{t('summary.basisTitle')}</h2>
      <p className="xj-faint">{t('summary.basisAdvice')}</p>
      <ol className="xj-summary-marks">
        {marks.map((mark) => <Mark key={mark} mark={mark} items={summary.basis.filter((b) => b.mark === mark)} />)}
      </ol>
    </aside>
  );
}

function Send({ summary }: { summary: Summary }) {
  const { t } = useWords();
  const act = useActOn(SUMMARY_KEYS, (_: null, key) =>
    data(api.POST('/api/v1/summaries/{summary}/send', { params: { path: { summary: summary.id }, header: { 'If-Match': `"${summary.version}"`, 'Idempotency-Key': key } } })));
  return (
    <>
      {act.error ? <ProblemNote error={act.error} /> : null}
      <Popconfirm title={t('summary.sendSure')} okText={t('summary.send')} cancelText={t('act.cancel')} onConfirm={() => { act.mutate(null); }}>
        <Button loading={act.isPending}>{t('summary.send')}</Button>
      </Popconfirm>
    </>
  );
}

/** The text in work; what is typed stays in this browser until it is kept as a version. */
function Write({ summary, maySend }: { summary: Summary; maySend: boolean }) {
  const { t } = useWords();
  const [heading, setHeading] = useDraft(`summary.${summary.id}.heading`);
  const [body, setBody] = useDraft(`summary.${summary.id}.body`);
  const now = { heading: heading || summary.heading, body: body || summary.body };
  const changed = now.heading !== summary.heading || now.body !== summary.body;
  const keep = useActOn(
    SUMMARY_KEYS,
    (text: typeof now, key) =>
      data(api.PUT('/api/v1/summaries/{summary}', { params: { path: { summary: summary.id }, header: { 'If-Match': `"${summary.version}"`, 'Idempotency-Key': key } }, body: text })),
    () => {
      setHeading('');
      setBody('');
    },
  );
  return (
    <section className="xj-summary-text xj-no-print" aria-label={t('summary.text')}>
      {keep.error ? <ProblemNote error={keep.error} /> : null}
      <label htmlFor="heading">{t('summary.heading')}</label>
      <Input id="heading" maxLength={200} value={now.heading} onChange={(event) => { setHeading(event.target.value); }} />
      <label htmlFor="body">{t('summary.text')}</label>
      <Input.TextArea id="body" autoSize={{ minRows: 18, maxRows: 60 }} maxLength={100000} value={now.body} onChange={(event) => { setBody(event.target.value); }} />
      <div className="xj-summary-line">
        <Button type="primary" disabled={!changed} loading={keep.isPending} onClick={() => { keep.mutate(now); }}>{t('summary.keep')}</Button>
        {changed ? <span className="xj-faint">{t('summary.changed')}</span> : maySend ? <Send summary={summary} /> : null}
      </div>
    </section>
  );
}

/** What changed from text NO - 1 to text NO. */
function Changes({ id, no }: { id: number; no: number }) {
  const { t } = useWords();
  const before = useQuery(summaryQuery(id, no - 1));
  const after = useQuery(summaryQuery(id, no));
  return (
    <Answer query={before}>
      {(old) => (
        <Answer query={after}>
          {(now) => (
            <ul className="xj-summary-changes" aria-label={t('summary.changesOf', { n: no })}>
              {old.heading === now.heading ? null : <><li><del>{old.heading}</del></li><li><ins>{now.heading}</ins></li></>}
              {changedLines(old.body, now.body).filter((line) => line.how !== 'kept' && line.text !== '').map((line, i) => (
                <li key={i}>{line.how === 'added' ? <ins>{line.text}</ins> : <del>{line.text}</del>}</li>
              ))}
            </ul>
          )}
        </Answer>
      )}
    </Answer>
  );
}

function Versions({ summary }: { summary: Summary }) {
  const { t } = useWords();
  const [open, setOpen] = useState(0);
  return (
    <section className="xj-no-print" aria-label={t('summary.texts')}>
      <h2>{t('summary.texts')}</h2>
      <ul className="xj-summary-versions">
        {summary.texts.map((text) => (
          <li key={text.no}>
            <Link to={text.no === summary.texts.length ? '?' : `?no=${text.no}`}>{t('inspect.textNo', { n: text.no })}</Link>{' '}
            <span className="xj-faint">{text.by} {instantInTable(text.at)}</span>{' '}
            {text.no > 1 ? (
              <Button size="small" type="text" aria-expanded={open === text.no} onClick={() => { setOpen(open === text.no ? 0 : text.no); }}>
                {t('summary.whatChanged', { n: text.no })}
              </Button>
            ) : null}
            {open === text.no ? <Changes id={summary.id} no={text.no} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function SummaryPage() {
  const { t } = useWords();
  const right = useRights();
  const id = Number(useParams().summary);
  const [search] = useSearchParams();
  const no = Number(search.get('no')) || undefined;
  const query = useQuery({ ...summaryQuery(id, no), enabled: id > 0 });
  useTitle(query.data?.heading ?? t('nav.summaries'));
  return (
    <section className="xj-page">
      <Answer query={id > 0 ? query : { data: undefined, error: new Problem('not_found'), refetch: () => undefined }}>
        {(summary) => {
          const writing = summary.state === 'draft' && right('return.draft') !== null && !no;
          return (
            <div className="xj-summary xj-upright">
              <header className="xj-page-head xj-no-print">
                <Link to="/summaries">{t('nav.summaries')}</Link>
                <span className="xj-state">{summary.sent_on ? t('summary.sentOn', { date: summary.sent_on }) : t('summary.isDraft')}</span>
                <span className="xj-grow" />
                <DownloadButton label={t('summary.word')} url={`/api/v1/summaries/${summary.id}/export${no ? `?no=${no}` : ''}`} name={`${summary.heading}.docx`} />
                <Button onClick={() => { window.print(); }}>{t('print.act')}</Button>
              </header>
              <h1 className={writing ? 'xj-hidden' : undefined}>{summary.heading}</h1>
              <div className="xj-summary-halves">
                {writing ? <Write key={summary.version} summary={summary} maySend={right('return.send') !== null} /> : (
                  <section className="xj-summary-text xj-no-print" aria-label={t('summary.text')}><p className="xj-summary-read">{summary.body}</p></section>
                )}
                <Basis summary={summary} />
              </div>
              <Versions summary={summary} />
              <article className="xj-letter" aria-hidden="true">
                <h1>{summary.heading}</h1>
                {plainText(summary.body).split('\n').map((line, i) => <p key={i}>{line}</p>)}
              </article>
            </div>
          );
        }}
      </Answer>
    </section>
  );
}
