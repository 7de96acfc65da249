/* org/unit-edit.tsx -- what a unit is and is a part of, changed by a person. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { Unit, UnitKind, UnitLevel, UnitRef } from '../api/types';
import { DayField } from '../kit/day-field';
import { ProblemNote } from '../kit/problem-note';
import { UnitField } from '../kit/unit-picker';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { areasQuery } from './area-query';
import { UNIT_KINDS, UNIT_LEVELS, UNIT_STANDINGS, unitQuery } from './unit-query';

interface Facts {
  kind: UnitKind;
  level: UnitLevel;
  parent: UnitRef | null;
}

function useFactsWords(): (facts: Facts) => string {
  const { t } = useWords();
  return ({ kind, level, parent }) =>
    [t(`unit.kind.${kind}`), t(`unit.level.${level}`), parent ? t('unit.partOf', { unit: parent.name }) : t('unit.partOfNone')].join(t('list.semicolon'));
}

export function UnitEdit({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const inWords = useFactsWords();
  const [kind, setKind] = useState(unit.kind);
  const [level, setLevel] = useState(unit.level);
  const [parent, setParent] = useState<UnitRef | null>(unit.parent);
  const [area, setArea] = useState<number | null>(unit.works_for?.id ?? null);
  const [code, setCode] = useState(unit.credit_code ?? '');
  const [standing, setStanding] = useState(unit.standing);
  const [standingFrom, setStandingFrom] = useState(today());
  const [startsOn, setStartsOn] = useState(unit.starts_on ?? '');
  const [endsOn, setEndsOn] = useState(unit.ends_on ?? '');
  const areas = useQuery(areasQuery());
  // what it was when this began; after somebody else's change, what that left
  const [seen, setSeen] = useState(unit);
  const [theirs, setTheirs] = useState<Unit | null>(null);

  const save = useMutation({
    mutationFn: () =>
      data(
        api.PATCH('/api/v1/units/{unit}', {
          params: { path: { unit: unit.id }, header: { 'If-Match': `"${seen.version}"`, 'Idempotency-Key': newKey() } },
          body: {
            kind,
            level,
            ...(standing === unit.standing ? {} : { standing, standing_from: standingFrom || today() }),
            parent: parent?.id ?? null,
            works_for: area,
            credit_code: code.trim() || null,
            starts_on: startsOn || null,
            ends_on: endsOn || null,
          },
        }),
      ),
    onSuccess: async () => {
      await Promise.all(['unit', 'units'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
      onClose();
    },
    onError: async (error) => {
      if (asProblem(error).code !== 'stale') return;
      const fresh = await queries.query({ ...unitQuery(unit.id), staleTime: 0 });
      setTheirs(fresh);
      setSeen(fresh);
    },
  });
  const stale = save.error !== null && asProblem(save.error).code === 'stale';

  return (
    <Modal
      open
      title={t('unit.editTitle', { unit: unit.name })}
      okText={theirs ? t('check.keepMine') : t('act.save')}
      cancelText={t('act.cancel')}
      confirmLoading={save.isPending}
      onOk={() => {
        save.mutate();
      }}
      onCancel={onClose}
    >
      {theirs ? (
        <Alert
          className="xj-form-note"
          type="warning"
          role="alert"
          title={t('problem.stale.title')}
          description={
            <>
              <p>{t('unit.nowIs', { facts: inWords(theirs) })}</p>
              <p>{t('unit.yoursIs', { facts: inWords({ kind, level, parent }) })}</p>
            </>
          }
        />
      ) : null}
      {save.error && !stale ? (
        <div className="xj-form-note">
          <ProblemNote error={save.error} />
        </div>
      ) : null}
      <Form layout="vertical">
        <Form.Item label={t('unit.kindOf')} htmlFor="unit-kind">
          <Select id="unit-kind" value={kind} onChange={setKind} options={UNIT_KINDS.map((k) => ({ value: k, label: t(`unit.kind.${k}`) }))} />
        </Form.Item>
        <Form.Item label={t('unit.level')} htmlFor="unit-level">
          <Select id="unit-level" value={level} onChange={setLevel} options={UNIT_LEVELS.map((l) => ({ value: l, label: t(`unit.level.${l}`) }))} />
        </Form.Item>
        <Form.Item label={t('unit.standing')} htmlFor="unit-standing" help={t('unit.standingHelp')}>
          <Select id="unit-standing" value={standing} onChange={setStanding} options={UNIT_STANDINGS.map((s) => ({ value: s, label: t(`unit.standing.${s}`) }))} />
        </Form.Item>
        {standing === unit.standing ? null : (
          <Form.Item label={t('unit.standingFrom')} htmlFor="unit-standing-from" help={t('unit.standingFromHelp')}>
            <DayField id="unit-standing-from" needed max={today()} value={standingFrom} onChange={(day) => { setStandingFrom(day ?? today()); }} />
          </Form.Item>
        )}
        <Form.Item label={t('unit.parent')} help={t('unit.parentHelp')}>
          <UnitField label={t('unit.pick')} value={parent} onChange={setParent} />
        </Form.Item>
        <Form.Item label={t('unit.worksFor')} htmlFor="unit-area">
          <Select
            id="unit-area"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={area}
            onChange={(id: number | undefined) => { setArea(id ?? null); }}
            notFoundContent={t('area.none')}
            options={(areas.data ?? []).map((a) => ({ value: a.id, label: a.code ? `${a.name} ${a.code}` : a.name }))}
          />
        </Form.Item>
        <Form.Item label={t('unit.creditCode')} htmlFor="unit-code">
          <Input id="unit-code" maxLength={18} value={code} onChange={(event) => { setCode(event.target.value.toUpperCase()); }} />
        </Form.Item>
        <Form.Item label={t('unit.startsOn')} htmlFor="unit-starts">
          <DayField id="unit-starts" value={startsOn} onChange={(day) => { setStartsOn(day ?? ''); }} />
        </Form.Item>
        <Form.Item label={t('unit.endsOn')} htmlFor="unit-ends" help={t('unit.endsOnHelp')}>
          <DayField id="unit-ends" value={endsOn} onChange={(day) => { setEndsOn(day ?? ''); }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
