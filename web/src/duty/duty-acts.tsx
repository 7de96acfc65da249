/* duty/duty-acts.tsx -- what may be done with a duty task now, for who looks at it. */
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import type { Duty, DutyStep, Move } from '../api/types';
import { DayField } from '../kit/day-field';
import { useRights } from '../kit/rights';
import { useActOn } from '../kit/use-act';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { Correct } from './duty-correct';
import { Dispatch } from './duty-dispatch';
import { DUTY_KEYS } from './duty-query';
import { moveName, Refused } from './parts';

/** Moves of a unit; all others are the office's. */
const OF_UNIT: ReadonlySet<string> = new Set(['acknowledge', 'dispatch', 'begin', 'ask_completion', 'ask_closing']);
/** Done at a click: they can be followed by another and say nothing. */
const AT_ONCE: ReadonlySet<string> = new Set(['assign', 'acknowledge', 'begin']);
const WITH_WHY: ReadonlySet<string> = new Set(['return', 'reopen', 'extend', 'amend', 'suspend', 'carry_over', 'ask_closing']);
const WITH_DUE: ReadonlySet<string> = new Set(['extend', 'amend', 'carry_over']);
const PRIMARY: ReadonlySet<string> = new Set(['acknowledge', 'begin', 'review', 'finish', 'lay_before', 'read']);
/** Entered for the leader, or for a day that is past. */
const WITH_DAY: ReadonlySet<string> = new Set(['lay_before', 'read']);

interface MoveProps {
  duty: Duty;
  move: Move;
  error: Error | null;
  busy: boolean;
  onDo: (step: DutyStep) => void;
  onClose: () => void;
}

function MoveDialog({ duty, move, error, busy, onDo, onClose }: MoveProps) {
  const w = useWords();
  const { t } = w;
  const [result, setResult] = useState(duty.result ?? '');
  const [on, setOn] = useState(today());
  const [why, setWhy] = useState('');
  const [due, setDue] = useState<string | undefined>();
  const [docNo, setDocNo] = useState('');
  const [docOn, setDocOn] = useState<string | undefined>();
  const asksDoc = (move === 'ask_completion' || move === 'lay_before') && duty.deliverable === 'document' && !duty.doc_no;
  const asksResult = duty.kind === 'instruction' && (move === 'ask_completion' || move === 'lay_before');
  const needsWhy = WITH_WHY.has(move);
  const ready = (!asksResult || result.trim() !== '') && (!needsWhy || why.trim() !== '') && (move !== 'extend' || due) && (!asksDoc || (docNo.trim() !== '' && docOn));
  return (
    <Modal
      open
      title={t('duty.moveTitle', { move: moveName(w, duty.kind, move), title: duty.title })}
      okText={moveName(w, duty.kind, move)}
      okButtonProps={{ disabled: !ready }}
      cancelText={t('act.cancel')}
      confirmLoading={busy}
      onOk={() => {
        onDo({
          move,
          ...(why.trim() ? { why: why.trim() } : {}),
          ...(due ? { due } : {}),
          ...(asksResult ? { result: result.trim() } : {}),
          ...(WITH_DAY.has(move) ? { happened_on: on } : {}),
          ...(asksDoc && docOn ? { doc_no: docNo.trim(), doc_on: docOn } : {}),
        });
      }}
      onCancel={onClose}
    >
      <Refused error={error} />
      <Form layout="vertical" component="div">
        {asksResult ? (
          <Form.Item label={t('instruction.result')} htmlFor="move-result" required>
            <Input.TextArea id="move-result" rows={5} maxLength={60000} value={result} onChange={(event) => { setResult(event.target.value); }} />
          </Form.Item>
        ) : null}
        {WITH_DAY.has(move) ? (
          <Form.Item label={t(move === 'read' ? 'instruction.readDay' : 'instruction.laidDay')} htmlFor="move-on" required extra={move === 'read' ? t('instruction.forLeader') : undefined}>
            <DayField id="move-on" needed max={today()} value={on} onChange={(day) => { setOn(day ?? today()); }} />
          </Form.Item>
        ) : null}
        {asksDoc ? (
          <>
            <Form.Item label={t('duty.docNo')} htmlFor="move-doc-no" required>
              <Input id="move-doc-no" maxLength={100} value={docNo} onChange={(event) => { setDocNo(event.target.value); }} />
            </Form.Item>
            <Form.Item label={t('duty.docOn')} htmlFor="move-doc-on" required>
              <DayField id="move-doc-on" value={docOn} onChange={(day) => { setDocOn(day ?? undefined); }} />
            </Form.Item>
          </>
        ) : null}
        {WITH_DUE.has(move) && duty.due ? (
          <Form.Item label={t('duty.newDue')} htmlFor="move-due" required={move === 'extend'} extra={t('duty.dueWas', { date: duty.due })}>
            <DayField id="move-due" value={due} onChange={(day) => { setDue(day ?? undefined); }} />
          </Form.Item>
        ) : null}
        {move === 'amend' && !duty.due ? <p className="xj-faint">{t('duty.noDueToMove')}</p> : null}
        <Form.Item label={t(move === 'ask_closing' ? 'above.closing' : needsWhy ? 'duty.why' : 'duty.whyIfAny')} htmlFor="move-why" required={needsWhy}>
          <Input.TextArea id="move-why" rows={3} maxLength={2000} value={why} onChange={(event) => { setWhy(event.target.value); }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function DutyActs({ duty }: { duty: Duty }) {
  const w = useWords();
  const { t } = w;
  const right = useRights();
  const session = useQuery(sessionQuery);
  const [asking, setAsking] = useState<Move | null>(null);
  const act = useActOn(
    DUTY_KEYS,
    (step: DutyStep, key) =>
      data(api.POST('/api/v1/duties/{duty}/moves', { params: { path: { duty: duty.id }, header: { 'If-Match': `"${duty.version}"`, 'Idempotency-Key': key } }, body: step })),
    () => { setAsking(null); },
  );
  const office = right('duty.change') !== null;
  const reach = right('duty.move');
  const own = session.data?.posts.some((post) => post.unit?.id === duty.owner) ?? false;
  if (duty.kind === 'rectification' && !duty.above?.live) return <span className="xj-faint">{t('duty.atFinding')}</span>;
  if (!office && !(reach === 'own' && own)) return null;
  const moves = duty.moves.filter((move) => office || OF_UNIT.has(move));
  return (
    <>
      {moves.map((move) =>
        move === 'dispatch' ? (
          <Dispatch key={move} duty={duty} />
        ) : (
          <Button
            key={move}
            size="small"
            type={PRIMARY.has(move) ? 'primary' : 'default'}
            loading={act.isPending && act.variables.move === move}
            onClick={() => {
              act.reset();
              if (AT_ONCE.has(move)) act.mutate({ move });
              else setAsking(move);
            }}
          >
            {moveName(w, duty.kind, move)}
          </Button>
        ),
      )}
      {asking === null ? <Refused error={act.error} /> : null}
      {asking === null ? null : (
        <MoveDialog key={asking} duty={duty} move={asking} error={act.error} busy={act.isPending} onDo={(step) => { act.mutate(step); }} onClose={() => { act.reset(); setAsking(null); }} />
      )}
    </>
  );
}

/** Tags and corrections: the office's alone. */
export function OfficeActs({ duty }: { duty: Duty }) {
  const { t } = useWords();
  const [open, setOpen] = useState<'tags' | 'correct' | null>(null);
  return (
    <>
      {duty.above?.live ? null : <Button size="small" onClick={() => { setOpen('correct'); }}>{t('duty.correct')}</Button>}
      <Button size="small" onClick={() => { setOpen('tags'); }}>{t('duty.tags')}</Button>
      {open === 'correct' ? <Correct duty={duty} onClose={() => { setOpen(null); }} /> : null}
      {open === 'tags' ? <Tags duty={duty} onClose={() => { setOpen(null); }} /> : null}
    </>
  );
}

function Tags({ duty, onClose }: { duty: Duty; onClose: () => void }) {
  const { t } = useWords();
  const [tags, setTags] = useState<string[]>(duty.tags);
  const act = useActOn(
    DUTY_KEYS,
    (next: string[], key) => data(api.PUT('/api/v1/duties/{duty}/tags', { params: { path: { duty: duty.id }, header: { 'Idempotency-Key': key } }, body: { tags: next } })),
    onClose,
  );
  return (
    <Modal open title={t('duty.tags')} okText={t('act.save')} cancelText={t('act.cancel')} confirmLoading={act.isPending} onOk={() => { act.mutate(tags); }} onCancel={onClose}>
      <Refused error={act.error} />
      <Form layout="vertical" component="div">
        <Form.Item label={t('duty.tags')} htmlFor="duty-tags" extra={t('duty.tagsWhat')}>
          <Select id="duty-tags" mode="tags" open={false} suffix={null} maxCount={20} value={tags} onChange={(next: string[]) => { setTags(next.map((tag) => tag.trim().slice(0, 50)).filter(Boolean)); }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
