/* org/post-form.tsx -- what somebody is: the role, the unit, from when to when. */
import { Form, Select } from 'antd';
import { useId } from 'react';
import type { PostAdd, PostRole, UnitRef } from '../api/types';
import { DayField } from '../kit/day-field';
import { useRights } from '../kit/rights';
import { UnitField } from '../kit/unit-picker';
import { useWords } from '../words/lang';
import { OWN_ROLES, POST_ROLES, UNIT_ROLES_OF_POST } from './people-query';

export interface PostDraft {
  role: PostRole | null;
  unit: UnitRef | null;
  from: string;
  to: string;
}

export const NO_POST: PostDraft = { role: null, unit: null, from: '', to: '' };

/** What is still missing or wrong in DRAFT, or null where it can be sent. */
export function postFault(draft: PostDraft): 'role' | 'unit' | 'days' | null {
  if (!draft.role) return 'role';
  if (UNIT_ROLES_OF_POST.has(draft.role) && !draft.unit) return 'unit';
  return draft.from && draft.to && draft.to < draft.from ? 'days' : null;
}

/** DRAFT as the server takes it, where nothing is wrong with it. */
export function postOf(draft: PostDraft): PostAdd | null {
  if (!draft.role || postFault(draft)) return null;
  return {
    role: draft.role,
    ...(draft.unit ? { unit: draft.unit.id } : {}),
    ...(draft.from ? { from: draft.from } : {}),
    ...(draft.to ? { to: draft.to } : {}),
  };
}

interface Props {
  draft: PostDraft;
  onChange: (draft: PostDraft) => void;
  /** Say what is missing. */
  checked: boolean;
}

export function PostForm({ draft, onChange, checked }: Props) {
  const { t } = useWords();
  const right = useRights();
  const id = useId();
  const all = right('people.change') === 'all';
  const roles = (all ? POST_ROLES : OWN_ROLES).filter((role) => role !== 'administrator' || right('administrator.change') !== null);
  const fault = checked ? postFault(draft) : null;
  const set = (part: Partial<PostDraft>): void => { onChange({ ...draft, ...part }); };
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={t('post.role')} htmlFor={`${id}-role`} {...(fault === 'role' ? { validateStatus: 'error', help: t('post.roleMissing') } : {})}>
        <Select<PostRole>
          id={`${id}-role`}
          value={draft.role}
          placeholder={t('post.pickRole')}
          options={roles.map((role) => ({ value: role, label: t(`post.role.${role}`) }))}
          onChange={(role) => { set({ role }); }}
        />
      </Form.Item>
      <Form.Item label={t('unit.one')} {...(fault === 'unit' ? { validateStatus: 'error', help: t('post.unitMissing') } : {})}>
        <UnitField label={t('unit.pick')} value={draft.unit} onChange={(unit) => { set({ unit }); }} />
      </Form.Item>
      <div className="xj-row-line xj-days-pair">
        <Form.Item label={t('post.from')} htmlFor={`${id}-from`}>
          <DayField id={`${id}-from`} value={draft.from} onChange={(day) => { set({ from: day ?? '' }); }} />
        </Form.Item>
        <Form.Item label={t('post.to')} htmlFor={`${id}-to`} {...(fault === 'days' ? { validateStatus: 'error', help: t('post.daysWrong') } : {})}>
          <DayField id={`${id}-to`} value={draft.to} onChange={(day) => { set({ to: day ?? '' }); }} />
        </Form.Item>
      </div>
      <p className="xj-faint">{t('post.daysWhat')}</p>
    </Form>
  );
}
