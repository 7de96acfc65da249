/* duty/duty-dispatch.tsx -- 分办: who inside the unit handles a duty task. */
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import type { Duty, UnitRef } from '../api/types';
import { UnitField } from '../kit/unit-picker';
import { useActOn } from '../kit/use-act';
import { useWords } from '../words/lang';
import { DUTY_KEYS } from './duty-query';
import { Refused } from './parts';

export function Dispatch({ duty }: { duty: Duty }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => { setOpen(true); }}>{t('duty.move.dispatch')}</Button>
      {open ? <DispatchDialog duty={duty} onClose={() => { setOpen(false); }} /> : null}
    </>
  );
}

function DispatchDialog({ duty, onClose }: { duty: Duty; onClose: () => void }) {
  const { t } = useWords();
  const [section, setSection] = useState<UnitRef | null>(null);
  const [person, setPerson] = useState<number | null>(null);
  const people = useQuery({
    queryKey: ['people', 'of', duty.owner],
    queryFn: ({ signal }) => data(api.GET('/api/v1/people', { params: { query: { unit: duty.owner, limit: 200 } }, signal })),
  });
  const act = useActOn(
    DUTY_KEYS,
    (_: undefined, key) =>
      data(
        api.POST('/api/v1/duties/dispatch', {
          params: { header: { 'Idempotency-Key': key } },
          body: { unit: duty.owner, duties: [duty.id], ...(section ? { section: section.id } : {}), ...(person === null ? {} : { person }) },
        }),
      ),
    onClose,
  );
  return (
    <Modal
      open
      title={t('duty.dispatchTitle', { unit: duty.owner_name })}
      okText={t('duty.move.dispatch')}
      okButtonProps={{ disabled: section === null && person === null }}
      cancelText={t('act.cancel')}
      confirmLoading={act.isPending}
      onOk={() => { act.mutate(undefined); }}
      onCancel={onClose}
    >
      <Refused error={act.error ?? people.error} />
      <Form layout="vertical" component="div">
        <Form.Item label={t('duty.person')} htmlFor="dispatch-person">
          <Select<number>
            id="dispatch-person"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={person}
            options={(people.data?.items ?? []).filter((p) => !p.disabled).map((p) => ({ value: p.id, label: p.display_name }))}
            onChange={(value: number | undefined) => { setPerson(value ?? null); }}
          />
        </Form.Item>
        <Form.Item label={t('duty.section')}>
          <UnitField label={t('duty.section')} value={section} onChange={setSection} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
