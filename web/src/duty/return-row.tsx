/* duty/return-row.tsx -- a row of a return: the plan's words and last time's beside what is said now. */
import { Alert, Button, Input, Segmented } from 'antd';
import { useEffect, useId, useState } from 'react';
import type { ReportFeed, ReportRow } from '../api/types';
import { wordsOfTask } from '../kit/plan-words';
import { problemWords } from '../kit/problem-note';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import { mistakes, type Said, type SaidFigure } from './said';
import { useRow, type RowWriter } from './use-row';

const TEXT_MAX = 5000;

/** What the plan says, and what was said last time. */
export function Beside({ row }: { row: ReportRow }) {
  const { t, date } = useWords();
  return (
    <div className="xj-beside">
      <h3>{t('return.planWords')}</h3>
      <p className="xj-words">{wordsOfTask(row.title, row.words) || row.title}</p>
      {row.last ? (
        <>
          <h3>{t('return.lastTime', { date: date(row.last.due) })}</h3>
          <p className="xj-words">{row.last.text}</p>
          {row.last.percent === null ? null : <p className="xj-faint">{t('return.percentWas', { n: row.last.percent })}</p>}
          {row.last.difficulties ? <p className="xj-words">{t('return.difficulties')}{t('list.colon')}{row.last.difficulties}</p> : null}
        </>
      ) : (
        <p className="xj-faint">{t('return.firstTime')}</p>
      )}
    </div>
  );
}

/** What the office remarked, the newest first. */
export function Remarks({ row }: { row: ReportRow }) {
  const { t } = useWords();
  if (row.remarks.length === 0) return null;
  return (
    <ul className="xj-remarks" aria-label={t('return.remarks')}>
      {[...row.remarks].reverse().map((remark) => (
        <li key={remark.id}>
          {remark.quote ? <q>{remark.quote}</q> : null} {remark.remark} <span className="xj-faint">{remark.by}</span>
        </li>
      ))}
    </ul>
  );
}

/** How far the keeping of a row is, in words; silent readers are told of trouble alone. */
function KeepingNote({ writer }: { writer: RowWriter }) {
  const w = useWords();
  const { keeping, problem } = writer;
  if (keeping === 'conflict') {
    return (
      <Alert
        type="warning"
        showIcon
        title={w.t('return.conflict')}
        description={w.t('return.conflictWhat')}
        action={
          <span className="xj-acts">
            <Button size="small" onClick={writer.takeTheirs}>{w.t('return.takeTheirs')}</Button>
            <Button size="small" onClick={writer.keepMine}>{w.t('return.keepMine')}</Button>
          </span>
        }
      />
    );
  }
  if (keeping === 'failed' && problem) {
    return <Alert type="error" showIcon role="alert" title={problemWords(w, problem).title} description={problem.fields[0]?.message ?? problemWords(w, problem).advice} />;
  }
  return <p className={keeping === 'waiting' ? 'xj-bad' : 'xj-faint'} aria-live="polite">{w.t(`return.keeping.${keeping}`)}</p>;
}

function Figures({ row, said, wrong, change }: { row: ReportRow; said: Said; wrong: Set<string>; change: (part: Partial<Said>) => void }) {
  const { t } = useWords();
  const id = useId();
  if (row.figures.length === 0) return null;
  const set = (i: number, part: Partial<Said['figures'][number]>): void => {
    change({ figures: said.figures.map((f, n) => (n === i ? { ...f, ...part } : f)), same: false });
  };
  return (
    <div className="xj-figures">
      {row.figures.map((f, i) => {
        const now = said.figures[i];
        if (!now) return null;
        const { fed } = f;
        const bad = wrong.has(`figure${i}`);
        return (
          <div key={`${f.indicator} ${f.measure}`} className="xj-figure">
            <label htmlFor={`${id}${i}`}>{f.indicator}</label>
            <Input
              id={`${id}${i}`}
              size="small"
              inputMode="decimal"
              className="xj-number"
              suffix={f.measure}
              value={now.value}
              status={bad ? 'error' : ''}
              aria-invalid={bad}
              aria-describedby={`${id}${i}g`}
              onChange={(event) => { set(i, { value: event.target.value }); }}
            />
            <Segmented<SaidFigure['span']>
              size="small"
              aria-label={t('return.span', { name: f.indicator })}
              value={now.span}
              options={[{ value: 'period', label: t('return.span.period') }, { value: 'to_date', label: t('return.span.to_date') }]}
              onChange={(span) => { set(i, { span }); }}
            />
            {fed ? (
              <Button size="small" onClick={() => { set(i, { value: String(fed.value), span: fed.span }); }}>
                {t('return.fed', { value: formatNumber(fed.value), measure: f.measure, span: t(`return.span.${fed.span}`), n: fed.units })}
              </Button>
            ) : null}
            <span id={`${id}${i}g`} className={bad ? 'xj-bad' : 'xj-faint'}>
              {bad ? t('return.noNumber') : t('return.goal', { words: f.goals ?? '' })}
              {!bad && f.last_value !== null ? ` ${t('return.figureWas', { value: formatNumber(f.last_value), span: t(`return.span.${f.last_span ?? 'to_date'}`) })}` : ''}
            </span>
          </div>
        );
      })}
    </div>
  );
}

function Feed({ feed, quote }: { feed: ReportFeed; quote: (text: string) => void }) {
  const { t } = useWords();
  return (
    <li>
      <strong>{feed.unit.name}</strong>{' '}
      {feed.given ? (
        <>
          <span className="xj-words">{feed.text}</span>{' '}
          {feed.figures.map((f) => (
            <span key={f.indicator} className="xj-faint">
              {f.indicator} {f.value === null ? '' : formatNumber(f.value)} {f.measure}{' '}
            </span>
          ))}
          <Button size="small" type="link" onClick={() => { quote(feed.text); }}>{t('return.quote')}</Button>
        </>
      ) : (
        <span className="xj-faint">{t('return.notGiven')}</span>
      )}
    </li>
  );
}

/** Those whose words flow into the row: how many handed over, who is missing, all of it quoted at once. */
function Feeds({ row, quote }: { row: ReportRow; quote: (text: string) => void }) {
  const { t } = useWords();
  const given = row.feeds.filter((feed) => feed.given);
  const missing = row.feeds.filter((feed) => !feed.given).map((feed) => feed.unit.name);
  if (row.feeds.length === 0) return null;
  return (
    <>
      <p className="xj-faint">
        {t('return.givenOf', { n: given.length, all: row.feeds.length })}
        {missing.length > 0 ? ` ${t('return.missing', { names: missing.join(t('list.comma')) })}` : ''}
        {given.length > 1 ? (
          <Button size="small" type="link" onClick={() => { quote(given.map((feed) => `${feed.unit.name}${t('list.colon')}${feed.text}`).join('\n')); }}>{t('return.quoteAll')}</Button>
        ) : null}
      </p>
      <ul className="xj-feeds" aria-label={t('return.feeds')}>
        {row.feeds.map((feed) => <Feed key={feed.unit.id} feed={feed} quote={quote} />)}
      </ul>
    </>
  );
}

/** Counties that return the task themselves: what they sent is read here, and flows into no sum. */
function Counties({ row }: { row: ReportRow }) {
  const { t } = useWords();
  if (row.counties.length === 0) return null;
  const sent = row.counties.filter((county) => county.sent_on !== null);
  return (
    <details className="xj-feeds">
      <summary>{t('return.counties')} {t('return.givenOf', { n: sent.length, all: row.counties.length })}</summary>
      <ul aria-label={t('return.counties')}>
        {row.counties.map((county) => (
          <li key={county.unit.id}>
            <strong>{county.unit.name}</strong>{' '}
            <span className="xj-faint">{county.sent_on === null ? t('return.countyMissing') : t('return.countySent', { date: county.sent_on })}</span>{' '}
            {county.text === null ? null : <span className="xj-words">{county.text}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface WriteProps {
  return: number;
  unit: number;
  row: ReportRow;
  feeding: boolean;
  /** Says how to send what is not kept yet, while the row is shown. */
  register: (duty: number, flush: (() => Promise<boolean>) | null) => void;
}

/** The row as somebody fills it. */
export function WriteRow(props: WriteProps) {
  const { row, feeding } = props;
  const { t } = useWords();
  const writer = useRow({ return: props.return, unit: props.unit, row });
  const { said, change, flush } = writer;
  const [more, setMore] = useState(said.difficulties !== '' || said.next_step !== '');
  const wrong = mistakes(said);
  const id = useId();
  const { register } = props;
  const open = writer.keeping !== 'kept';
  useEffect(() => {
    register(row.duty, open ? flush : null);
    return () => { register(row.duty, null); };
  }, [register, row.duty, open, flush]);

  const quote = (text: string): void => {
    change({ text: said.text ? `${said.text}\n${text}` : text, same: false });
  };
  return (
    <div className="xj-write">
      <Remarks row={row} />
      {feeding ? null : <><Feeds row={row} quote={quote} /><Counties row={row} /></>}
      <label htmlFor={`${id}t`} className="xj-hidden">{t('return.textOf', { title: row.title })}</label>
      <Input.TextArea
        id={`${id}t`}
        autoSize={{ minRows: 3, maxRows: 12 }}
        maxLength={TEXT_MAX}
        placeholder={said.same ? t('return.sameHolds') : t('return.textHint')}
        value={said.text}
        onChange={(event) => { change({ text: event.target.value, same: false }); }}
      />
      <Figures row={row} said={said} wrong={wrong} change={change} />
      <div className="xj-write-line">
        <label htmlFor={`${id}p`}>{t('return.percent')}</label>
        <Input
          id={`${id}p`}
          size="small"
          inputMode="numeric"
          className="xj-percent"
          suffix="%"
          value={said.percent}
          status={wrong.has('percent') ? 'error' : ''}
          aria-invalid={wrong.has('percent')}
          onChange={(event) => { change({ percent: event.target.value, same: false }); }}
        />
        {wrong.has('percent') ? <span className="xj-bad">{t('return.noPercent')}</span> : null}
        {row.last ? (
          <Button
            size="small"
            type={said.same ? 'primary' : 'default'}
            aria-pressed={said.same}
            onClick={() => { change({ same: !said.same, text: '', difficulties: '', next_step: '' }); }}
          >
            {t('return.same')}
          </Button>
        ) : null}
        {more ? null : <Button size="small" type="link" onClick={() => { setMore(true); }}>{t('return.more')}</Button>}
        {feeding ? (
          <Button size="small" type="primary" disabled={said.text.trim() === ''} onClick={() => void flush({ give: true })}>
            {t('return.give')}
          </Button>
        ) : null}
        <span className="xj-grow" />
        <KeepingNote writer={writer} />
      </div>
      {more ? (
        <div className="xj-write-more">
          <label htmlFor={`${id}d`}>{t('return.difficulties')}</label>
          <Input.TextArea id={`${id}d`} autoSize={{ minRows: 1, maxRows: 6 }} maxLength={TEXT_MAX} value={said.difficulties} onChange={(event) => { change({ difficulties: event.target.value, same: false }); }} />
          <label htmlFor={`${id}n`}>{t('return.nextStep')}</label>
          <Input.TextArea id={`${id}n`} autoSize={{ minRows: 1, maxRows: 6 }} maxLength={TEXT_MAX} value={said.next_step} onChange={(event) => { change({ next_step: event.target.value, same: false }); }} />
        </div>
      ) : null}
    </div>
  );
}

/** What was said, for reading, review and print. */
export function SaidRow({ row }: { row: ReportRow }) {
  const { t } = useWords();
  return (
    <div className="xj-write">
      <Remarks row={row} />
      {row.same ? <p className="xj-faint">{t('return.sameSaid')}</p> : null}
      <p className="xj-words">{row.text || t('return.nothing')}</p>
      {row.figures.filter((f) => f.value !== null).map((f) => (
        <p key={f.indicator}>
          {f.indicator}{t('list.colon')}<strong>{formatNumber(f.value ?? 0)}</strong> {f.measure} <span className="xj-faint">{t(`return.span.${f.span ?? 'to_date'}`)} · {f.goals}</span>
        </p>
      ))}
      {row.percent === null ? null : <p>{t('return.percent')} {row.percent}%</p>}
      {row.difficulties ? <p className="xj-words">{t('return.difficulties')}{t('list.colon')}{row.difficulties}</p> : null}
      {row.next_step ? <p className="xj-words">{t('return.nextStep')}{t('list.colon')}{row.next_step}</p> : null}
      {row.on_behalf ? <p className="xj-faint">{t('return.onBehalf', { by: row.changed_by ?? '' })}</p> : null}
    </div>
  );
}

