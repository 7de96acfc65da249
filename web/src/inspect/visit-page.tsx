/*
 * inspect/visit-page.tsx -- one visit: its checklist and what is found, filled on a phone.
 *
 * What is typed is kept on the device (visit-draft.ts) and sent once.
 */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import { Problem } from '../api/problem';
import type { Visit } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { Answer } from '../kit/states';
import { useTitle } from '../kit/title';
import { More } from '../kit/wide';
import { useWords } from '../words/lang';
import { findingsQuery, visitQuery } from './inspect-query';
import { FindingTable, useAct, useRight, VisitState } from './parts';
import { sendPicture } from './picture';
import { recordOf, saidFindings, uploadsOf, useVisitDraft, type DraftKeeper, type VisitDraft } from './visit-draft';
import { CheckList, FoundList, Summary } from './visit-fields';

/** Send the record, then the pictures; what did not arrive stays on the device. */
function useSend(visit: Visit, person: number, keeper: DraftKeeper) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { t } = useWords();
  const [left, setLeft] = useState<unknown>(null);
  const pictures = async (now: Visit, uploads: VisitDraft['uploads']): Promise<void> => {
    let rest = uploads;
    await keeper.setUploads(now, rest);
    for (const upload of uploads) {
      await sendPicture(upload.finding, upload.picture, upload.key);
      rest = rest.slice(1);
      await keeper.setUploads(now, rest);
    }
  };
  const record = useAct(async (draft: VisitDraft) => {
    const now = await data(
      api.POST('/api/v1/visits/{visit}/record', {
        params: { path: { visit: visit.id }, header: { 'If-Match': `"${visit.version}"`, 'Idempotency-Key': draft.key } },
        body: recordOf(draft, visit),
      }),
    );
    const all = await data(api.GET('/api/v1/findings', { params: { query: { visit: visit.id, limit: 500 } } }));
    const mine = all.items.filter((f) => f.found_by.id === person).map((f) => f.id);
    return { now, uploads: uploadsOf(draft, mine.slice(mine.length - saidFindings(draft).length)) };
  });
  const send = async (): Promise<void> => {
    const { draft } = keeper;
    if (!draft) return;
    setLeft(null);
    try {
      if (draft.uploads.length > 0) await pictures(visit, draft.uploads);
      else {
        const { now, uploads } = await record.mutateAsync(draft);
        await pictures(now, uploads);
      }
      message.success(t('inspect.sent'));
    } catch (thrown) {
      setLeft(thrown);
    }
    void queries.invalidateQueries({ queryKey: ['finding'] });
  };
  return { send, pending: record.isPending, left };
}

function Fill({ visit, person }: { visit: Visit; person: number }) {
  const { t } = useWords();
  const keeper = useVisitDraft(visit, person);
  const { send, pending, left } = useSend(visit, person, keeper);
  const { draft } = keeper;
  const [again, setAgain] = useState(false);
  if (!draft) return null;
  if (visit.state === 'done' && !keeper.dirty && !again) {
    return (
      <>
        <Said visit={visit} />
        <p className="xj-no-print"><Button onClick={() => { setAgain(true); }}>{t('inspect.recordMore')}</Button></p>
      </>
    );
  }
  if (draft.uploads.length > 0) {
    return (
      <section aria-label={t('inspect.record')}>
        {left ? <ProblemNote error={left} /> : null}
        <p role="status">{t('inspect.uploadsLeft', { n: draft.uploads.length })}</p>
        <Button type="primary" loading={pending} onClick={() => void send()}>{t('inspect.sendPictures')}</Button>
      </section>
    );
  }
  return (
    <div className="xj-inspect-card xj-visit">
      <h2>{t('inspect.record')}</h2>
      <CheckList visit={visit} draft={draft} change={keeper.change} />
      <FoundList draft={draft} change={keeper.change} />
      <Summary draft={draft} change={keeper.change} />
      {left ? <ProblemNote error={left} /> : null}
      <div className="xj-inspect-bar">
        <Button type="primary" loading={pending} onClick={() => { void send().then(() => { setAgain(false); }); }}>{t('inspect.send')}</Button>
        <span className={keeper.kept ? 'xj-faint' : 'xj-bad'} role="status">
          {t(!keeper.kept ? 'inspect.notKept' : keeper.dirty ? 'inspect.keptHere' : 'inspect.keeps')}
        </span>
      </div>
    </div>
  );
}

/** The checklist as it was answered, for who does not fill it. */
function Said({ visit }: { visit: Visit }) {
  const { t } = useWords();
  return (
    <div className="xj-inspect-card">
      <h2>{t('inspect.record')}</h2>
      <ul className="xj-history">
        {visit.items.map((item) => (
          <li key={item.id}>
            {item.words}
            {item.answer ? <> <span className="xj-state">{t(`inspect.answer.${item.answer}`)}</span></> : null}
            {item.note ? <p className="xj-words xj-faint">{item.note}</p> : null}
          </li>
        ))}
      </ul>
      {visit.summary ? <p className="xj-words">{visit.summary}</p> : null}
    </div>
  );
}

function Found({ visit }: { visit: Visit }) {
  const { t } = useWords();
  const query = useInfiniteQuery(findingsQuery({ visit: visit.id }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (rows.length === 0) return null;
  return (
    <div className="xj-inspect-card">
      <h2>{t('inspect.recorded')}</h2>
      <FindingTable rows={rows} label={t('inspect.recorded')} unit={false} />
      <More query={query} />
    </div>
  );
}

function Acts({ visit }: { visit: Visit }) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const may = useRight('inspection.change') && visit.inside;
  const act = useAct((move: 'tell' | 'withdraw', key) =>
    data(api.POST('/api/v1/visits/{visit}/moves', {
      params: { path: { visit: visit.id }, header: { 'If-Match': `"${visit.version}"`, 'Idempotency-Key': key } },
      body: { move },
    })),
  );
  const ask = (move: 'tell' | 'withdraw'): void => {
    modal.confirm({
      title: t(`inspect.${move}`),
      content: t(`inspect.${move}Asks`, { unit: visit.unit.name }),
      okText: t(`inspect.${move}`),
      cancelText: t('act.cancel'),
      onOk: () => { act.mutate(move); },
    });
  };
  if (!may) return null;
  return (
    <div className="xj-inspect-bar xj-no-print">
      {visit.told_on === null && visit.inspection_state === 'issued' && visit.state !== 'withdrawn' ? <Button loading={act.isPending} onClick={() => { ask('tell'); }}>{t('inspect.tell')}</Button> : null}
      {visit.state === 'planned' ? <Button loading={act.isPending} onClick={() => { ask('withdraw'); }}>{t('inspect.withdraw')}</Button> : null}
      {act.error ? <ProblemNote error={act.error} /> : null}
    </div>
  );
}

export function VisitPage() {
  const { t } = useWords();
  const id = Number(useParams().visit);
  const query = useQuery({ ...visitQuery(id), enabled: id > 0 });
  const session = useQuery(sessionQuery);
  const mayRecord = useRight('inspection.visit');
  useTitle(query.data ? t('inspect.visitTo', { unit: query.data.unit.name }) : t('inspect.visits'));
  return (
    <section className="xj-page">
      <Answer query={id > 0 ? query : { data: undefined, error: new Problem('not_found'), refetch: () => undefined }}>
        {(visit) => (
          <div className="xj-inspect xj-upright">
            <header className="xj-page-head">
              <Link className="xj-no-print" to={`/inspections/${visit.inspection}`}>{visit.title}</Link>
              <h1>{t('inspect.visitTo', { unit: visit.unit.name })}</h1>
              <span>{visit.visit_on} <VisitState visit={visit} /></span>
            </header>
            <Acts visit={visit} />
            {visit.inside && mayRecord && session.data && visit.inspection_state === 'issued' && visit.state !== 'withdrawn' ? (
              <Fill visit={visit} person={session.data.person.id} />
            ) : (
              <Said visit={visit} />
            )}
            <Found visit={visit} />
          </div>
        )}
      </Answer>
    </section>
  );
}
