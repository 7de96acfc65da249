/* org/unit-dispatch.tsx -- 分办 by rule: which section or officer gets which tasks of the unit, what that comes to, and doing it. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, AutoComplete, Button, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import type { DispatchRules, DispatchWaiting, Unit, UnitRef } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { Answer, Empty } from '../kit/states';
import { UnitField } from '../kit/unit-picker';
import { useWords } from '../words/lang';
import { peopleOfUnitQuery } from './unit-query';

type Rule = DispatchRules['rules'][number];
interface Draft extends Rule {
  key: string;
}

const path = (unit: number) => ({ path: { unit } });

function rulesQuery(unit: number) {
  return queryOptions({
    queryKey: ['dispatch', 'rules', unit],
    queryFn: ({ signal }) => data(api.GET('/api/v1/units/{unit}/dispatch-rules', { params: path(unit), signal })),
  });
}

function waitingQuery(unit: number) {
  return queryOptions({
    queryKey: ['dispatch', 'waiting', unit],
    queryFn: ({ signal }) => data(api.GET('/api/v1/units/{unit}/dispatch', { params: path(unit), signal })),
  });
}

const drafts = (rules: readonly Rule[]): Draft[] => rules.map((rule) => ({ ...rule, key: newKey() }));

/** Who RULE gives to, in words. */
function useReceiver(): (rule: Rule) => string {
  const { t } = useWords();
  return ({ section, person }) => [section?.name, person?.name].filter(Boolean).join(t('list.comma'));
}

function RuleRow(props: { unit: Unit; rule: Draft; no: number; actions: readonly string[]; onChange: (rule: Draft) => void; onRemove: () => void }) {
  const { t } = useWords();
  const { unit, rule, no, actions, onChange, onRemove } = props;
  const people = useQuery(peopleOfUnitQuery(unit.id));
  const inSection = useQuery({ ...peopleOfUnitQuery(rule.section?.id ?? 0), enabled: rule.section !== null });
  const known = new Map<number, string>();
  for (const p of [...(people.data?.items ?? []), ...(inSection.data?.items ?? [])]) if (!p.disabled) known.set(p.id, p.display_name);
  if (rule.person) known.set(rule.person.id, rule.person.name);
  return (
    <tr>
      <td className="xj-right">{no}</td>
      <td>
        <AutoComplete
          className="xj-fill"
          value={rule.action}
          options={actions.map((value) => ({ value }))}
          onChange={(action: string) => { onChange({ ...rule, action }); }}
        >
          <Input aria-label={t('dispatch.actionOf', { no })} placeholder={t('dispatch.any')} maxLength={200} />
        </AutoComplete>
      </td>
      <td>
        <Input
          aria-label={t('dispatch.wordOf', { no })}
          placeholder={t('dispatch.any')}
          maxLength={100}
          value={rule.word}
          onChange={(event) => { onChange({ ...rule, word: event.target.value }); }}
        />
      </td>
      <td>
        <UnitField label={t('dispatch.sectionOf', { no })} value={rule.section} onChange={(section: UnitRef | null) => { onChange({ ...rule, section }); }} />
      </td>
      <td>
        <Select<number>
          className="xj-fill"
          aria-label={t('dispatch.personOf', { no })}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          value={rule.person?.id ?? null}
          options={[...known].map(([value, label]) => ({ value, label }))}
          onChange={(id: number | undefined) => { onChange({ ...rule, person: id === undefined ? null : { id, name: known.get(id) ?? '' } }); }}
        />
      </td>
      <td>
        <Button type="text" icon={<DeleteOutlined />} aria-label={t('dispatch.remove', { no })} onClick={onRemove} />
      </td>
    </tr>
  );
}

function Rules({ unit, held, waiting }: { unit: Unit; held: DispatchRules; waiting: DispatchWaiting }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [rules, setRules] = useState(() => drafts(held.rules));
  const actions = useMemo(
    () => [...new Set([...waiting.items.map((item) => item.action), ...held.rules.map((rule) => rule.action)])].filter((name) => name !== ''),
    [waiting, held],
  );
  const save = useMutation({
    mutationFn: () =>
      data(
        api.PUT('/api/v1/units/{unit}/dispatch-rules', {
          params: { ...path(unit.id), header: { 'If-Match': `"${held.version}"`, 'Idempotency-Key': newKey() } },
          body: {
            rules: rules.map(({ action, word, section, person }) => ({
              action: action.trim(),
              word: word.trim(),
              ...(section ? { section: section.id } : {}),
              ...(person ? { person: person.id } : {}),
            })),
          },
        }),
      ),
    onSuccess: async () => {
      message.success(t('dispatch.saved'));
      await queries.invalidateQueries({ queryKey: ['dispatch'] });
    },
  });
  const before = useMutation({
    mutationFn: () => data(api.GET('/api/v1/units/{unit}/dispatch-rules/before', { params: path(unit.id) })),
    onSuccess: (found) => {
      const named = new Set(rules.map((rule) => rule.action));
      const more = found.rules.filter((rule) => !named.has(rule.action));
      setRules([...rules, ...drafts(more)]);
      message.info(t(more.length > 0 ? 'dispatch.taken' : 'dispatch.noneBefore', { n: more.length }));
    },
  });
  const whole = rules.every((rule) => (rule.action.trim() !== '' || rule.word.trim() !== '') && (rule.section !== null || rule.person !== null));
  return (
    <>
      <p className="xj-faint">{t('dispatch.what')}</p>
      {save.error ? <ProblemNote error={save.error} /> : null}
      {before.error ? <ProblemNote error={before.error} /> : null}
      {rules.length > 0 ? (
        <table className="xj-table" aria-label={t('dispatch.rules')}>
          <thead>
            <tr>
              <th scope="col" className="xj-right">{t('dispatch.no')}</th>
              <th scope="col">{t('dispatch.action')}</th>
              <th scope="col">{t('dispatch.word')}</th>
              <th scope="col">{t('dispatch.section')}</th>
              <th scope="col">{t('dispatch.person')}</th>
              <th scope="col"><span className="xj-hidden">{t('dispatch.removeHead')}</span></th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule, at) => (
              <RuleRow
                key={rule.key}
                unit={unit}
                rule={rule}
                no={at + 1}
                actions={actions}
                onChange={(next) => { setRules(rules.map((old) => (old.key === next.key ? next : old))); }}
                onRemove={() => { setRules(rules.filter((old) => old.key !== rule.key)); }}
              />
            ))}
          </tbody>
        </table>
      ) : null}
      <div className="xj-row-line">
        <Button icon={<PlusOutlined />} onClick={() => { setRules([...rules, { key: newKey(), action: '', word: '', section: null, person: null }]); }}>
          {t('dispatch.add')}
        </Button>
        <Button loading={before.isPending} onClick={() => { before.mutate(); }}>{t('dispatch.before')}</Button>
        <Button type="primary" disabled={!whole} loading={save.isPending} onClick={() => { save.mutate(); }}>{t('dispatch.save')}</Button>
      </div>
    </>
  );
}

function Waiting({ unit, held, waiting }: { unit: Unit; held: DispatchRules; waiting: DispatchWaiting }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const receiver = useReceiver();
  const fits = waiting.items.filter((item) => item.rule !== null).length;
  const act = useMutation({
    mutationFn: () =>
      data(
        api.POST('/api/v1/units/{unit}/dispatch', {
          params: { ...path(unit.id), header: { 'If-Match': `"${waiting.version}"`, 'Idempotency-Key': newKey() } },
          body: {},
        }),
      ),
    onSuccess: async ({ done }) => {
      message.success(t('dispatch.done', { n: done }));
      await Promise.all(['dispatch', 'duties', 'duty'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
    },
  });
  return (
    <>
      <h2>{t('dispatch.waiting', { n: waiting.items.length })}</h2>
      {act.error ? <ProblemNote error={act.error} /> : null}
      {waiting.items.length === 0 ? (
        <Empty title={t('dispatch.noneWaits')} />
      ) : (
        <>
          <table className="xj-table" aria-label={t('dispatch.waiting', { n: waiting.items.length })}>
            <thead>
              <tr>
                <th scope="col">{t('dispatch.action')}</th>
                <th scope="col">{t('dispatch.task')}</th>
                <th scope="col">{t('dispatch.to')}</th>
              </tr>
            </thead>
            <tbody>
              {waiting.items.map((item) => {
                const rule = item.rule === null ? undefined : held.rules[item.rule];
                return (
                  <tr key={item.duty}>
                    <td>{item.action || '—'}</td>
                    <td><Link to={`/duties/${item.duty}`}>{item.no ? `${item.no} ` : ''}{item.title}</Link></td>
                    <td>{rule ? receiver(rule) : <span className="xj-faint">{t('dispatch.byHand')}</span>}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <div className="xj-row-line">
            <Button type="primary" disabled={fits === 0} loading={act.isPending} onClick={() => { act.mutate(); }}>{t('dispatch.act', { n: fits })}</Button>
          </div>
        </>
      )}
    </>
  );
}

export function UnitDispatch({ unit }: { unit: Unit }) {
  const held = useQuery(rulesQuery(unit.id));
  const waiting = useQuery(waitingQuery(unit.id));
  return (
    <div className="xj-tab-body">
      <Answer query={held} rows={4}>
        {(rules) => (
          <Answer query={waiting} rows={6}>
            {(found) => (
              <>
                <Rules key={rules.version} unit={unit} held={rules} waiting={found} />
                <Waiting unit={unit} held={rules} waiting={found} />
              </>
            )}
          </Answer>
        )}
      </Answer>
    </div>
  );
}
