/*
 * duty/return-signing.tsx -- a return on its way through its unit's own signatures: who is asked, who
 * has signed, what was said, and the acts of who may sign or takes it back.
 */
import { useQuery } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import type { ReturnSigning, Signature, Signing, SignStep } from '../api/types';
import { useRights } from '../kit/rights';
import { useActOn } from '../kit/use-act';
import { instantInTable } from '../words/dates';
import { useWords, type Words } from '../words/lang';
import { DUTY_KEYS } from './duty-query';
import { Refused } from './parts';
import { signingQuery } from './return-query';
import './signing.css';
import { WhyDialog } from './why-dialog';

/** What a signing changes. */
const SIGN_KEYS = ['return', 'signings', ...DUTY_KEYS] as const;

export function postWords(w: Words, step: Pick<SignStep, 'role' | 'section'>): string {
  return step.section ? w.t('signing.postOf', { section: step.section.name, post: w.t(`signing.role.${step.role}`) }) : w.t(`signing.role.${step.role}`);
}

/** Who signed for which post, and when, in a line. */
export function signatureWords(w: Words, s: Signature): string {
  const words = { post: postWords(w, s), name: s.name ?? '', date: s.on ? w.date(s.on) : '' };
  return w.t(s.in_place ? 'signing.signedInPlace' : 'signing.signed', words);
}

/** The signing of return ID for who may look into the unit, undefined for others; whether it is known yet. */
export function useSigning(id: number, asked: boolean): { signing: ReturnSigning | undefined; known: boolean } {
  const right = useRights();
  const enabled = asked && right('signing.read') !== null;
  const query = useQuery({ ...signingQuery(id), enabled });
  return { signing: query.data, known: !enabled || !query.isPending };
}

export function waitingOf(signing: ReturnSigning | undefined): Signing | undefined {
  return signing?.rounds.find((round) => round.state === 'waiting');
}

function Steps({ round }: { round: Signing }) {
  const w = useWords();
  const { t } = w;
  return (
    <ol className="xj-sign-steps" aria-label={t('signing.steps')}>
      {round.steps.map((step, i) => (
        <li key={i /* they do not move */} aria-current={i === round.at && round.state === 'waiting' ? 'step' : undefined}>
          {step.name
            ? signatureWords(w, step)
            : i === round.at && round.state === 'waiting'
              ? t('signing.waitsFor', { post: postWords(w, step), names: round.asked.join(t('list.comma')) || t('signing.nobody') })
              : t('signing.then', { post: postWords(w, step) })}
        </li>
      ))}
    </ol>
  );
}

function Acts({ id, round }: { id: number; round: Signing }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const header = (key: string) => ({ 'If-Match': `"${round.version}"`, 'Idempotency-Key': key });
  const sign = useActOn(
    SIGN_KEYS,
    (body: { sign: boolean; why?: string }, key) => data(api.POST('/api/v1/returns/{return}/signature', { params: { path: { return: id }, header: header(key) }, body })),
    (now) => {
      setAsking(false);
      message.success(t(now.head.open ? (now.rounds[0]?.state === 'sent_back' ? 'signing.sentBack' : 'signing.done') : 'signing.out'));
    },
  );
  const withdraw = useActOn(
    SIGN_KEYS,
    (_: undefined, key) => data(api.POST('/api/v1/returns/{return}/withdrawal', { params: { path: { return: id }, header: header(key) }, body: {} })),
    () => { message.success(t('signing.withdrawn')); },
  );
  const last = round.at === round.steps.length - 1;
  return (
    <>
      <div className="xj-acts xj-no-print">
        {round.may === 'no' ? null : (
          <>
            <Button type="primary" loading={sign.isPending && sign.variables.sign} onClick={() => { sign.mutate({ sign: true }); }}>
              {t(round.may === 'in_place' ? 'signing.signInPlace' : last ? 'signing.signOut' : 'signing.sign')}
            </Button>
            <Button onClick={() => { sign.reset(); setAsking(true); }}>{t('signing.sendBack')}</Button>
          </>
        )}
        <Popconfirm title={t('signing.withdrawSure')} okText={t('signing.withdraw')} cancelText={t('act.cancel')} onConfirm={() => { withdraw.mutate(undefined); }}>
          <Button loading={withdraw.isPending}>{t('signing.withdraw')}</Button>
        </Popconfirm>
        <span className="xj-faint">{t(round.may === 'no' ? 'signing.stands' : last ? 'signing.lastWhat' : 'signing.nextWhat')}</span>
      </div>
      {asking ? null : <Refused error={sign.error} />}
      <Refused error={withdraw.error} />
      {asking ? (
        <WhyDialog title={t('signing.sendBack')} error={sign.error} busy={sign.isPending} onDo={(why) => { sign.mutate({ sign: false, why }); }} onClose={() => { sign.reset(); setAsking(false); }} />
      ) : null}
    </>
  );
}

function Noted({ rounds }: { rounds: readonly Signing[] }) {
  const { t, tCode } = useWords();
  const moves = rounds.flatMap((round) => round.history).toSorted((a, b) => b.id - a.id);
  if (moves.length === 0) return null;
  return (
    <details className="xj-no-print">
      <summary>{t('signing.history', { n: moves.length })}</summary>
      <ul className="xj-sign-moves">
        {moves.map((move) => (
          <li key={move.id}>
            <span className="xj-nowrap xj-faint">{instantInTable(move.recorded_at)}</span> {move.person_name} {tCode('signing.move', move.move)}
            {move.why ? `${t('list.colon')}${move.why}` : ''}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Where nobody is left to sign, what can be done about it. */
function Nobody({ unit }: { unit: number }) {
  const { t } = useWords();
  return (
    <p className="xj-note">
      {t('signing.nobodyWhat')} <Link to={`/units/${unit}?tab=people`}>{t('unit.tab.people')}</Link> <Link to={`/units/${unit}?tab=signing`}>{t('unit.tab.signing')}</Link>
    </p>
  );
}

/** What the unit sees of the signatures under its return: above the rows. */
export function SigningPanel({ signing }: { signing: ReturnSigning }) {
  const w = useWords();
  const { t } = w;
  const round = waitingOf(signing);
  const [lastRound] = signing.rounds;
  const back = !round && signing.head.open && lastRound?.state === 'sent_back' ? lastRound.history.find((move) => move.move === 'send_back') : undefined;
  if (signing.chain.length === 0 && signing.rounds.length === 0) return null;
  return (
    <section className="xj-signing" aria-labelledby="signing-h">
      <h2 id="signing-h">{t('signing.heading')}</h2>
      {round ? (
        <>
          <p>
            <span className="xj-state xj-row-returned">{t('signing.state.waiting')}</span> {t('signing.sentBy', { name: round.started_by, date: w.date(round.started_on) })}
          </p>
          <Steps round={round} />
          {round.asked.length === 0 ? <Nobody unit={signing.head.unit.id} /> : null}
          <Acts id={signing.head.id} round={round} />
        </>
      ) : signing.head.open ? (
        <>
          {back ? <p className="xj-note" role="status">{t('signing.cameBack', { name: back.person_name, why: back.why ?? '' })}</p> : null}
          {signing.chain.length > 0 ? (
            <p className="xj-faint">
              {t('signing.willAsk', { posts: signing.chain.map((step) => `${postWords(w, step)}${step.holders.length > 0 ? w.t('signing.holders', { names: step.holders.join(t('list.comma')) }) : w.t('signing.noHolder')}`).join(' → ') })}
            </p>
          ) : null}
        </>
      ) : null}
      <Noted rounds={signing.rounds} />
    </section>
  );
}

/** With whose signatures a return that was sent left its unit. */
export function SignedBy({ signatures }: { signatures: readonly Signature[] }) {
  const w = useWords();
  if (signatures.length === 0) return null;
  return <p className="xj-faint">{w.t('signing.signedBy', { who: signatures.map((s) => signatureWords(w, s)).join(w.t('list.semicolon')) })}</p>;
}
