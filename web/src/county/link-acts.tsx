/* county/link-acts.tsx -- a link is offered, taken, ended; its code is shown once. */
import { CopyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { programmesQuery } from '../api/calls';
import { api, data } from '../api/client';
import type { CountyLink, UnitRef } from '../api/types';
import { copyText } from '../kit/copy';
import { DayField } from '../kit/day-field';
import { ProblemNote } from '../kit/problem-note';
import { UnitField } from '../kit/unit-picker';
import { useActOn } from '../kit/use-act';
import { today } from '../words/dates';
import { useWords } from '../words/lang';

export interface MadeCode {
  name: string;
  /** Null where the answer came a second time: then it was shown before, or is lost. */
  code: string | null;
}

export function CodeShown({ made, onClose }: { made: MadeCode; onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const { code } = made;
  return (
    <Modal
      open
      title={t('county.codeOf', { name: made.name })}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={<Button type="primary" onClick={onClose}>{t('county.noted')}</Button>}
    >
      {code === null ? (
        <Alert type="warning" showIcon title={t('county.codeLost')} />
      ) : (
        <>
          <p className="xj-password">
            <output aria-label={t('county.code')}>{code}</output>{' '}
            <Button
              size="small"
              icon={<CopyOutlined />}
              onClick={() => {
                void copyText(code).then((done) => {
                  if (done) message.success(t('person.copied'));
                  else message.error(t('act.notCopied'));
                });
              }}
            >
              {t('county.copy')}
            </Button>
          </p>
          <p>{t('county.codeOnce')}</p>
        </>
      )}
    </Modal>
  );
}

export function OfferLink({ onMade, onClose }: { onMade: (made: MadeCode) => void; onClose: () => void }) {
  const { t } = useWords();
  const [unit, setUnit] = useState<UnitRef | null>(null);
  const act = useActOn(
    ['county'],
    (to: UnitRef, key) => data(api.POST('/api/v1/county-links', { params: { header: { 'Idempotency-Key': key } }, body: { unit: to.id } })),
    ({ code }) => {
      onMade({ name: unit?.name ?? '', code });
      onClose();
    },
  );
  return (
    <Modal
      open
      title={t('county.offerTitle')}
      okText={t('county.offer')}
      okButtonProps={{ disabled: unit === null }}
      cancelText={t('act.cancel')}
      confirmLoading={act.isPending}
      onOk={() => { if (unit) act.mutate(unit); }}
      onCancel={onClose}
    >
      {act.error ? <div className="xj-form-note"><ProblemNote error={act.error} /></div> : null}
      <p className="xj-faint">{t('county.offerWhat')}</p>
      <UnitField label={t('county.county')} value={unit} onChange={setUnit} />
    </Modal>
  );
}

export function TakeLink({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const programmes = useQuery(programmesQuery);
  const [code, setCode] = useState('');
  const [chosen, setChosen] = useState<number | null>(null);
  const programme = chosen ?? programmes.data?.items[0]?.id ?? null;
  const act = useActOn(
    ['county'],
    (into: number, key) => data(api.POST('/api/v1/county-links/taken', { params: { header: { 'Idempotency-Key': key } }, body: { code: code.trim(), programme: into } })),
    onClose,
  );
  return (
    <Modal
      open
      title={t('county.takeTitle')}
      okText={t('county.take')}
      okButtonProps={{ disabled: code.trim() === '' || programme === null }}
      cancelText={t('act.cancel')}
      confirmLoading={act.isPending}
      onOk={() => { if (programme !== null) act.mutate(programme); }}
      onCancel={onClose}
    >
      {act.error ? <div className="xj-form-note"><ProblemNote error={act.error} /></div> : null}
      <p className="xj-faint">{t('county.takeWhat')}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('county.code')} htmlFor="county-code">
          <Input id="county-code" maxLength={60} autoComplete="off" value={code} onChange={(event) => { setCode(event.target.value); }} />
        </Form.Item>
        <Form.Item label={t('county.programme')} htmlFor="county-programme">
          <Select id="county-programme" value={programme} onChange={setChosen} options={(programmes.data?.items ?? []).map((p) => ({ value: p.id, label: p.name }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function EndLink({ link, onClose }: { link: CountyLink; onClose: () => void }) {
  const { t } = useWords();
  const [day, setDay] = useState(today());
  const [why, setWhy] = useState('');
  const act = useActOn(
    ['county', 'duties', 'duty', 'obligations'],
    (reason: string, key) =>
      data(
        api.POST('/api/v1/county-links/{link}/end', {
          params: { path: { link: link.id }, header: { 'If-Match': `"${link.version}"`, 'Idempotency-Key': key } },
          body: { ends_on: day, why: reason },
        }),
      ),
    onClose,
  );
  return (
    <Modal
      open
      title={t('county.endTitle', { name: link.peer ?? link.unit.name })}
      okText={t(link.state === 'offered' ? 'county.withdraw' : 'county.end')}
      okButtonProps={{ disabled: why.trim() === '' || day === '' }}
      cancelText={t('act.cancel')}
      confirmLoading={act.isPending}
      onOk={() => { act.mutate(why.trim()); }}
      onCancel={onClose}
    >
      {act.error ? <div className="xj-form-note"><ProblemNote error={act.error} /></div> : null}
      <p className="xj-faint">{t('county.endWhat')}</p>
      <Form layout="vertical" component="div">
        {link.state === 'linked' ? (
          <Form.Item label={t('county.endsOnField')} htmlFor="county-ends">
            <DayField id="county-ends" min={today()} value={day} onChange={(next) => { setDay(next ?? ''); }} />
          </Form.Item>
        ) : null}
        <Form.Item label={t('county.why')} htmlFor="county-why" required>
          <Input.TextArea id="county-why" rows={2} maxLength={2000} value={why} onChange={(event) => { setWhy(event.target.value); }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
