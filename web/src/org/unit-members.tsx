/* org/unit-members.tsx -- whom a phrase like 各县区 stands for. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { Unit, UnitRef } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { UnitPicker } from '../kit/unit-picker';
import { useWords } from '../words/lang';
import { unitQuery } from './unit-query';

const same = (a: readonly UnitRef[], b: readonly UnitRef[]): boolean =>
  a.length === b.length && a.every((u) => b.some((other) => other.id === u.id));

export function UnitMembers({ unit }: { unit: Unit }) {
  const { t } = useWords();
  const right = useRights();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<readonly UnitRef[] | null>(null);
  const [unknown, setUnknown] = useState('');
  const members = draft ?? unit.members;
  const changed = draft !== null && !same(draft, unit.members);
  const save = useMutation({
    mutationFn: () =>
      data(
        api.PUT('/api/v1/units/{unit}/members', {
          params: { path: { unit: unit.id }, header: { 'If-Match': `"${unit.version}"`, 'Idempotency-Key': newKey() } },
          body: { members: members.map((u) => u.id) },
        }),
      ),
    onSuccess: async () => {
      await Promise.all(['unit', 'units', 'tasks', 'check'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
      setDraft(null);
    },
    onError: async (error) => {
      // what somebody else made of it stands below what is here: saving again writes over it
      if (asProblem(error).code === 'stale') await queries.query({ ...unitQuery(unit.id), staleTime: 0 });
    },
  });
  const stale = save.error !== null && asProblem(save.error).code === 'stale';
  const may = right('unit.change') !== null;
  return (
    <div className="xj-tab-body">
      <p className="xj-faint">{t('unit.membersWhat', { unit: unit.name })}</p>
      {stale ? (
        <Alert
          type="warning"
          role="alert"
          title={t('problem.stale.title')}
          description={t('unit.membersNow', { names: unit.members.map((u) => u.name).join(t('list.comma')) || '—' })}
        />
      ) : null}
      {save.error && !stale ? <ProblemNote error={save.error} /> : null}
      {members.length === 0 ? <p>{t('check.noMembers')}</p> : null}
      <ul className="xj-members">
        {members.map((u) => (
          <li key={u.id}>
            <Link to={`/units/${u.id}`}>{u.name}</Link>
            {may ? (
              <Button size="small" type="text" aria-label={t('unit.takeOut', { name: u.name })} onClick={() => { setDraft(members.filter((m) => m.id !== u.id)); }}>
                ×
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {may ? (
        <div className="xj-row-line">
          <UnitPicker
            label={t('unit.addMember')}
            onPick={(name, id) => {
              setUnknown(id === undefined ? name : '');
              if (id !== undefined && !members.some((m) => m.id === id)) setDraft([...members, { id, name }]);
            }}
          />
          <Button type="primary" size="small" disabled={!changed} loading={save.isPending} onClick={() => { save.mutate(); }}>
            {stale ? t('check.keepMine') : t('act.save')}
          </Button>
          {changed ? (
            <Button size="small" onClick={() => { setDraft(null); save.reset(); }}>
              {stale ? t('check.takeTheirs') : t('act.cancel')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {unknown ? <p className="xj-bad">{t('unit.unknown', { name: unknown })}</p> : null}
    </div>
  );
}
