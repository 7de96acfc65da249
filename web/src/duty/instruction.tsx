/* duty/instruction.tsx -- 批示: who sees it, what came of it, the leader's reading. */
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Tag } from 'antd';
import { useState } from 'react';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import type { Duty, InstructionReading } from '../api/types';
import { useRights } from '../kit/rights';
import { useActOn } from '../kit/use-act';
import { useWords } from '../words/lang';
import { DUTY_KEYS } from './duty-query';
import { Refused } from './parts';
import { ViewersField, type Viewers as Named } from './viewers-field';

function namedOf(duty: Duty): Named {
  return {
    people: duty.viewers.flatMap((v) => (v.person === null ? [] : [{ id: v.person, name: v.name }])),
    units: duty.viewers.flatMap((v) => (v.unit === null ? [] : [{ id: v.unit, name: v.name }])),
  };
}

function ChangeViewers({ duty, onClose }: { duty: Duty; onClose: () => void }) {
  const { t } = useWords();
  const [named, setNamed] = useState(() => namedOf(duty));
  const [why, setWhy] = useState('');
  const act = useActOn(
    DUTY_KEYS,
    (_: undefined, key) =>
      data(
        api.PUT('/api/v1/duties/{duty}/viewers', {
          params: { path: { duty: duty.id }, header: { 'If-Match': `"${duty.version}"`, 'Idempotency-Key': key } },
          body: { people: named.people.map((p) => p.id), units: named.units.map((u) => u.id), ...(why.trim() ? { why: why.trim() } : {}) },
        }),
      ),
    onClose,
  );
  return (
    <Modal open title={t('duty.viewersChange')} okText={t('act.save')} cancelText={t('act.cancel')} confirmLoading={act.isPending} onOk={() => { act.mutate(undefined); }} onCancel={onClose}>
      <Refused error={act.error} />
      <Form layout="vertical" component="div">
        <ViewersField value={named} onChange={setNamed} />
        <Form.Item label={t('duty.whyIfAny')} htmlFor="viewers-why">
          <Input.TextArea id="viewers-why" rows={2} maxLength={2000} value={why} onChange={(event) => { setWhy(event.target.value); }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Who sees it besides the office. */
export function Viewers({ duty, office }: { duty: Duty; office: boolean }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby="viewers-h">
      <h2 id="viewers-h">{t('duty.viewers')}</h2>
      <p className="xj-row-line">
        <Tag>{t('duty.viewersOffice')}</Tag>
        {duty.leader_id === null ? null : <Tag>{duty.leader}</Tag>}
        {duty.viewers.map((viewer) => <Tag key={`${viewer.person ?? ''} ${viewer.unit ?? ''}`}>{viewer.unit === null ? viewer.name : t('duty.viewersOf', { unit: viewer.name })}</Tag>)}
        {office ? <Button size="small" className="xj-no-print" onClick={() => { setOpen(true); }}>{t('duty.viewersChange')}</Button> : null}
      </p>
      {open ? <ChangeViewers duty={duty} onClose={() => { setOpen(false); }} /> : null}
    </section>
  );
}

/** The leader's own answer to what was laid before them. */
export function LeaderActs({ id, version, title }: { id: number; version: number; title: string }) {
  const { t } = useWords();
  const [asks, setAsks] = useState(false);
  const [why, setWhy] = useState('');
  const act = useActOn(
    [...DUTY_KEYS, 'instructions'],
    (body: InstructionReading, key) =>
      data(api.POST('/api/v1/duties/{duty}/reading', { params: { path: { duty: id }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } }, body })),
    () => { setAsks(false); },
  );
  return (
    <>
      <Button size="small" type="primary" aria-label={t('instruction.readOf', { title })} loading={act.isPending && act.variables.move === 'read'} onClick={() => { act.mutate({ move: 'read' }); }}>{t('instruction.read')}</Button>
      <Button size="small" aria-label={t('instruction.moreOf', { title })} onClick={() => { act.reset(); setAsks(true); }}>{t('instruction.more')}</Button>
      {asks ? null : <Refused error={act.error} />}
      {asks ? (
        <Modal
          open
          title={t('instruction.moreOf', { title })}
          okText={t('instruction.more')}
          okButtonProps={{ disabled: why.trim() === '' }}
          cancelText={t('act.cancel')}
          confirmLoading={act.isPending}
          onOk={() => { act.mutate({ move: 'return', why: why.trim() }); }}
          onCancel={() => { setAsks(false); }}
        >
          <Refused error={act.error} />
          <Form layout="vertical" component="div">
            <Form.Item label={t('instruction.moreWhat')} htmlFor="more-why" required>
              <Input.TextArea id="more-why" rows={3} maxLength={2000} value={why} onChange={(event) => { setWhy(event.target.value); }} />
            </Form.Item>
          </Form>
        </Modal>
      ) : null}
    </>
  );
}

/** What came of it, and whether the leader read that. */
export function Result({ duty }: { duty: Duty }) {
  const w = useWords();
  const { t } = w;
  const session = useQuery(sessionQuery);
  const right = useRights();
  const mine = duty.leader_id !== null && session.data?.person.id === duty.leader_id && right('duty.change') === null;
  return (
    <section aria-labelledby="result-h">
      <h2 id="result-h">{t('instruction.result')}</h2>
      {duty.result ? <p className="xj-duty-words">{duty.result}</p> : <p className="xj-faint">{t('instruction.noResult')}</p>}
      <p className="xj-row-line">
        {duty.laid_on ? <span>{t('instruction.laidOn', { date: w.date(duty.laid_on) })}</span> : null}
        {duty.read_on ? <span>{t('instruction.readOn', { date: w.date(duty.read_on), name: duty.read_name ?? '' })}</span> : null}
        {mine && duty.state === 'laid_before' ? <span className="xj-row-line xj-no-print"><LeaderActs id={duty.id} version={duty.version} title={duty.title} /></span> : null}
      </p>
    </section>
  );
}
