/* inspect/finding-page.tsx -- one finding: pictures, its rectification up to the striking off, the notice on paper. */
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import { Problem } from '../api/problem';
import type { Finding, RectificationStep } from '../api/types';
import { DayField } from '../kit/day-field';
import { ProblemNote } from '../kit/problem-note';
import { Answer } from '../kit/states';
import { useTitle } from '../kit/title';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { findingQuery, unitDutiesQuery } from './inspect-query';
import { Grade, Rectified, useAct, useRight } from './parts';

const pictureUrl = (finding: number, picture: number): string => `/api/v1/findings/${finding}/pictures/${picture}`;

/** Which task it is about, for who is of the campaign: out of those of its unit. */
function About({ finding }: { finding: Finding }) {
  const { t } = useWords();
  const can = useRight('inspection.visit') && finding.inside;
  const [open, setOpen] = useState(false);
  const duties = useQuery({ ...unitDutiesQuery(finding.unit.id), enabled: open });
  const act = useAct(
    (about: number | undefined, key) =>
      data(api.PUT('/api/v1/findings/{finding}/about', { params: { path: { finding: finding.id }, header: { 'Idempotency-Key': key } }, body: about === undefined ? {} : { about } })),
    () => { setOpen(false); },
  );
  if (!can) return null;
  if (!open) return <Button size="small" type="link" className="xj-no-print" onClick={() => { setOpen(true); }}>{t('inspect.aboutChange')}</Button>;
  return (
    <>
      <Select<number>
        size="small"
        autoFocus
        allowClear
        className="xj-about"
        popupMatchSelectWidth={false}
        aria-label={t('inspect.about')}
        placeholder={t('inspect.aboutNone')}
        loading={duties.isPending || act.isPending}
        showSearch={{ optionFilterProp: 'label' }}
        {...(finding.about ? { value: finding.about.id } : {})}
        options={duties.data?.items.map((duty) => ({ value: duty.id, label: `${duty.no} ${duty.title}`.trim() })) ?? []}
        onChange={(about: number | undefined) => { act.mutate(about); }}
      />
      {act.error ? <ProblemNote error={act.error} /> : null}
    </>
  );
}

function Facts({ finding }: { finding: Finding }) {
  const { t } = useWords();
  return (
    <section aria-label={t('inspect.finding')}>
      <p className="xj-words">{finding.words}</p>
      <dl className="xj-facts">
        <dt>{t('inspect.unit')}</dt>
        <dd>{finding.unit.name}</dd>
        <dt>{t('inspect.place')}</dt>
        <dd>{finding.place || '—'}{finding.latitude !== null && finding.longitude !== null ? `（${finding.latitude.toFixed(5)}, ${finding.longitude.toFixed(5)}）` : ''}</dd>
        <dt>{t('inspect.about')}</dt>
        <dd>
          {finding.about ? <Link to={`/duties/${finding.about.id}`}>{finding.about.no} {finding.about.title}</Link> : '—'}
          {finding.action ? <span className="xj-faint"> {finding.action}</span> : null}
          <About finding={finding} />
        </dd>
        <dt>{t('inspect.foundBy')}</dt>
        <dd>{finding.found_by.name}，<Link to={`/visits/${finding.visit}`}>{finding.visit_on}</Link></dd>
      </dl>
      {finding.pictures.length > 0 ? (
        <ul className="xj-pictures" aria-label={t('inspect.pictures')}>
          {finding.pictures.map((picture, i) => (
            <li key={picture.id}>
              <a href={pictureUrl(finding.id, picture.id)} target="_blank" rel="noreferrer">
                <img src={pictureUrl(finding.id, picture.id)} alt={t('inspect.picture', { n: i + 1 })} />
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Order({ finding }: { finding: Finding }) {
  const { t } = useWords();
  const order = useAct((fields: { due: string; demand: string }, key) =>
    data(api.POST('/api/v1/findings/{finding}/rectification', { params: { path: { finding: finding.id }, header: { 'Idempotency-Key': key } }, body: fields })),
  );
  return (
    <div className="xj-inspect-card">
      <h2>{t('inspect.order')}</h2>
      {!finding.told ? <p className="xj-faint">{t('inspect.tellFirst')}</p> : (
        <Form layout="vertical" requiredMark={false} initialValues={{ due: '', demand: '' }} onFinish={(fields: { due: string; demand: string }) => { order.mutate(fields); }}>
          <Form.Item name="due" label={t('inspect.due')} rules={[{ required: true, message: t('setup.missing') }]}>
            <DayField min={today()} />
          </Form.Item>
          <Form.Item name="demand" label={t('inspect.demand')}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={10000} />
          </Form.Item>
          {order.error ? <div className="xj-form-note"><ProblemNote error={order.error} /></div> : null}
          <Button type="primary" htmlType="submit" loading={order.isPending}>{t('inspect.order')}</Button>
        </Form>
      )}
    </div>
  );
}

type Move = RectificationStep['move'];

/** The moves that who looks may make now; the server decides. */
function useMoves(finding: Finding): Move[] {
  const session = useQuery(sessionQuery).data;
  const reach = session?.rights.find((r) => r.right === 'rectification.move')?.reach;
  const state = finding.rectification?.state;
  if (!session || !reach || !state) return [];
  const office = reach === 'all';
  const judge = office || finding.inside;
  const found = finding.found_by.id === session.person.id;
  const unit = office || !finding.inside;
  if (state === 'ordered') return unit ? ['begin'] : [];
  if (state === 'in_hand') return unit ? ['ask_closing'] : [];
  if (!judge) return [];
  if (state === 'closing_asked') return found ? ['return'] : ['check', 'return'];
  return state === 'checked' ? (found ? ['return'] : ['strike_off', 'return']) : [];
}

function Moves({ finding, moves }: { finding: Finding; moves: readonly Move[] }) {
  const { t } = useWords();
  const [why, setWhy] = useState('');
  const act = useAct(
    (move: Move, key) =>
      data(api.POST('/api/v1/findings/{finding}/moves', {
        params: { path: { finding: finding.id }, header: { 'If-Match': `"${finding.rectification?.version ?? 0}"`, 'Idempotency-Key': key } },
        body: why.trim() ? { move, why: why.trim() } : { move },
      })),
    () => { setWhy(''); },
  );
  return (
    <div className="xj-fields xj-no-print">
      <label htmlFor="why">{t('inspect.why')}</label>
      <Input.TextArea id="why" autoSize={{ minRows: 1, maxRows: 8 }} maxLength={2000} value={why} onChange={(event) => { setWhy(event.target.value); }} />
      {act.error ? <ProblemNote error={act.error} /> : null}
      <div className="xj-inspect-bar">
        {moves.map((move) => (
          <Button
            key={move}
            type={move === 'return' ? 'default' : 'primary'}
            disabled={act.isPending || (move === 'return' && why.trim() === '')}
            onClick={() => { act.mutate(move); }}
          >
            {t(`inspect.move.${move}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** What a linked county sent to show how it was set right. */
function Answers({ finding }: { finding: Finding }) {
  const { t } = useWords();
  if (finding.answers.length === 0) return null;
  return (
    <ul className="xj-pictures" aria-label={t('inspect.answers')}>
      {finding.answers.map((file) => {
        const url = `/api/v1/findings/${finding.id}/answers/${file.id}`;
        return (
          <li key={file.id}>
            <a href={url} download={file.name}>{file.kind === 'pdf' ? file.name : <img src={url} alt={file.name} />}</a>
            <span className="xj-faint">{file.added_by}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Rectification({ finding }: { finding: Finding }) {
  const { t } = useWords();
  const moves = useMoves(finding);
  const r = finding.rectification;
  if (!r) return null;
  return (
    <div className="xj-inspect-card">
      <h2>{t('inspect.rectification')}</h2>
      <p><Rectified finding={finding} /></p>
      <p className="xj-words">{r.demand}</p>
      <Answers finding={finding} />
      {moves.length > 0 ? <Moves finding={finding} moves={moves} /> : null}
      <h3>{t('inspect.history')}</h3>
      <ol className="xj-history">
        {finding.moves.map((move, i) => (
          <li key={i}>
            {move.happened_on} {t(`inspect.rectification.${move.state as typeof r.state}`)}
            {move.by ? `（${move.by}）` : ''}
            {move.why ? <span className="xj-words">：{move.why}</span> : null}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The notice (整改通知书) as it goes out on paper. */
function Notice({ finding }: { finding: Finding }) {
  const w = useWords();
  const { t } = w;
  const session = useQuery(sessionQuery).data;
  const r = finding.rectification;
  if (!r) return null;
  const ordered = finding.moves[0]?.happened_on ?? r.state_on;
  return (
    <article className="xj-letter" aria-hidden="true">
      <h1>{t('inspect.noticeTitle')}</h1>
      <p className="xj-plain">{t('inspect.noticeTo', { unit: finding.unit.name })}</p>
      <p>{t('inspect.noticeFound', { date: w.date(finding.visit_on), title: finding.title })}</p>
      <p>{t('inspect.noticeWords', { words: finding.words, grade: t(`inspect.grade.${finding.grade}`), place: finding.place || '—' })}</p>
      <p>{t('inspect.noticeDemand', { demand: r.demand })}</p>
      <p>{t('inspect.noticeDue', { date: w.date(r.due) })}</p>
      <div>{finding.pictures.slice(0, 4).map((picture) => <img key={picture.id} src={pictureUrl(finding.id, picture.id)} alt="" />)}</div>
      <p className="xj-signed">{session?.tenant.name ?? ''}{'\n'}{w.date(ordered)}</p>
    </article>
  );
}

export function FindingPage() {
  const { t } = useWords();
  const id = Number(useParams().finding);
  const query = useQuery({ ...findingQuery(id), enabled: id > 0 });
  const mayOrder = useRight('inspection.change');
  useTitle(t('inspect.finding'));
  return (
    <section className="xj-page">
      <Answer query={id > 0 ? query : { data: undefined, error: new Problem('not_found'), refetch: () => undefined }}>
        {(finding) => (
          <div className="xj-inspect xj-upright">
            <header className="xj-page-head">
              <Link className="xj-no-print" to={`/inspections/${finding.inspection}`}>{finding.title}</Link>
              <h1>{t('inspect.finding')}</h1>
              <Grade grade={finding.grade} />
              <span className="xj-grow" />
              {finding.rectification ? <Button size="small" className="xj-no-print" onClick={() => { window.print(); }}>{t('inspect.printNotice')}</Button> : null}
            </header>
            <Facts finding={finding} />
            {finding.rectification ? <Rectification finding={finding} /> : finding.inside && mayOrder ? <Order finding={finding} /> : null}
            <Notice finding={finding} />
          </div>
        )}
      </Answer>
    </section>
  );
}
