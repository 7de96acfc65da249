/* duty/duty-add.tsx -- a duty task that no plan orders: 批示, minutes, an assignment, a proposal, by hand. */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Modal, Progress, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { programmesQuery } from '../api/calls';
import { api, data } from '../api/client';
import type { DeadlineKind, DutyNew, Strength, UnitRef } from '../api/types';
import { DayField } from '../kit/day-field';
import { PeopleField, type PersonRef } from '../kit/people-field';
import { UnitField, UnitPicker } from '../kit/unit-picker';
import { useActOn } from '../kit/use-act';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { DUTY_KEYS } from './duty-query';
import { CADENCES, type Cadence, DEADLINE_KINDS, ORIGINS, STRENGTHS, WITH_DAY } from './duty-words';
import { Refused } from './parts';
import { ScanField, sendScans } from './scans';
import { ViewersField, type Viewers } from './viewers-field';

interface Typed {
  origin: DutyNew['origin'];
  title: string;
  text: string;
  lead: UnitRef | null;
  others: UnitRef[];
  kind: DeadlineKind;
  due: string | undefined;
  strength: Strength;
  cadence: Cadence;
  document: boolean;
  leader: string;
  account: PersonRef | null;
  scans: File[];
  /** Null: as proposed, who leads. */
  viewers: Viewers | null;
  given: string | undefined;
  words: string;
  tags: string[];
}

const START: Typed = {
  origin: 'instruction', title: '', text: '', lead: null, others: [], kind: 'complete_by', due: undefined, strength: 'must', cadence: '',
  document: false, leader: '', account: null, scans: [], viewers: null, given: today(), words: '', tags: [],
};

/** Why TYPED cannot be sent yet: the fields that are missing. */
function missing(typed: Typed): Set<string> {
  const found = new Set<string>();
  if (typed.title.trim() === '') found.add('title');
  if (!typed.lead) found.add('lead');
  if (WITH_DAY.has(typed.kind) && !typed.due) found.add('due');
  if (typed.origin === 'instruction' && typed.leader.trim() === '') found.add('leader');
  if (typed.origin === 'instruction' && !typed.given) found.add('given');
  return found;
}

/** Who sees it: what was chosen, else the people of the unit that leads. */
function viewersOf(typed: Typed): Viewers {
  return typed.viewers ?? { people: [], units: typed.lead ? [typed.lead] : [] };
}

function bodyOf(typed: Typed, programme: number, lead: UnitRef): DutyNew {
  const instruction = typed.origin === 'instruction';
  const viewers = viewersOf(typed);
  return {
    programme,
    origin: typed.origin,
    title: typed.title.trim(),
    lead: lead.id,
    deadline_kind: typed.kind,
    strength: typed.strength,
    cadence: instruction ? '' : typed.cadence,
    ...(typed.text.trim() ? { text: typed.text.trim() } : {}),
    ...(typed.others.length > 0 ? { units: typed.others.map((unit) => unit.id) } : {}),
    ...(WITH_DAY.has(typed.kind) && typed.due ? { due: typed.due } : {}),
    ...(typed.document ? { deliverable: 'document' as const } : {}),
    ...(typed.leader.trim() ? { leader: typed.leader.trim() } : {}),
    ...(instruction && typed.given ? { given_on: typed.given } : {}),
    ...(instruction && typed.account ? { leader_id: typed.account.id } : {}),
    ...(instruction ? { viewers: viewers.people.map((p) => p.id), viewer_units: viewers.units.map((u) => u.id) } : {}),
    ...(typed.words.trim() ? { words: typed.words.trim() } : {}),
    ...(typed.tags.length > 0 ? { tags: typed.tags } : {}),
  };
}

export function AddDuty({ onClose }: { onClose: () => void }) {
  const w = useWords();
  const { t } = w;
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const programmes = useQuery(programmesQuery);
  const programme = Number(search.get('programme')) || programmes.data?.items[0]?.id;
  const [typed, setTyped] = useState<Typed>(START);
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const set = (change: Partial<Typed>): void => { setTyped((old) => ({ ...old, ...change })); };
  const lacks = missing(typed);
  const help = (name: string) => (tried && lacks.has(name) ? { validateStatus: 'error' as const, help: t('duty.missing') } : {});
  const act = useActOn(
    DUTY_KEYS,
    async (body: DutyNew, key) => {
      const scans = typed.origin === 'instruction' && typed.scans.length > 0 ? { scans: await sendScans(typed.scans, setSent) } : {};
      return data(api.POST('/api/v1/duties', { params: { header: { 'Idempotency-Key': key } }, body: { ...body, ...scans } }));
    },
    (made) => { void navigate(`/duties/${made.id}`); },
  );
  const instruction = typed.origin === 'instruction';
  return (
    <Modal
      open
      width={640}
      title={t('duty.add')}
      okText={t('duty.addAct')}
      cancelText={t('act.cancel')}
      confirmLoading={act.isPending}
      onOk={() => {
        setTried(true);
        if (lacks.size === 0 && typed.lead && programme !== undefined) act.mutate(bodyOf(typed, programme, typed.lead));
      }}
      onCancel={onClose}
    >
      <Refused error={act.error} />
      <Form layout="vertical" component="div">
        <Form.Item label={t('duty.origin')} htmlFor="add-origin">
          <Select id="add-origin" value={typed.origin} onChange={(origin) => { set({ origin }); }} options={ORIGINS.map((o) => ({ value: o, label: t(`duty.origin.${o}`) }))} />
        </Form.Item>
        {instruction ? (
          <>
            <div className="xj-row-line">
              <Form.Item label={t('duty.leader')} htmlFor="add-leader" required {...help('leader')}>
                <Input id="add-leader" maxLength={50} value={typed.leader} onChange={(event) => { set({ leader: event.target.value }); }} />
              </Form.Item>
              <Form.Item label={t('duty.givenOn')} htmlFor="add-given" required {...help('given')}>
                <DayField id="add-given" max={today()} value={typed.given} onChange={(next) => { set({ given: next ?? undefined }); }} />
              </Form.Item>
            </div>
            <Form.Item label={t('duty.leaderAccount')} htmlFor="add-account" extra={t('duty.leaderAccountWhat')}>
              <PeopleField
                id="add-account"
                max={1}
                value={typed.account ? [typed.account] : []}
                onChange={(people) => {
                  const account = people[0] ?? null;
                  set({ account, ...(account && typed.leader.trim() === '' ? { leader: account.name } : {}) });
                }}
              />
            </Form.Item>
            <Form.Item label={t('duty.instruction')} htmlFor="add-words" extra={t('duty.instructionWhat')}>
              <Input.TextArea id="add-words" rows={2} maxLength={60000} value={typed.words} onChange={(event) => { set({ words: event.target.value }); }} />
            </Form.Item>
          </>
        ) : null}
        {instruction ? (
          <Form.Item label={t('duty.scan')}>
            <ScanField files={typed.scans} onChange={(scans) => { set({ scans }); }} />
            {act.isPending && sent !== null ? <Progress percent={Math.floor(sent * 100)} size="small" aria-label={t('files.sending', { name: t('duty.scan') })} /> : null}
          </Form.Item>
        ) : null}
        <Form.Item label={t('duty.field.title')} htmlFor="add-title" required {...help('title')}>
          <Input id="add-title" maxLength={500} value={typed.title} onChange={(event) => { set({ title: event.target.value }); }} />
        </Form.Item>
        <Form.Item label={t('duty.field.text')} htmlFor="add-text">
          <Input.TextArea id="add-text" rows={3} maxLength={60000} value={typed.text} onChange={(event) => { set({ text: event.target.value }); }} />
        </Form.Item>
        <div className="xj-row-line">
          <Form.Item label={t('duty.owner')} required {...help('lead')}>
            <UnitField label={t('duty.owner')} value={typed.lead} onChange={(lead) => { set({ lead }); }} />
          </Form.Item>
          <Form.Item label={t('duty.others')}>
            <span className="xj-row-line">
              <UnitPicker
                label={t('duty.addOther')}
                onPick={(name, id) => { if (id !== undefined && !typed.others.some((u) => u.id === id)) set({ others: [...typed.others, { id, name }] }); }}
              />
              {typed.others.map((unit) => (
                <Button key={unit.id} size="small" aria-label={t('unit.takeOut', { name: unit.name })} onClick={() => { set({ others: typed.others.filter((u) => u.id !== unit.id) }); }}>
                  {unit.name} ×
                </Button>
              ))}
            </span>
          </Form.Item>
        </div>
        <div className="xj-row-line">
          <Form.Item label={t('duty.field.deadline_kind')} htmlFor="add-kind">
            <Select id="add-kind" popupMatchSelectWidth={false} value={typed.kind} onChange={(kind) => { set({ kind }); }} options={DEADLINE_KINDS.map((k) => ({ value: k, label: t(`kind.${k}`) }))} />
          </Form.Item>
          {WITH_DAY.has(typed.kind) ? (
            <Form.Item label={t('duty.due')} htmlFor="add-due" required {...help('due')}>
              <DayField id="add-due" value={typed.due} onChange={(next) => { set({ due: next ?? undefined }); }} />
            </Form.Item>
          ) : null}
          {instruction ? null : <Form.Item label={t('duty.field.cadence')} htmlFor="add-cadence">
            <Select id="add-cadence" popupMatchSelectWidth={false} value={typed.cadence} onChange={(cadence) => { set({ cadence }); }} options={['', ...CADENCES].map((c) => ({ value: c, label: c ? w.tCode('cadence', c) : t('duty.noCadence') }))} />
          </Form.Item>}
          <Form.Item label={t('duty.field.strength')} htmlFor="add-strength">
            <Select id="add-strength" value={typed.strength} onChange={(strength) => { set({ strength }); }} options={STRENGTHS.map((s) => ({ value: s, label: t(`strength.${s}`) }))} />
          </Form.Item>
        </div>
        <Form.Item label={t('duty.tags')} htmlFor="add-tags">
          <Select id="add-tags" mode="tags" open={false} suffix={null} maxCount={20} value={typed.tags} onChange={(tags: string[]) => { set({ tags: tags.map((tag) => tag.trim().slice(0, 50)).filter(Boolean) }); }} />
        </Form.Item>
        <Checkbox checked={typed.document} onChange={(event) => { set({ document: event.target.checked }); }}>{t('duty.needsDocument')}</Checkbox>
        {instruction ? (
          <fieldset className="xj-fields">
            <legend>{t('duty.viewers')}</legend>
            <p className="xj-faint">{t('duty.restrictedWhat')}</p>
            <ViewersField value={viewersOf(typed)} onChange={(viewers) => { set({ viewers }); }} />
          </fieldset>
        ) : null}
      </Form>
    </Modal>
  );
}
