/* duty/duty-correct.tsx -- a correction without a new document: what was entered wrongly, and why. */
import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import type { DeadlineKind, Duty, Strength } from '../api/types';
import { DayField } from '../kit/day-field';
import { useActOn } from '../kit/use-act';
import { useWords } from '../words/lang';
import { DUTY_KEYS } from './duty-query';
import { CADENCES, DEADLINE_KINDS, STRENGTHS, WITH_DAY } from './duty-words';
import { Refused } from './parts';

export function Correct({ duty, onClose }: { duty: Duty; onClose: () => void }) {
  const w = useWords();
  const { t } = w;
  const [title, setTitle] = useState(duty.title);
  const [text, setText] = useState(duty.text);
  const [strength, setStrength] = useState<Strength>(duty.strength);
  const [cadence, setCadence] = useState(duty.cadence);
  const [kind, setKind] = useState<DeadlineKind>(duty.deadline_kind);
  const [due, setDue] = useState(duty.due);
  const [why, setWhy] = useState('');
  const act = useActOn(
    DUTY_KEYS,
    (_: undefined, key) =>
      data(
        api.POST('/api/v1/duties/{duty}/corrections', {
          params: { path: { duty: duty.id }, header: { 'If-Match': `"${duty.version}"`, 'Idempotency-Key': key } },
          body: {
            why: why.trim(),
            ...(title.trim() === duty.title ? {} : { title: title.trim() }),
            ...(text === duty.text ? {} : { text }),
            ...(strength === duty.strength ? {} : { strength }),
            ...(cadence === duty.cadence ? {} : { cadence }),
            ...(kind === duty.deadline_kind && due === duty.due ? {} : { deadline_kind: kind, ...(due && WITH_DAY.has(kind) ? { due } : {}) }),
          },
        }),
      ),
    onClose,
  );
  return (
    <Modal
      open
      title={t('duty.correct')}
      okText={t('act.save')}
      okButtonProps={{ disabled: why.trim() === '' || title.trim() === '' }}
      cancelText={t('act.cancel')}
      confirmLoading={act.isPending}
      onOk={() => { act.mutate(undefined); }}
      onCancel={onClose}
    >
      <Refused error={act.error} />
      <Form layout="vertical" component="div">
        <Form.Item label={t('duty.field.title')} htmlFor="correct-title">
          <Input id="correct-title" maxLength={500} value={title} onChange={(event) => { setTitle(event.target.value); }} />
        </Form.Item>
        <Form.Item label={t('duty.field.text')} htmlFor="correct-text">
          <Input.TextArea id="correct-text" rows={4} maxLength={60000} value={text} onChange={(event) => { setText(event.target.value); }} />
        </Form.Item>
        <div className="xj-row-line">
          <Form.Item label={t('duty.field.deadline_kind')} htmlFor="correct-kind">
            <Select id="correct-kind" popupMatchSelectWidth={false} value={kind} onChange={setKind} options={DEADLINE_KINDS.map((k) => ({ value: k, label: t(`kind.${k}`) }))} />
          </Form.Item>
          {WITH_DAY.has(kind) ? (
            <Form.Item label={t('duty.due')} htmlFor="correct-due">
              <DayField id="correct-due" value={due} onChange={setDue} />
            </Form.Item>
          ) : null}
          <Form.Item label={t('duty.field.cadence')} htmlFor="correct-cadence">
            <Select id="correct-cadence" popupMatchSelectWidth={false} value={cadence} onChange={setCadence} options={['', ...CADENCES].map((c) => ({ value: c, label: c ? w.tCode('cadence', c) : t('duty.noCadence') }))} />
          </Form.Item>
          <Form.Item label={t('duty.field.strength')} htmlFor="correct-strength">
            <Select id="correct-strength" value={strength} onChange={setStrength} options={STRENGTHS.map((s) => ({ value: s, label: t(`strength.${s}`) }))} />
          </Form.Item>
        </div>
        <Form.Item label={t('duty.why')} htmlFor="correct-why" required extra={t('duty.correctWhy')}>
          <Input.TextArea id="correct-why" rows={2} maxLength={2000} value={why} onChange={(event) => { setWhy(event.target.value); }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
