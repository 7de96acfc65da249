/* org/area-edit.tsx -- an area, new or changed, and what became of it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { Area, AreaNew } from '../api/types';
import { DayField } from '../kit/day-field';
import { ProblemNote } from '../kit/problem-note';
import { useWords } from '../words/lang';
import { AREA_LEVELS, areaQuery } from './area-query';
import { SayForm, Successors, type Said } from './succession';

const EMPTY: AreaNew = { name: '', level: 'county', code: null, official: true, parent: null, valid_from: null, valid_to: null };

function options(areas: readonly Area[], not: number): { value: number; label: string }[] {
  return areas.filter((a) => a.id !== not).map((a) => ({ value: a.id, label: a.code ? `${a.name} ${a.code}` : a.name }));
}

/** What became of AREA; only of one that is there. */
function AreaHistory({ area, areas }: { area: Area; areas: readonly Area[] }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const whole = useQuery(areaQuery(area.id));
  const [next, setNext] = useState<number | null>(null);
  const fresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['areas'] });
  const say = useMutation({
    mutationFn: ({ successor, from_on, why }: Said) =>
      data(
        api.POST('/api/v1/areas/{area}/successors', {
          params: { path: { area: area.id }, header: { 'Idempotency-Key': newKey() } },
          body: { successor, from_on, why },
        }),
      ),
    onSuccess: async () => {
      setNext(null);
      await fresh();
    },
  });
  const remove = useMutation({
    mutationFn: (successor: number) =>
      data(api.DELETE('/api/v1/areas/{area}/successors/{successor}', { params: { path: { area: area.id, successor }, header: { 'Idempotency-Key': newKey() } } })),
    onSuccess: fresh,
  });
  return (
    <div className="xj-add-alias">
      <h2>{t('succession.heading')}</h2>
      {remove.error ? <ProblemNote error={remove.error} /> : null}
      <Successors title={t('succession.predecessor')} items={whole.data?.predecessors ?? []} link={(item) => item.name} />
      <Successors
        title={t('succession.successor')}
        items={whole.data?.successors ?? []}
        link={(item) => item.name}
        onRemove={(item) => { remove.mutate(item.id); }}
      />
      <SayForm
        key={whole.data?.successors.length ?? 0}
        field={
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('succession.next')}
            value={next}
            onChange={setNext}
            options={options(areas, area.id)}
          />
        }
        chosen={next}
        work={false}
        busy={say.isPending}
        error={say.error}
        onSay={(said) => { say.mutate(said); }}
      />
    </div>
  );
}

export function AreaEdit({ area, areas, onClose }: { area: Area | null; areas: readonly Area[]; onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [form, setForm] = useState<AreaNew>(area ? { ...EMPTY, ...pick(area) } : EMPTY);
  const [version, setVersion] = useState(area?.version ?? 0);
  const set = (change: Partial<AreaNew>): void => { setForm({ ...form, ...change }); };
  const save = useMutation({
    mutationFn: () => {
      const header = { 'Idempotency-Key': newKey() };
      return area
        ? data(api.PUT('/api/v1/areas/{area}', { params: { path: { area: area.id }, header: { ...header, 'If-Match': `"${version}"` } }, body: form }))
        : data(api.POST('/api/v1/areas', { params: { header }, body: form }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['areas'] });
      onClose();
    },
    onError: async (error) => {
      if (!area || asProblem(error).code !== 'stale') return;
      const now = await queries.query({ ...areaQuery(area.id), staleTime: 0 });
      setVersion(now.area.version);
    },
  });
  const stale = save.error !== null && asProblem(save.error).code === 'stale';
  const text = (key: 'name' | 'code', label: string, help?: string) => (
    <Form.Item label={label} htmlFor={`area-${key}`} {...(help ? { help } : {})}>
      <Input
        id={`area-${key}`}
        maxLength={key === 'name' ? 60 : 12}
        value={form[key] ?? ''}
        onChange={(event) => { set({ [key]: key === 'code' ? event.target.value.trim() || null : event.target.value }); }}
      />
    </Form.Item>
  );
  const day = (key: 'valid_from' | 'valid_to', label: string) => (
    <Form.Item label={label} htmlFor={`area-${key}`}>
      <DayField id={`area-${key}`} value={form[key]} onChange={(next) => { set({ [key]: next }); }} />
    </Form.Item>
  );
  return (
    <Modal
      open
      title={area ? t('area.editTitle', { area: area.name }) : t('area.addTitle')}
      okText={stale ? t('check.keepMine') : t('act.save')}
      cancelText={t('act.cancel')}
      confirmLoading={save.isPending}
      okButtonProps={{ disabled: form.name.trim() === '' }}
      onOk={() => { save.mutate(); }}
      onCancel={onClose}
    >
      {stale ? <Alert className="xj-form-note" type="warning" role="alert" title={t('problem.stale.title')} /> : null}
      {save.error && !stale ? (
        <div className="xj-form-note">
          <ProblemNote error={save.error} />
        </div>
      ) : null}
      <Form layout="vertical">
        {text('name', t('area.name'))}
        <Form.Item label={t('unit.level')} htmlFor="area-level">
          <Select id="area-level" value={form.level} onChange={(level) => { set({ level }); }} options={AREA_LEVELS.map((l) => ({ value: l, label: t(`unit.level.${l}`) }))} />
        </Form.Item>
        {text('code', t('area.code'), t('area.codeHelp'))}
        <Form.Item>
          <Checkbox checked={!form.official} onChange={(event) => { set({ official: !event.target.checked }); }}>
            {t('area.zone')}
          </Checkbox>
        </Form.Item>
        <Form.Item label={t('area.parent')} htmlFor="area-parent">
          <Select
            id="area-parent"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={form.parent ?? null}
            onChange={(parent: number | undefined) => { set({ parent: parent ?? null }); }}
            options={options(areas, area?.id ?? 0)}
          />
        </Form.Item>
        {day('valid_from', t('area.validFrom'))}
        {day('valid_to', t('area.validTo'))}
      </Form>
      {area ? <AreaHistory area={area} areas={areas} /> : null}
    </Modal>
  );
}

function pick({ name, level, code, official, parent, valid_from, valid_to }: Area): AreaNew {
  return { name, level, code, official, parent, valid_from, valid_to };
}
