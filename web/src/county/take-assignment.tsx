/* county/take-assignment.tsx -- 照办 or 参照: a task of the city as it is, or with one's own words and earlier days. */
import { Alert, Button, Form, Input, InputNumber, Modal, Radio } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import { asProblem } from '../api/problem';
import type { Assignment, UnitRef } from '../api/types';
import { DayField } from '../kit/day-field';
import { ProblemNote } from '../kit/problem-note';
import { UnitPicker } from '../kit/unit-picker';
import { useActOn } from '../kit/use-act';
import { useWords } from '../words/lang';

export function TakeAssignment({ item, onClose }: { item: Assignment; onClose: () => void }) {
  const { t } = useWords();
  const [taken, setTaken] = useState<'as_is' | 'adapted'>(item.taken === 'adapted' ? 'adapted' : 'as_is');
  const [title, setTitle] = useState(item.own.title);
  const [text, setText] = useState(item.own.text);
  const [due, setDue] = useState(item.own.due ?? '');
  const [days, setDays] = useState(item.days_before);
  const [units, setUnits] = useState<UnitRef[]>([]);
  const adapted = taken === 'adapted';
  const act = useActOn(
    ['county', 'duties', 'duty', 'obligations'],
    (_: undefined, key) =>
      data(
        api.POST('/api/v1/assignments/{duty}/taking', {
          params: { path: { duty: item.duty }, header: { 'If-Match': `"${item.version}"`, 'Idempotency-Key': key } },
          body: {
            taken,
            days_before: adapted ? days : 0,
            ...(adapted ? { title: title.trim(), text, ...(due && item.above.due ? { due } : {}) } : {}),
            ...(units.length > 0 ? { units: units.map((unit) => unit.id) } : {}),
          },
        }),
      ),
    onClose,
  );
  const stale = act.error !== null && ['stale', 'conflict'].includes(asProblem(act.error).code);
  return (
    <Modal
      open
      width={640}
      title={t('assignment.decideOf', { title: item.above.title })}
      okText={t('act.save')}
      okButtonProps={{ disabled: adapted && title.trim() === '' }}
      cancelText={t('act.cancel')}
      confirmLoading={act.isPending}
      onOk={() => { act.mutate(undefined); }}
      onCancel={onClose}
    >
      {stale ? <Alert className="xj-form-note" type="warning" showIcon role="alert" title={t('duty.stale')} description={t('duty.staleAdvice')} /> : null}
      {act.error && !stale ? <div className="xj-form-note"><ProblemNote error={act.error} /></div> : null}
      <p className="xj-words">{item.above.text || item.above.title}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('assignment.how')}>
          <Radio.Group
            aria-label={t('assignment.how')}
            value={taken}
            onChange={(event) => { setTaken(event.target.value as 'as_is' | 'adapted'); }}
            options={[{ value: 'as_is', label: t('assignment.asIs') }, { value: 'adapted', label: t('assignment.adapt') }]}
          />
        </Form.Item>
        {adapted ? (
          <>
            <Form.Item label={t('assignment.title')} htmlFor="take-title">
              <Input id="take-title" maxLength={500} value={title} onChange={(event) => { setTitle(event.target.value); }} />
            </Form.Item>
            <Form.Item label={t('assignment.text')} htmlFor="take-text">
              <Input.TextArea id="take-text" rows={4} maxLength={60000} value={text} onChange={(event) => { setText(event.target.value); }} />
            </Form.Item>
            {item.above.due ? (
              <Form.Item label={t('assignment.ownDue')} htmlFor="take-due" extra={t('assignment.notLater', { day: item.above.due })}>
                <DayField id="take-due" max={item.above.due} value={due} onChange={(day) => { setDue(day ?? ''); }} />
              </Form.Item>
            ) : null}
            {item.dates.length > 0 ? (
              <Form.Item label={t('assignment.daysBefore')} htmlFor="take-days" extra={t('assignment.daysBeforeWhat')}>
                <InputNumber id="take-days" min={0} max={20} precision={0} value={days} onChange={(n) => { setDays(n ?? 0); }} />
              </Form.Item>
            ) : null}
          </>
        ) : null}
        <Form.Item label={t('assignment.units')} extra={t('assignment.unitsWhat')}>
          <span className="xj-row-line">
            {units.map((unit) => (
              <span key={unit.id}>
                {unit.name}
                <Button size="small" type="text" aria-label={t('unit.takeOut', { name: unit.name })} onClick={() => { setUnits(units.filter((u) => u.id !== unit.id)); }}>×</Button>
              </span>
            ))}
            <UnitPicker
              label={t('assignment.pickUnit')}
              onPick={(name, id) => { if (id !== undefined && !units.some((u) => u.id === id)) setUnits([...units, { id, name }]); }}
            />
          </span>
        </Form.Item>
      </Form>
    </Modal>
  );
}
