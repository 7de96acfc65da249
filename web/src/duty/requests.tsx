/*
 * duty/requests.tsx -- what a unit asks of the office (延期, 中止, 调整): the unit's form and the state of
 * what it asked, at the task or the return; the office's answer.
 */
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, Modal, Popconfirm, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import type { DutyRequest } from '../api/types';
import { owedWords } from '../kit/owed-words';
import { useRights } from '../kit/rights';
import { useActOn } from '../kit/use-act';
import { useWords, type Words } from '../words/lang';
import { DUTY_KEYS, requestsOfQuery, type RequestPlace } from './duty-query';
import { Refused } from './parts';
import './signing.css';

const DAY = 'YYYY-MM-DD';
const REQUEST_KEYS = ['requests', 'return', ...DUTY_KEYS] as const;

export type Ask = DutyRequest['ask'];

/** What was asked for, in a sentence. */
export function requestWords(w: Words, r: Pick<DutyRequest, 'ask' | 'due'>): string {
  return r.due ? w.t('request.askTo', { ask: w.t(`request.ask.${r.ask}`), date: w.date(r.due) }) : w.t('request.askIt', { ask: w.t(`request.ask.${r.ask}`) });
}

function DayField(props: { id: string; label: string; required: boolean; value: string | undefined; extra?: string | undefined; onChange: (day: string | undefined) => void }) {
  return (
    <Form.Item label={props.label} htmlFor={props.id} required={props.required} extra={props.extra}>
      <DatePicker id={props.id} value={props.value ? dayjs(props.value) : null} onChange={(day: dayjs.Dayjs | null) => { props.onChange(day?.format(DAY)); }} />
    </Form.Item>
  );
}

/** What a request is about, as a link to it. */
export function RequestedThing({ request: r }: { request: DutyRequest }) {
  const w = useWords();
  const words = requestedWords(w, r);
  const to = r.kind === 'return' ? `/returns/${r.about_id}` : r.duty === null ? null : `/duties/${r.duty}`;
  return to ? <Link to={to}>{words}</Link> : <span>{words}</span>;
}

export function requestedWords(w: Words, r: DutyRequest): string {
  return r.kind === null ? r.title : owedWords(w, { kind: r.kind, unit_name: r.unit_name, period: r.period ?? '', title: r.title, duty: r.duty });
}

/* ---- the unit ---- */

function AskDialog({ place, asks, due: now, onClose }: { place: RequestPlace; asks: readonly Ask[]; due: string | null; onClose: () => void }) {
  const w = useWords();
  const { t } = w;
  const [kind, setKind] = useState<Ask>(asks[0] ?? 'extend');
  const [why, setWhy] = useState('');
  const [due, setDue] = useState<string | undefined>();
  const act = useActOn(
    REQUEST_KEYS,
    (_: undefined, key) =>
      data(api.POST('/api/v1/requests', {
        params: { header: { 'Idempotency-Key': key } },
        body: { about: place.about, about_id: place.id, ask: kind, why: why.trim(), ...(due && kind !== 'suspend' ? { due } : {}) },
      })),
    onClose,
  );
  const dated = kind !== 'suspend' && now !== null;
  return (
    <Modal
      open
      title={t('request.title')}
      okText={t('request.send')}
      okButtonProps={{ disabled: why.trim() === '' || (kind === 'extend' && !due) }}
      cancelText={t('act.cancel')}
      confirmLoading={act.isPending}
      onOk={() => { act.mutate(undefined); }}
      onCancel={onClose}
    >
      <p className="xj-faint">{t('request.what')}</p>
      <Refused error={act.error} />
      <Form layout="vertical" component="div">
        {asks.length > 1 ? (
          <Form.Item label={t('request.ask')}>
            <Segmented<Ask> aria-label={t('request.ask')} value={kind} options={asks.map((value) => ({ value, label: t(`request.ask.${value}`) }))} onChange={setKind} />
          </Form.Item>
        ) : null}
        {dated ? (
          <DayField id="request-due" label={t('duty.newDue')} required={kind === 'extend'} value={due} extra={t('duty.dueWas', { date: now })} onChange={setDue} />
        ) : null}
        <Form.Item label={t('duty.why')} htmlFor="request-why" required>
          <Input.TextArea id="request-why" rows={3} maxLength={1000} value={why} onChange={(event) => { setWhy(event.target.value); }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Withdraw({ request }: { request: DutyRequest }) {
  const { t } = useWords();
  const act = useActOn(REQUEST_KEYS, (_: undefined, key) =>
    data(api.POST('/api/v1/requests/{request}/withdrawal', { params: { path: { request: request.id }, header: { 'If-Match': `"${request.version}"`, 'Idempotency-Key': key } }, body: {} })));
  return (
    <>
      <Popconfirm title={t('request.withdrawSure')} okText={t('request.withdraw')} cancelText={t('act.cancel')} onConfirm={() => { act.mutate(undefined); }}>
        <Button size="small" loading={act.isPending}>{t('request.withdraw')}</Button>
      </Popconfirm>
      <Refused error={act.error} />
    </>
  );
}

/** One request as the unit reads it. */
export function RequestLine({ request }: { request: DutyRequest }) {
  const w = useWords();
  const { t } = w;
  return (
    <>
      <span className={`xj-state${request.state === 'asked' ? ' xj-row-returned' : ''}`}>{t(`request.state.${request.state}`)}</span>{' '}
      {t('request.line', { what: requestWords(w, request), name: request.asked_name, date: w.date(request.asked_on) })}
      {t('list.colon')}
      {request.why}
      {request.answered_name ? `${t('list.semicolon')}${t('request.answered', { name: request.answered_name, date: request.answered_on ? w.date(request.answered_on) : '' })}` : ''}
      {request.answer ? `${t('list.colon')}${request.answer}` : ''}
    </>
  );
}

/** At a task or a return: what was asked about it, and (for its unit) the way to ask. */
export function Requests(props: { place: RequestPlace; asks: readonly Ask[]; due: string | null; mayAsk: boolean }) {
  const { t } = useWords();
  const right = useRights();
  const [asking, setAsking] = useState(false);
  const found = useQuery({ ...requestsOfQuery(props.place), enabled: right('request.read') !== null });
  const items = (found.data?.items ?? []).toReversed();
  const own = props.mayAsk && right('request.ask') !== null;
  const open = items.some((item) => item.state === 'asked');
  const canAsk = own && !open && found.data !== undefined && props.asks.length > 0;
  if (items.length === 0 && !canAsk) return null;
  return (
    <section className="xj-requests" aria-label={t('request.heading')}>
      {items.length > 0 ? (
        <ul className="xj-sign-moves">
          {items.map((item) => (
            <li key={item.id}>
              <RequestLine request={item} /> {own && item.state === 'asked' ? <Withdraw request={item} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {canAsk ? <Button size="small" className="xj-no-print" onClick={() => { setAsking(true); }}>{t(props.asks.length > 1 ? 'request.start' : 'request.startExtend')}</Button> : null}
      {asking ? <AskDialog place={props.place} asks={props.asks} due={props.due} onClose={() => { setAsking(false); }} /> : null}
    </section>
  );
}

/* ---- the office ---- */

function AnswerDialog({ request, grant, onClose }: { request: DutyRequest; grant: boolean; onClose: () => void }) {
  const w = useWords();
  const { t } = w;
  const [words, setWords] = useState('');
  const [due, setDue] = useState<string | undefined>(request.due ?? undefined);
  const act = useActOn(
    REQUEST_KEYS,
    (_: undefined, key) =>
      data(api.POST('/api/v1/requests/{request}/answer', {
        params: { path: { request: request.id }, header: { 'If-Match': `"${request.version}"`, 'Idempotency-Key': key } },
        body: { grant, ...(words.trim() ? { words: words.trim() } : {}), ...(grant && due && due !== request.due ? { due } : {}) },
      })),
    onClose,
  );
  return (
    <Modal
      open
      title={t(grant ? 'request.grantOf' : 'request.declineOf', { unit: request.unit_name, what: requestWords(w, request) })}
      okText={t(grant ? 'request.grant' : 'request.decline')}
      okButtonProps={{ disabled: !grant && words.trim() === '' }}
      cancelText={t('act.cancel')}
      confirmLoading={act.isPending}
      onOk={() => { act.mutate(undefined); }}
      onCancel={onClose}
    >
      <p>{t('request.because', { why: request.why })}</p>
      <Refused error={act.error} />
      <Form layout="vertical" component="div">
        {grant && request.due ? <DayField id="answer-due" label={t('request.givenDue')} required value={due} extra={request.now_due ? t('duty.dueWas', { date: request.now_due }) : undefined} onChange={setDue} /> : null}
        <Form.Item label={t(grant ? 'request.wordsIfAny' : 'request.words')} htmlFor="answer-words" required={!grant}>
          <Input.TextArea id="answer-words" rows={3} maxLength={700} value={words} onChange={(event) => { setWords(event.target.value); }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function RequestAnswer({ request }: { request: DutyRequest }) {
  const w = useWords();
  const { t } = w;
  const [answering, setAnswering] = useState<'grant' | 'decline' | null>(null);
  const of = { unit: request.unit_name, what: requestWords(w, request) };
  return (
    <span className="xj-row-line">
      <Button size="small" type="primary" aria-label={t('request.grantOf', of)} onClick={() => { setAnswering('grant'); }}>{t('request.grant')}</Button>
      <Button size="small" aria-label={t('request.declineOf', of)} onClick={() => { setAnswering('decline'); }}>{t('request.decline')}</Button>
      {answering ? <AnswerDialog key={answering} request={request} grant={answering === 'grant'} onClose={() => { setAnswering(null); }} /> : null}
    </span>
  );
}
