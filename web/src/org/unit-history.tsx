/* org/unit-history.tsx -- what a unit came from and what became of it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import type { Successor, Unit, UnitRef } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { UnitField } from '../kit/unit-picker';
import { useWords } from '../words/lang';
import { SayForm, Successors, type Said } from './succession';

export function UnitHistory({ unit }: { unit: Unit }) {
  const { t } = useWords();
  const right = useRights();
  const queries = useQueryClient();
  const [next, setNext] = useState<UnitRef | null>(null);
  const fresh = async (): Promise<void> => {
    await Promise.all(['unit', 'units', 'duties', 'obligations'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
  };
  const say = useMutation({
    mutationFn: (said: Said) =>
      data(api.POST('/api/v1/units/{unit}/successors', { params: { path: { unit: unit.id }, header: { 'Idempotency-Key': newKey() } }, body: said })),
    onSuccess: async () => {
      setNext(null);
      await fresh();
    },
  });
  const remove = useMutation({
    mutationFn: (item: Successor) =>
      data(
        api.DELETE('/api/v1/units/{unit}/successors/{successor}', {
          params: { path: { unit: unit.id, successor: item.id }, header: { 'Idempotency-Key': newKey() } },
        }),
      ),
    onSuccess: fresh,
  });
  const may = right('unit.change') !== null && unit.kind !== 'group' && !unit.alias_of;
  const link = (item: Successor) => <Link to={`/units/${item.id}?tab=history`}>{item.name}</Link>;
  return (
    <div className="xj-tab-body">
      {unit.predecessors.length + unit.successors.length === 0 ? <p className="xj-faint">{t('succession.noneUnit')}</p> : null}
      {remove.error ? <ProblemNote error={remove.error} /> : null}
      <Successors title={t('succession.predecessor')} items={unit.predecessors} link={link} />
      <Successors
        title={t('succession.successor')}
        items={unit.successors}
        link={link}
        onRemove={may ? (item) => { remove.mutate(item); } : undefined}
      />
      {may ? (
        <div className="xj-add-alias">
          <h2>{t('succession.sayTitle')}</h2>
          <p className="xj-faint">{t('succession.what', { unit: unit.name })}</p>
          <SayForm
            key={unit.successors.length}
            field={<UnitField label={t('unit.pick')} value={next} onChange={setNext} />}
            chosen={next?.id ?? null}
            work
            busy={say.isPending}
            error={say.error}
            onSay={(said) => { say.mutate(said); }}
          />
        </div>
      ) : null}
    </div>
  );
}
