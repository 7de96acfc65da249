/* notice/calendars.tsx -- calendars that a phone or Outlook subscribes to: made, shown once, taken back. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import { copyText } from '../kit/copy';
import { problemWords } from '../kit/problem-note';
import { Answer } from '../kit/states';
import { instantInTable } from '../words/dates';
import { useWords } from '../words/lang';

const key = ['calendars'];

/** The units whose calendar one may have: all for who sees all, else those of the posts. */
function useUnits(): { value: number; label: string }[] {
  const session = useQuery(sessionQuery);
  const reach = session.data?.rights.find((r) => r.right === 'duty.read')?.reach;
  const wide = reach === 'all' || reach === 'issued';
  const all = useQuery({
    queryKey: ['units', 'calendar'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/units', { params: { query: { limit: 500 } }, signal })),
    enabled: wide,
  });
  if (wide) return (all.data?.items ?? []).filter((u) => u.kind !== 'group').map((u) => ({ value: u.id, label: u.name }));
  const own = (reach === undefined ? [] : session.data?.posts ?? []).flatMap((p) => (p.unit ? [{ value: p.unit.id, label: p.unit.name }] : []));
  return [...new Map(own.map((unit) => [unit.value, unit])).values()];
}

function Made({ address }: { address: string }) {
  const { t, lang } = useWords();
  const { message } = App.useApp();
  const whole = `${address}${lang === 'en' ? '?lang=en' : ''}`;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('notice.calendar.made')}
      description={
        <p className="xj-way-line">
          <code className="xj-address">{whole}</code>
          <Button
            size="small"
            onClick={() => { void copyText(whole).then((done) => message[done ? 'success' : 'warning'](t(done ? 'notice.copied' : 'notice.notCopied'))); }}
          >
            {t('notice.calendar.copy')}
          </Button>
        </p>
      }
    />
  );
}

export function Calendars() {
  const w = useWords();
  const { t } = w;
  const queries = useQueryClient();
  const { notification } = App.useApp();
  const units = useUnits();
  const [unit, setUnit] = useState(0);
  const calendars = useQuery({ queryKey: key, queryFn: ({ signal }) => data(api.GET('/api/v1/calendars', { signal })) });
  const failed = (error: unknown) => {
    const { title, advice } = problemWords(w, asProblem(error));
    notification.warning({ title, description: advice });
  };
  const add = useMutation({
    mutationFn: () =>
      data(api.POST('/api/v1/calendars', { body: unit === 0 ? {} : { unit }, params: { header: { 'Idempotency-Key': newKey() } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: failed,
  });
  const revoke = useMutation({
    mutationFn: (calendar: number) =>
      data(api.DELETE('/api/v1/calendars/{calendar}', { params: { path: { calendar }, header: { 'Idempotency-Key': newKey() } } })),
    onSuccess: (_done, calendar) => {
      if (add.data?.id === calendar) add.reset();
      return queries.invalidateQueries({ queryKey: key });
    },
    onError: failed,
  });
  return (
    <section aria-labelledby="calendars-h">
      <h2 id="calendars-h">{t('notice.calendars')}</h2>
      <p className="xj-faint">{t('notice.calendarsWhat')}</p>
      <p className="xj-way-line">
        <Select
          className="xj-way-address"
          size="small"
          aria-label={t('notice.calendar.of')}
          showSearch={{ optionFilterProp: 'label' }}
          value={unit}
          options={[{ value: 0, label: t('notice.calendar.mine') }, ...units]}
          onChange={setUnit}
        />
        <Button size="small" loading={add.isPending} onClick={() => { add.mutate(); }}>{t('notice.calendar.add')}</Button>
      </p>
      {add.data?.path ? <Made address={`${location.origin}${add.data.path}`} /> : null}
      <Answer query={calendars}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="xj-faint">{t('notice.calendar.none')}</p>
          ) : (
            <ul className="xj-calendars">
              {items.map((calendar) => {
                const name = calendar.unit_name ?? t('notice.calendar.mine');
                return (
                  <li key={calendar.id} className="xj-way-line">
                    <span>{name}</span>
                    <span className="xj-faint">{t('notice.calendar.since', { at: instantInTable(calendar.created_at) })}</span>
                    <Popconfirm title={t('notice.calendar.revokeSure')} okText={t('notice.calendar.revoke')} cancelText={t('act.cancel')} onConfirm={() => { revoke.mutate(calendar.id); }}>
                      <Button size="small" aria-label={t('notice.calendar.revokeOne', { name })}>{t('notice.calendar.revoke')}</Button>
                    </Popconfirm>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Answer>
    </section>
  );
}
