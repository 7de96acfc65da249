/* duty/rule-edit.tsx -- setting a rule: what it would do, why, and somebody else's value where they were first. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import { asProblem } from '../api/problem';
import type { DutyRule, DutyRules } from '../api/types';
import { DayField } from '../kit/day-field';
import { ProblemNote } from '../kit/problem-note';
import { useActOn } from '../kit/use-act';
import { useWords } from '../words/lang';
import { DUTY_KEYS } from './duty-query';
import { rulesQuery } from './rule-query';
import { RuleTry } from './rule-try';
import { boundWords, movesLights, movesReminders, noHourLeft, readRule, ruleText, ruleWords, type GroupKey } from './rule-value';

const FIELD = 'rule-value';
const WRONG = 'rule-wrong';

function Field({ rule, typed, wrong, onType }: { rule: DutyRule; typed: string; wrong: boolean; onType: (typed: string) => void }) {
  const w = useWords();
  if (rule.kind === 'word' || rule.name === 'digest_weekday') {
    const words = rule.kind === 'word' ? rule.words : Array.from({ length: 7 }, (_, i) => String(i + 1));
    return <Select id={FIELD} value={typed} onChange={onType} options={words.map((word) => ({ value: word, label: ruleWords(w, rule, word) }))} />;
  }
  if (rule.kind === 'day') return <DayField id={FIELD} value={typed} onChange={(day) => { onType(day ?? ''); }} />;
  return (
    <Input
      id={FIELD}
      value={typed}
      maxLength={100}
      autoComplete="off"
      {...(rule.kind === 'int' ? { inputMode: 'numeric' } : {})}
      status={wrong ? 'error' : ''}
      aria-invalid={wrong}
      aria-describedby={WRONG}
      onChange={(event) => { onType(event.target.value); }}
    />
  );
}

/** RULES as they were when this began; BACK: the default is what it begins from. */
export function RuleEdit({ rules, name, group, back, onClose }: { rules: DutyRules; name: string; group: GroupKey; back: boolean; onClose: () => void }) {
  const w = useWords();
  const { t } = w;
  const queries = useQueryClient();
  const [seen, setSeen] = useState(rules);
  const [theirs, setTheirs] = useState<DutyRule | null>(null);
  const rule = seen.rules.find((r) => r.name === name);
  const [typed, setTyped] = useState(() => {
    const of = rules.rules.find((r) => r.name === name);
    return (back ? of?.standard : of?.value) ?? '';
  });
  const [why, setWhy] = useState('');
  const act = useActOn(
    [...DUTY_KEYS, 'duty-rules'],
    (value: string | null, key) =>
      data(
        api.PUT('/api/v1/duty-rules', {
          params: { header: { 'If-Match': `"${seen.version}"`, 'Idempotency-Key': key } },
          body: { rules: [{ name, value }], why: why.trim() },
        }),
      ),
    onClose,
  );
  if (!rule) return null;
  const read = readRule(rule, typed);
  const never = read !== null && noHourLeft(seen.rules, name, read);
  const value = never ? null : read;
  const asked = value === rule.standard ? null : value;
  const same = value === rule.value;
  const stale = act.error !== null && asProblem(act.error).code === 'stale';
  const save = (): void => {
    act.mutate(asked, {
      onError: (error) => {
        if (asProblem(error).code !== 'stale') return;
        void queries.query({ ...rulesQuery, staleTime: 0 }).then((fresh) => {
          setSeen(fresh);
          setTheirs(fresh.rules.find((r) => r.name === name) ?? null);
        });
      },
    });
  };
  return (
    <Modal
      open
      width={760}
      title={t(back ? 'rules.backTitle' : 'rules.editTitle', { name: ruleText(w, name, 'name') })}
      okText={t(theirs ? 'check.keepMine' : 'act.save')}
      okButtonProps={{ disabled: value === null || same || why.trim() === '' }}
      cancelText={t('act.cancel')}
      confirmLoading={act.isPending}
      onOk={save}
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
              <p>{t('rules.nowIs', { value: ruleWords(w, theirs, theirs.value) })}{theirs.changed ? ` ${t('rules.because', { name: theirs.changed.actor_name, why: theirs.changed.why })}` : ''}</p>
              <p>{t('rules.yoursIs', { value: value === null ? typed : ruleWords(w, rule, value) })}</p>
            </>
          }
        />
      ) : null}
      {act.error && !stale ? <div className="xj-form-note"><ProblemNote error={act.error} /></div> : null}
      <p>{ruleText(w, name, 'what')} <span className="xj-faint">{ruleText(w, name, 'example')}</span></p>
      <Form layout="vertical" onFinish={save}>
        <Form.Item
          label={t('rules.value', { bounds: boundWords(w, rule) })}
          htmlFor={FIELD}
          extra={<span id={WRONG} role={value === null ? 'alert' : undefined} className={value === null ? 'xj-bad' : 'xj-faint'}>
            {value === null
              ? t(never ? 'rules.wrongHours' : 'rules.wrong', { bounds: boundWords(w, rule) })
              : t('rules.wasIs', { value: ruleWords(w, rule, rule.value), standard: ruleWords(w, rule, rule.standard) })}
          </span>}
        >
          <Field rule={rule} typed={typed} wrong={value === null} onType={setTyped} />
        </Form.Item>
        <Form.Item label={t('duty.why')} htmlFor="rule-why">
          <Input.TextArea id="rule-why" rows={2} maxLength={500} value={why} onChange={(event) => { setWhy(event.target.value); }} />
        </Form.Item>
      </Form>
      <p className="xj-faint">{w.tCode('rules.effect', name in EFFECTS ? name : group)}</p>
      {(movesLights(name) || movesReminders(name)) && value !== null && !same ? <RuleTry name={name} value={asked} /> : null}
    </Modal>
  );
}

/** Rules that take effect in a way of their own (`rules.effect.NAME`). */
const EFFECTS: Readonly<Record<string, true>> = { begun_on: true, roll_red: true, returns_cap: true };
