/* inspect/circular-page.tsx -- 通报: its text, written in versions until it is published, then read. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, data } from '../api/client';
import { Problem } from '../api/problem';
import type { Circular } from '../api/types';
import { useDraft } from '../kit/draft';
import { ProblemNote } from '../kit/problem-note';
import { Answer } from '../kit/states';
import { useTitle } from '../kit/title';
import { instantInTable } from '../words/dates';
import { useWords } from '../words/lang';
import { circularQuery, inspectableQuery } from './inspect-query';
import { useAct, useRight } from './parts';

function Publish({ circular }: { circular: Circular }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [toAll, setToAll] = useState(true);
  const [units, setUnits] = useState<number[]>([]);
  const all = useQuery({ ...inspectableQuery, enabled: open });
  const act = useAct(
    (_: null, key) =>
      data(api.POST('/api/v1/circulars/{circular}/publish', {
        params: { path: { circular: circular.id }, header: { 'If-Match': `"${circular.version}"`, 'Idempotency-Key': key } },
        body: toAll ? { to_all: true } : { to_all: false, units },
      })),
    () => { setOpen(false); },
  );
  return (
    <>
      <Button onClick={() => { act.reset(); setOpen(true); }}>{t('inspect.publish')}</Button>
      <Modal
        open={open}
        title={t('inspect.publish')}
        okText={t('inspect.publishAct')}
        cancelText={t('act.cancel')}
        okButtonProps={{ disabled: !toAll && units.length === 0 }}
        confirmLoading={act.isPending}
        onOk={() => { act.mutate(null); }}
        onCancel={() => { setOpen(false); }}
        destroyOnHidden
      >
        {act.error ? <ProblemNote error={act.error} /> : null}
        <div className="xj-fields">
          <Radio.Group
            aria-label={t('inspect.readers')}
            value={toAll}
            options={[
              { value: true, label: t('inspect.toAll') },
              { value: false, label: t('inspect.toSome') },
            ]}
            onChange={(event) => { setToAll(event.target.value as boolean); }}
          />
          {toAll ? null : (
            <Select
              mode="multiple"
              aria-label={t('inspect.units')}
              showSearch={{ optionFilterProp: 'label' }}
              loading={all.isPending}
              value={units}
              options={all.data?.map((u) => ({ value: u.id, label: u.name })) ?? []}
              onChange={setUnits}
            />
          )}
        </div>
      </Modal>
    </>
  );
}

/** The text in work; what is typed stays in this browser until it is kept as a version. */
function Write({ circular }: { circular: Circular }) {
  const { t } = useWords();
  const [heading, setHeading] = useDraft(`circular.${circular.id}.heading`);
  const [body, setBody] = useDraft(`circular.${circular.id}.body`);
  const now = { heading: heading || circular.heading, body: body || circular.body };
  const changed = now.heading !== circular.heading || now.body !== circular.body;
  const keep = useAct(
    (text: typeof now, key) =>
      data(api.PUT('/api/v1/circulars/{circular}', {
        params: { path: { circular: circular.id }, header: { 'If-Match': `"${circular.version}"`, 'Idempotency-Key': key } },
        body: text,
      })),
    () => {
      setHeading('');
      setBody('');
    },
  );
  return (
    <section className="xj-no-print" aria-label={t('inspect.circularText')}>
      {keep.error ? <ProblemNote error={keep.error} /> : null}
      <div className="xj-fields">
        <label htmlFor="heading">{t('inspect.heading')}</label>
        <Input id="heading" maxLength={200} value={now.heading} onChange={(event) => { setHeading(event.target.value); }} />
        <label htmlFor="body">{t('inspect.circularText')}</label>
        <Input.TextArea id="body" autoSize={{ minRows: 12, maxRows: 40 }} maxLength={60000} value={now.body} onChange={(event) => { setBody(event.target.value); }} />
      </div>
      <div className="xj-inspect-bar">
        <Button type="primary" disabled={!changed} loading={keep.isPending} onClick={() => { keep.mutate(now); }}>{t('inspect.keepText')}</Button>
        {changed ? <span className="xj-faint">{t('inspect.textChanged')}</span> : <Publish circular={circular} />}
      </div>
    </section>
  );
}

function Versions({ circular }: { circular: Circular }) {
  const { t } = useWords();
  if (circular.texts.length === 0) return null;
  return (
    <div className="xj-inspect-card xj-no-print">
      <h2>{t('inspect.texts')}</h2>
      <ul className="xj-history">
        {circular.texts.map((text) => (
          <li key={text.no}>
            <Link to={text.no === circular.texts.length ? '?' : `?no=${text.no}`}>{t('inspect.textNo', { n: text.no })}</Link>{' '}
            <span className="xj-faint">{text.by} {text.at ? instantInTable(text.at) : ''}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function CircularPage() {
  const { t } = useWords();
  const id = Number(useParams().circular);
  const [search] = useSearchParams();
  const no = Number(search.get('no')) || undefined;
  const query = useQuery({ ...circularQuery(id, no), enabled: id > 0 });
  const mayWrite = useRight('inspection.change');
  useTitle(query.data?.heading ?? t('inspect.show.circulars'));
  return (
    <section className="xj-page">
      <Answer query={id > 0 ? query : { data: undefined, error: new Problem('not_found'), refetch: () => undefined }}>
        {(circular) => {
          const writing = circular.state === 'draft' && circular.inside && mayWrite && !no;
          return (
            <div className="xj-inspect xj-upright">
              <header className="xj-page-head xj-no-print">
                <Link to={`/inspections/${circular.inspection}`}>{t('inspect.toCampaign')}</Link>
                <span className="xj-state">{circular.published_on ? t('inspect.publishedOn', { date: circular.published_on }) : t('inspect.circularDraft')}</span>
                <span className="xj-grow" />
                <Button size="small" onClick={() => { window.print(); }}>{t('print.act')}</Button>
              </header>
              <h1 className={writing ? 'xj-hidden' : undefined}>{circular.heading}</h1>
              {writing ? <Write key={circular.version} circular={circular} /> : null}
              {writing ? null : <section aria-label={t('inspect.circularText')}><p className="xj-circular-text">{circular.body}</p></section>}
              <Versions circular={circular} />
              <article className="xj-letter" aria-hidden="true">
                <h1>{circular.heading}</h1>
                {circular.body.split('\n').map((line, i) => <p key={i}>{line}</p>)}
              </article>
            </div>
          );
        }}
      </Answer>
    </section>
  );
}
