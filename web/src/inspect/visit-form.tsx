/* inspect/visit-form.tsx -- planning a visit: where, when, announced or not, what is looked at. */
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import type { Inspection, Visit } from '../api/types';
import { DayField } from '../kit/day-field';
import { ProblemNote } from '../kit/problem-note';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { unitDutiesQuery } from './inspect-query';
import { useAct } from './parts';

interface Fields {
  unit: number;
  visit_on: string;
  announced: boolean;
  duties: number[];
  lines: string;
}

/** A day of the campaign: today where it runs. */
function firstDay(campaign: Inspection): string {
  const now = today();
  return now < campaign.from_on ? campaign.from_on : now > campaign.to_on ? campaign.to_on : now;
}

const itemsOf = ({ duties, lines }: Fields): { duty?: number; words?: string }[] => [
  ...duties.map((duty) => ({ duty })),
  ...lines.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((words) => ({ words })),
];

function FieldList({ campaign, unit }: { campaign: Inspection; unit: number }) {
  const { t } = useWords();
  const duties = useQuery(unitDutiesQuery(unit));
  return (
    <>
      <Form.Item name="unit" label={t('inspect.unit')} rules={[{ required: true, message: t('setup.missing') }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={campaign.units.map((u) => ({ value: u.unit.id, label: u.unit.name }))} />
      </Form.Item>
      <Form.Item name="visit_on" label={t('inspect.day')} rules={[{ required: true, message: t('setup.missing') }]}>
        <DayField min={campaign.from_on} max={campaign.to_on} />
      </Form.Item>
      <Form.Item name="announced" label={t('inspect.way')} extra={t('inspect.visitWayAdvice')}>
        <Radio.Group
          disabled={!campaign.announced}
          options={[
            { value: true, label: t('inspect.announced') },
            { value: false, label: t('inspect.unannounced') },
          ]}
        />
      </Form.Item>
      <Form.Item name="duties" label={t('inspect.fromTasks')}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} disabled={unit === 0} options={duties.data?.items.map((d) => ({ value: d.id, label: d.title })) ?? []} />
      </Form.Item>
      <Form.Item name="lines" label={t('inspect.freeLines')}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
      </Form.Item>
    </>
  );
}

export function VisitForm({ campaign }: { campaign: Inspection }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Fields>();
  const unit = (Form.useWatch('unit', form) as number | undefined) ?? 0;
  const add = useAct<Fields, Visit>(
    (fields, key) =>
      data(api.POST('/api/v1/inspections/{inspection}/visits', {
        params: { path: { inspection: campaign.id }, header: { 'Idempotency-Key': key } },
        body: { unit: fields.unit, visit_on: fields.visit_on, announced: fields.announced, items: itemsOf(fields) },
      })),
    () => { setOpen(false); },
  );
  return (
    <>
      <Button size="small" className="xj-no-print" onClick={() => { add.reset(); setOpen(true); }}>{t('inspect.addVisit')}</Button>
      <Modal
        open={open}
        title={t('inspect.addVisit')}
        width={600}
        okText={t('inspect.keep')}
        cancelText={t('act.cancel')}
        confirmLoading={add.isPending}
        onOk={() => { form.submit(); }}
        onCancel={() => { setOpen(false); }}
        destroyOnHidden
      >
        {add.error ? <div className="xj-form-note"><ProblemNote error={add.error} /></div> : null}
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          preserve={false}
          initialValues={{ visit_on: firstDay(campaign), announced: campaign.announced, duties: [], lines: '' }}
          onFinish={(fields) => { add.mutate(fields); }}
        >
          <FieldList campaign={campaign} unit={unit} />
        </Form>
      </Modal>
    </>
  );
}
