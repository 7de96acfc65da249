/* org/unit-signing.tsx -- 签发顺序: whose signatures the unit asks for before a return of its leaves it. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import type { SignChain, SignStep, Unit } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { Answer, Empty } from '../kit/states';
import { UnitField } from '../kit/unit-picker';
import { useWords } from '../words/lang';

const STEPS_MAX = 5;
const ROLES = ['section_head', 'unit_head'] as const;

interface Draft extends SignStep {
  key: string;
}

const path = (unit: number) => ({ path: { unit } });

function chainQuery(unit: number) {
  return queryOptions({
    queryKey: ['sign-chain', unit],
    queryFn: ({ signal }) => data(api.GET('/api/v1/units/{unit}/sign-chain', { params: path(unit), signal })),
  });
}

function Step(props: { step: Draft; no: number; last: boolean; onChange: (step: Draft) => void; onUp: () => void; onDown: () => void; onRemove: () => void }) {
  const { t } = useWords();
  const { step, no, last, onChange } = props;
  return (
    <tr>
      <td className="xj-right">{no}</td>
      <td>
        <Select<SignStep['role']>
          className="xj-fill"
          aria-label={t('signing.roleOf', { no })}
          value={step.role}
          options={ROLES.map((value) => ({ value, label: t(`signing.role.${value}`) }))}
          onChange={(role) => { onChange({ ...step, role, section: role === 'unit_head' ? null : step.section, holders: [] }); }}
        />
      </td>
      <td>
        {step.role === 'section_head' ? (
          <UnitField label={t('signing.sectionOf', { no })} value={step.section} onChange={(section) => { onChange({ ...step, section: section ? { id: section.id, name: section.name } : null, holders: [] }); }} />
        ) : (
          '—'
        )}
      </td>
      <td>{step.holders.join(t('list.comma')) || '—'}</td>
      <td className="xj-nowrap">
        <Button type="text" icon={<ArrowUpOutlined />} disabled={no === 1} aria-label={t('signing.up', { no })} onClick={props.onUp} />
        <Button type="text" icon={<ArrowDownOutlined />} disabled={last} aria-label={t('signing.down', { no })} onClick={props.onDown} />
        <Button type="text" icon={<DeleteOutlined />} aria-label={t('signing.remove', { no })} onClick={props.onRemove} />
      </td>
    </tr>
  );
}

function Chain({ unit, held }: { unit: Unit; held: SignChain }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [steps, setSteps] = useState<Draft[]>(() => held.steps.map((step) => ({ ...step, key: newKey() })));
  const save = useMutation({
    mutationFn: () =>
      data(
        api.PUT('/api/v1/units/{unit}/sign-chain', {
          params: { ...path(unit.id), header: { 'If-Match': `"${held.version}"`, 'Idempotency-Key': newKey() } },
          body: { steps: steps.map(({ role, section }) => ({ role, ...(section ? { section: section.id } : {}) })) },
        }),
      ),
    onSuccess: async () => {
      message.success(t('signing.saved'));
      await queries.invalidateQueries({ queryKey: ['sign-chain'] });
      await queries.invalidateQueries({ queryKey: ['return'] });
    },
  });
  const move = (from: number, to: number): void => {
    const next = [...steps];
    next.splice(to, 0, ...next.splice(from, 1));
    setSteps(next);
  };
  return (
    <>
      <p className="xj-faint">{t('signing.what')}</p>
      {save.error ? <ProblemNote error={save.error} /> : null}
      {steps.length === 0 ? (
        <Empty title={t('signing.none')} advice={t('signing.noneAdvice')} />
      ) : (
        <table className="xj-table" aria-label={t('unit.tab.signing')}>
          <thead>
            <tr>
              <th scope="col" className="xj-right">{t('dispatch.no')}</th>
              <th scope="col">{t('signing.role')}</th>
              <th scope="col">{t('signing.section')}</th>
              <th scope="col">{t('signing.held')}</th>
              <th scope="col"><span className="xj-hidden">{t('signing.order')}</span></th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step, i) => (
              <Step
                key={step.key}
                step={step}
                no={i + 1}
                last={i === steps.length - 1}
                onChange={(changed) => { setSteps(steps.map((s) => (s.key === changed.key ? changed : s))); }}
                onUp={() => { move(i, i - 1); }}
                onDown={() => { move(i, i + 1); }}
                onRemove={() => { setSteps(steps.filter((s) => s.key !== step.key)); }}
              />
            ))}
          </tbody>
        </table>
      )}
      <div className="xj-row-line">
        <Button
          icon={<PlusOutlined />}
          disabled={steps.length >= STEPS_MAX}
          onClick={() => { setSteps([...steps, { key: newKey(), role: steps.length === 0 ? 'section_head' : 'unit_head', section: null, holders: [] }]); }}
        >
          {t('signing.add')}
        </Button>
        <Button type="primary" loading={save.isPending} onClick={() => { save.mutate(); }}>{t('signing.save')}</Button>
      </div>
    </>
  );
}

export function UnitSigning({ unit }: { unit: Unit }) {
  const held = useQuery(chainQuery(unit.id));
  return (
    <div className="xj-tab-body">
      <Answer query={held} rows={4}>{(chain) => <Chain key={chain.version} unit={unit} held={chain} />}</Answer>
    </div>
  );
}
