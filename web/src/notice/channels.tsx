/* notice/channels.tsx -- how one is told besides the inbox. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Alert, Button, Input, Segmented, Switch } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import type { NoticeChannel } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { Answer } from '../kit/states';
import { instantInTable } from '../words/dates';
import { useWords } from '../words/lang';

const key = ['notice-channels'];

function Way({ way }: { way: NoticeChannel }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [wanted, setWanted] = useState(way.wanted);
  const [address, setAddress] = useState(way.address ?? '');
  const [language, setLanguage] = useState(way.language);
  const name = t(`notice.way.${way.channel}`);
  const changed = wanted !== way.wanted || address !== (way.address ?? '') || language !== way.language;
  const save = useMutation({
    mutationFn: () =>
      data(api.PUT('/api/v1/notice-channels/{channel}', {
        params: { path: { channel: way.channel }, header: { 'If-Match': `"${way.version}"`, 'Idempotency-Key': newKey() } },
        body: { wanted, language, ...(address.trim() === '' ? {} : { address: address.trim() }) },
      })),
    onSuccess: () => { void message.success(t('notice.saved')); },
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  return (
    <fieldset className="xj-way">
      <legend>{name}</legend>
      {way.available ? null : <p className="xj-faint">{t('notice.way.absent')}</p>}
      {way.dead_at ? (
        <Alert type="warning" showIcon title={t('notice.way.dead', { at: instantInTable(way.dead_at) })} description={t('notice.way.deadAdvice')} />
      ) : null}
      {save.error ? <ProblemNote error={save.error} /> : null}
      <div className="xj-way-line">
        <label className="xj-way-switch">
          <Switch size="small" checked={wanted} aria-label={t('notice.way.use', { way: name })} onChange={setWanted} />
          <span>{t(`notice.way.${way.channel}.what`)}</span>
        </label>
        {way.channel === 'hook' ? null : (
          <Input
            className="xj-way-address"
            aria-label={t(`notice.way.${way.channel}.address`)}
            placeholder={t(`notice.way.${way.channel}.address`)}
            type={way.channel === 'mail' ? 'email' : 'tel'}
            autoComplete={way.channel === 'mail' ? 'email' : 'tel'}
            maxLength={254}
            value={address}
            onChange={(event) => { setAddress(event.target.value); }}
          />
        )}
        <Segmented
          size="small"
          aria-label={t('notice.way.language', { way: name })}
          value={language}
          options={[{ value: 'zh', label: t('lang.zh') }, { value: 'en', label: t('lang.en') }]}
          onChange={setLanguage}
        />
        <Button
          size="small"
          type="primary"
          disabled={!changed && !way.dead_at}
          loading={save.isPending}
          aria-label={t('notice.way.saveOne', { way: name })}
          onClick={() => { save.mutate(); }}
        >
          {t('notice.way.save')}
        </Button>
      </div>
    </fieldset>
  );
}

export function Channels() {
  const { t } = useWords();
  const ways = useQuery({ queryKey: key, queryFn: ({ signal }) => data(api.GET('/api/v1/notice-channels', { signal })) });
  return (
    <section aria-labelledby="ways-h">
      <h2 id="ways-h">{t('notice.ways')}</h2>
      <p className="xj-faint">{t('notice.waysWhat')}</p>
      <Answer query={ways}>
        {({ items }) => <>{items.map((way) => <Way key={`${way.channel} ${way.version}`} way={way} />)}</>}
      </Answer>
    </section>
  );
}
