/* duty/duty-settle.tsx -- what the document left open, settled by the office; on request for all like it. */
import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import type { components } from '../api/schema.gen';
import type { Duty } from '../api/types';
import { UnitPicker } from '../kit/unit-picker';
import { useActOn } from '../kit/use-act';
import { useWords } from '../words/lang';
import { CountyChoice } from './county-choice';
import { DUTY_KEYS } from './duty-query';
import { CADENCES, type Cadence } from './duty-words';
import { Refused } from './parts';

type Answer = components['schemas']['SettleAnswer'];

export function Settle({ duty, document }: { duty: Duty; document: number }) {
  const w = useWords();
  const { t } = w;
  const [like, setLike] = useState(false);
  const act = useActOn(DUTY_KEYS, (answer: Answer, key) =>
    data(
      api.POST('/api/v1/documents/{document}/settle', {
        params: { path: { document }, header: { 'Idempotency-Key': key } },
        body: { answers: [{ ...(like ? { like: duty.id } : { duties: [duty.id] }), ...answer }] },
      }),
    ),
  );
  const say = (answer: Answer) => () => { act.mutate(answer); };
  return (
    <section className="xj-settle xj-no-print" aria-labelledby="settle-h">
      <h2 id="settle-h">{t('settle.title')}</h2>
      <Refused error={act.error} />
      {duty.unsettled.includes('lead') ? (
        <p className="xj-row-line">
          <span>{t('duty.unsettled.lead')}</span>
          <Button size="small" type="primary" disabled={act.isPending} onClick={say({ open: 'lead', keep: true })}>{t('settle.keepLead', { unit: duty.owner_name })}</Button>
          <UnitPicker label={t('settle.otherLead')} onPick={(_, id) => { if (id !== undefined) act.mutate({ open: 'lead', lead: id }); }} />
        </p>
      ) : null}
      {duty.unsettled.includes('cadence') ? (
        <p className="xj-row-line">
          <span>{t('duty.unsettled.cadence')}</span>
          <Select
            size="small"
            aria-label={t('duty.unsettled.cadence')}
            popupMatchSelectWidth={false}
            placeholder={t('settle.choose')}
            options={CADENCES.map((c) => ({ value: c, label: w.tCode('cadence', c) }))}
            onChange={(cadence: Cadence) => { act.mutate({ open: 'cadence', cadence }); }}
          />
        </p>
      ) : null}
      {duty.unsettled.includes('way') ? (
        <p className="xj-row-line">
          <span>{t('duty.unsettled.way')}</span>
          <Button size="small" disabled={act.isPending} onClick={say({ open: 'way', way: 'area' })}>{t('settle.area')}</Button>
          <Button size="small" disabled={act.isPending} onClick={say({ open: 'way', way: 'line' })}>{t('settle.line')}</Button>
        </p>
      ) : null}
      {duty.unsettled.includes('counties') ? (
        <p className="xj-row-line">
          <span>{t('duty.unsettled.counties')}</span>
          <CountyChoice onSay={(counties) => { act.mutate({ open: 'counties', counties }); }} />
        </p>
      ) : null}
      <Checkbox checked={like} onChange={(event) => { setLike(event.target.checked); }}>{t('settle.like')}</Checkbox>
    </section>
  );
}
