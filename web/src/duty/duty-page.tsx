/*
 * duty/duty-page.tsx -- 任务: one duty task. Its words, who has part, what was reported of it, how its
 * light went, what happened to it, and what may be done with it now.
 */
import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { sessionQuery } from '../api/calls';
import type { Duty } from '../api/types';
import { DaysLeft } from '../kit/days-left';
import { LightMark } from '../kit/light';
import { wordsOfTask } from '../kit/plan-words';
import { useRights } from '../kit/rights';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { Wide } from '../kit/wide';
import { useWords } from '../words/lang';
import { AboveNote, WentDown } from './above-note';
import { DutyActs, OfficeActs } from './duty-acts';
import { History, Lights } from './duty-history';
import { dutyQuery } from './duty-query';
import { Returns } from './duty-said';
import { Settle } from './duty-settle';
import './duty.css';
import { Result, Viewers } from './instruction';
import { countsDays, dutyDue, stateName } from './parts';
import { Requests } from './requests';
import { Scans } from './scans';

const ASKS = ['extend', 'suspend', 'amend'] as const;

function Facts({ duty }: { duty: Duty }) {
  const w = useWords();
  const { t } = w;
  const facts: [string, ReactNode][] = [
    [t('duty.owner'), <Link key="u" to={`/units/${duty.owner}`}>{duty.owner_name}</Link>],
    [t('duty.due'), duty.due ? <>{duty.deadline_kind === 'start_by' ? t('deadline.start_by', { date: w.date(duty.due) }) : w.date(duty.due)} {countsDays(duty) ? <DaysLeft due={duty.due} /> : null}</> : dutyDue(w, duty)],
    [t('duty.strength'), w.tCode('strength', duty.strength)],
    [t('duty.progress'), duty.progress === null ? t('duty.noProgress') : `${duty.progress}%`],
  ];
  if (duty.returns_on.length > 0) {
    const days = duty.returns_on.map(w.monthDay).join(t('list.comma'));
    facts.push([t('duty.returnsOn'), duty.returns_on.length > 4 ? <span key="r" title={days}>{t('deadline.timesAYear', { n: duty.returns_on.length })}</span> : days]);
  }
  if (duty.action) facts.push([t('task.action'), duty.action]);
  if (duty.leader) facts.push([t('duty.leader'), `${duty.leader} ${duty.given_on ? w.date(duty.given_on) : ''}`]);
  if (duty.deliverable) facts.push([t('duty.deliverable'), duty.doc_no ? `${duty.doc_no} ${duty.doc_on ? w.date(duty.doc_on) : ''}` : t('duty.noDocument')]);
  return (
    <dl className="xj-duty-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function WordsOfPlan({ duty }: { duty: Duty }) {
  const { t } = useWords();
  return (
    <section aria-labelledby="words-h">
      <h2 id="words-h">{duty.plan_task === null ? t('duty.words') : t('duty.planWords')}</h2>
      {duty.words ? <blockquote className="xj-duty-words">{duty.words}</blockquote> : null}
      <p className="xj-duty-words">{wordsOfTask(duty.title, duty.text) || duty.title}</p>
      {duty.plan_task === null ? null : (
        <p className="xj-no-print">
          <Link className="xj-in-text" to={`/tasks/${duty.plan_task}`}>{t('duty.inPlan')}</Link>
        </p>
      )}
    </section>
  );
}

function Parts({ duty }: { duty: Duty }) {
  const w = useWords();
  const { t } = w;
  return (
    <section>
      <h2>{t('duty.parts')}</h2>
      <Wide label={t('duty.parts')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('owed.unit')}</th>
              <th scope="col">{t('duty.role')}</th>
              <th scope="col">{t('duty.side')}</th>
              <th scope="col">{t('duty.handlers')}</th>
              <th scope="col">{t('duty.light')}</th>
            </tr>
          </thead>
          <tbody>
            {duty.parts.map((part) => {
              const handlers = duty.handlers.filter((h) => h.unit === part.unit && h.to_on === null);
              return (
                <tr key={`${part.unit} ${part.role}`}>
                  <td>
                    <Link to={`/units/${part.unit}`}>{part.name}</Link>
                    {part.to_on ? <span className="xj-faint"> {t('duty.until', { date: part.to_on })}</span> : null}
                    <WentDown down={part.to_on ? undefined : duty.down.find((down) => down.unit === part.unit)} />
                  </td>
                  <td>{w.tCode('duty.role', part.role)}</td>
                  <td>{t(`duty.side.${part.side}`)}</td>
                  <td>{handlers.map((h) => [h.section_name, h.person_name].filter(Boolean).join(' ')).join(t('list.comma')) || '—'}</td>
                  <td><LightMark light={part.light} /></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Wide>
    </section>
  );
}

/** What the owner asked the office for, and the way to ask. */
function Asked({ duty }: { duty: Duty }) {
  const { data: session } = useQuery(sessionQuery);
  const own = session?.posts.some((post) => post.unit?.id === duty.owner) ?? false;
  const asks = ASKS.filter((ask) => duty.moves.includes(ask));
  return <Requests place={{ about: 'duty', id: duty.id }} asks={asks} due={duty.due} mayAsk={own} />;
}

function Body({ duty }: { duty: Duty }) {
  const w = useWords();
  const right = useRights();
  const office = right('duty.change') !== null;
  return (
    <article className="xj-duty">
      <header className="xj-duty-head">
        <h1>{duty.no ? `${duty.no} ` : ''}{duty.title}</h1>
        <p className="xj-row-line">
          <span className="xj-state">{stateName(w, duty.kind, duty.state)}</span>
          <LightMark light={duty.light} />
          {duty.light_reason ? <span className="xj-faint">{w.tCode('light.reason', duty.light_reason)}</span> : null}
          <span className="xj-faint">{w.t(`duty.origin.${duty.origin}`)}</span>
          {duty.restricted ? <span className="xj-state xj-state-draft">{w.t('duty.restricted')}</span> : null}
          {duty.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)}
        </p>
        <div className="xj-row-line xj-no-print">
          <DutyActs duty={duty} />
          {office ? <OfficeActs duty={duty} /> : null}
          <Button size="small" onClick={() => { window.print(); }}>{w.t('print.act')}</Button>
        </div>
      </header>
      {office && duty.unsettled.length > 0 && duty.document !== null ? <Settle duty={duty} document={duty.document} /> : null}
      <AboveNote duty={duty} />
      <Facts duty={duty} />
      <Asked duty={duty} />
      <WordsOfPlan duty={duty} />
      <Scans duty={duty} office={office} />
      {duty.kind === 'instruction' ? <Result duty={duty} /> : null}
      <Parts duty={duty} />
      {duty.restricted ? <Viewers duty={duty} office={office} /> : <Returns duty={duty.id} />}
      <Lights duty={duty} />
      <History duty={duty} />
    </article>
  );
}

export function DutyPage() {
  const { t } = useWords();
  const id = Number(useParams()['duty']) || 0;
  const duty = useQuery({ ...dutyQuery(id), enabled: id > 0 });
  useTitle(duty.data?.title ?? t('duty.one'));
  if (id === 0) return <Empty title={t('duty.noSuch')} />;
  return (
    <section className="xj-page xj-page-scroll">
      <p className="xj-no-print">
        <Link to="/duties">← {t('nav.duties')}</Link>
      </p>
      <Answer query={duty} rows={12}>
        {(found) => <Body duty={found} />}
      </Answer>
    </section>
  );
}
