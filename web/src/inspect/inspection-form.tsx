/* inspect/inspection-form.tsx -- planning a campaign, or planning it otherwise. */
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { programmesQuery } from '../api/calls';
import { api, data } from '../api/client';
import type { Inspection, InspectionNew } from '../api/types';
import { DayField } from '../kit/day-field';
import { ProblemNote } from '../kit/problem-note';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { inspectableQuery, teamQuery } from './inspect-query';
import { useAct } from './parts';

interface Fields {
  programme: number;
  title: string;
  basis: string;
  from_on: string;
  to_on: string;
  note: string;
  announced: boolean;
  units: number[];
  planned: number;
  team: number[];
  office: number[];
}

function fieldsOf(made: Inspection | undefined, programme: number): Fields {
  return {
    programme: made?.programme ?? programme,
    title: made?.title ?? '',
    basis: made?.basis ?? '',
    from_on: made?.from_on ?? today(),
    to_on: made?.to_on ?? `${today().slice(0, 4)}-12-31`,
    note: made?.note ?? '',
    announced: made?.announced ?? true,
    units: made?.units.map((u) => u.unit.id) ?? [],
    planned: 1,
    team: made?.people.filter((p) => p.of_team).sort((a, b) => Number(b.leads) - Number(a.leads)).map((p) => p.person.id) ?? [],
    office: made?.people.filter((p) => !p.of_team).map((p) => p.person.id) ?? [],
  };
}

/** The body: units that were there keep their own number of visits. */
function bodyOf(fields: Fields, made: Inspection | undefined): InspectionNew {
  const { planned, units, ...rest } = fields;
  return {
    ...rest,
    units: units.map((unit) => ({ unit, planned: made?.units.find((u) => u.unit.id === unit)?.planned ?? planned })),
  };
}

function Choice(props: { name: keyof Fields; label: string; extra?: string; items: readonly { id: number; name: string }[] | undefined; required?: boolean }) {
  return (
    <Form.Item name={props.name} label={props.label} extra={props.extra}>
      <Select
        mode="multiple"
        loading={!props.items}
        showSearch={{ optionFilterProp: 'label' }}
        options={props.items?.map((item) => ({ value: item.id, label: item.name })) ?? []}
      />
    </Form.Item>
  );
}

function FieldList({ made }: { made: Inspection | undefined }) {
  const { t } = useWords();
  const programmes = useQuery(programmesQuery);
  const units = useQuery(inspectableQuery);
  const people = useQuery(teamQuery);
  const needed = { required: true, message: t('setup.missing') };
  return (
    <>
      {!made && (programmes.data?.items.length ?? 0) > 1 ? (
        <Form.Item name="programme" label={t('frame.programme')} rules={[needed]}>
          <Select options={programmes.data?.items.map((p) => ({ value: p.id, label: p.name })) ?? []} />
        </Form.Item>
      ) : null}
      <Form.Item name="title" label={t('inspect.title')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="basis" label={t('inspect.basis')} extra={t('inspect.basisAdvice')}>
        <Input maxLength={200} />
      </Form.Item>
      <div className="xj-inspect-bar">
        <Form.Item name="from_on" label={t('inspect.from')} rules={[needed]}>
          <DayField needed />
        </Form.Item>
        <Form.Item name="to_on" label={t('inspect.to')} rules={[needed]}>
          <DayField needed />
        </Form.Item>
        <Form.Item name="planned" label={t('inspect.plannedEach')}>
          <InputNumber min={0} max={50} />
        </Form.Item>
      </div>
      <Form.Item name="announced" label={t('inspect.way')} extra={t('inspect.wayAdvice')}>
        <Radio.Group
          disabled={made !== undefined && (made.state !== 'draft' || made.visits.length > 0)}
          options={[
            { value: true, label: t('inspect.announced') },
            { value: false, label: t('inspect.unannounced') },
          ]}
        />
      </Form.Item>
      <Choice name="units" label={t('inspect.units')} items={units.data} />
      <Choice name="team" label={t('inspect.team')} extra={t('inspect.teamAdvice')} items={people.data} />
      <Choice name="office" label={t('inspect.office')} extra={t('inspect.officeAdvice')} items={people.data} />
      <Form.Item name="note" label={t('inspect.note')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={10000} />
      </Form.Item>
    </>
  );
}

/** A button with the form behind it; without MADE it plans a new one and opens it. */
export function InspectionForm({ made }: { made?: Inspection }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const programmes = useQuery(programmesQuery);
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Fields>();
  const keep = useAct(
    (fields: Fields, key) => {
      const body = bodyOf(fields, made);
      return made
        ? data(api.PUT('/api/v1/inspections/{inspection}', {
            params: { path: { inspection: made.id }, header: { 'If-Match': `"${made.version}"`, 'Idempotency-Key': key } },
            body,
          }))
        : data(api.POST('/api/v1/inspections', { params: { header: { 'Idempotency-Key': key } }, body }));
    },
    (kept) => {
      setOpen(false);
      if (!made) void navigate(`/inspections/${kept.id}`);
    },
  );
  const title = t(made ? 'inspect.change' : 'inspect.add');
  const first = fieldsOf(made, programmes.data?.items[0]?.id ?? 0);
  return (
    <>
      <Button type={made ? 'default' : 'primary'} size="small" disabled={!programmes.data} onClick={() => { keep.reset(); setOpen(true); }}>
        {title}
      </Button>
      <Modal
        open={open}
        title={title}
        width={680}
        okText={t('inspect.keep')}
        cancelText={t('act.cancel')}
        confirmLoading={keep.isPending}
        onOk={() => { form.submit(); }}
        onCancel={() => { setOpen(false); }}
        destroyOnHidden
      >
        {keep.error ? <div className="xj-form-note"><ProblemNote error={keep.error} /></div> : null}
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          preserve={false}
          initialValues={first}
          onFinish={(fields) => { keep.mutate({ ...first, ...fields }); }}
        >
          <FieldList made={made} />
        </Form>
      </Modal>
    </>
  );
}
