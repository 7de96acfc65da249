/*
 * duty/office-page.tsx -- 推进办: what an office looks at in the morning.  Each line is a count that
 * opens its list beside it: who has not acknowledged, who has not returned, what waits for a word.
 */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { DutyDesk } from '../api/types';
import { ExportSheet } from '../kit/export-sheet';
import { PasteText } from '../kit/paste-text';
import { useRights } from '../kit/rights';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { deskQuery, failedQuery } from './duty-query';
import { BodyList } from './office-bodies';
import './office.css';
import { DecisionList, DutyList, LateList, OrderList, ReceiptList, RequestList, SentList, SoonList } from './office-lists';

const BLOCKS = ['late', 'sent', 'requests', 'drafts', 'receipts', 'asked', 'reviewed', 'decisions', 'unsettled', 'bodies', 'soon', 'orders', 'suspended'] as const;
type Block = (typeof BLOCKS)[number];

function List({ block, desk }: { block: Block; desk: DutyDesk }) {
  switch (block) {
    case 'late':
      return <LateList />;
    case 'soon':
      return <SoonList to={desk.soon_to} />;
    case 'sent':
      return <SentList />;
    case 'drafts':
    case 'orders':
      return <OrderList drafts={block === 'drafts'} />;
    case 'receipts':
      return <ReceiptList />;
    case 'requests':
      return <RequestList />;
    case 'decisions':
      return <DecisionList to={desk.decide_to} />;
    case 'asked':
      return <DutyList filters={{ state: 'completion_asked' }} />;
    case 'reviewed':
      return <DutyList filters={{ state: 'reviewed' }} />;
    case 'unsettled':
      return <DutyList filters={{ unsettled: true }} unsettled />;
    case 'bodies':
      return <BodyList />;
    case 'suspended':
      return <DutyList filters={{ state: 'suspended' }} />;
  }
}

function Failed() {
  const { t } = useWords();
  const failed = useQuery(failedQuery);
  const n = failed.data?.items.length ?? 0;
  if (n === 0) return null;
  return (
    <li>
      <Link to="/notices?show=failed">
        <span>{t('office.failed')}</span>
        <strong>{failed.data?.next ? `${n}+` : n}</strong>
      </Link>
    </li>
  );
}

function Desk({ desk }: { desk: DutyDesk }) {
  const { t } = useWords();
  const right = useRights();
  const [search, setSearch] = useSearchParams();
  const asked = BLOCKS.find((name) => name === search.get('open'));
  const block = asked ?? BLOCKS.find((name) => desk[name] > 0);
  const waits = BLOCKS.filter((name) => desk[name] > 0 || name === asked);
  return (
    <div className="xj-desk">
      <nav aria-label={t('office.waits')} className="xj-no-print">
        <ul className="xj-desk-counts">
          {waits.map((name) => (
            <li key={name}>
              <Link to={`?open=${name}`} replace aria-current={name === block ? 'true' : undefined}>
                <span>{t(`office.${name}`)}</span>
                <strong className={name === 'late' ? 'xj-bad' : undefined}>{desk[name]}</strong>
              </Link>
            </li>
          ))}
          {right('notice.watch') ? <Failed /> : null}
        </ul>
        {waits.length === 0 ? <p className="xj-faint">{t('office.nothing')}</p> : null}
      </nav>
      <div className="xj-desk-list">
        {block ? (
          <>
            <h2>{t(`office.${block}`)}</h2>
            <p className="xj-faint xj-no-print">{t(`office.${block}.what`)}</p>
            {block === 'late' ? (
              <details className="xj-desk-paste xj-no-print">
                <summary>{t('office.paste')}</summary>
                <PasteText span="late" />
              </details>
            ) : null}
            {block === 'soon' ? (
              <details className="xj-desk-paste xj-no-print">
                <summary>{t('office.paste')}</summary>
                <PasteText span={7} />
              </details>
            ) : null}
            {block === 'receipts' ? <ExportSheet list="receipts" query={{ open: true }} /> : null}
            {block === 'requests' ? <ExportSheet list="requests" query={{ state: 'asked' }} /> : null}
            {block === 'orders' || block === 'drafts' ? <ExportSheet list="orders" query={{ open: true }} /> : null}
            <List block={block} desk={desk} />
          </>
        ) : (
          <>
            <h2 className="xj-hidden">{t('office.waits')}</h2>
            <Empty title={t('office.done')} advice={t('office.doneAdvice')}>
              <Button onClick={() => { setSearch({ open: 'soon' }); }}>{t('office.seeSoon')}</Button>
              <Link to="/documents">{t('office.toDocuments')}</Link>
            </Empty>
          </>
        )}
      </div>
    </div>
  );
}

export function OfficePage() {
  const { t, date } = useWords();
  const desk = useQuery(deskQuery);
  const right = useRights();
  useTitle(t('nav.office'));
  return (
    <section className="xj-page xj-page-scroll">
      <header className="xj-page-head">
        <h1>{t('office.heading')}</h1>
        <span className="xj-faint">{date(today())}</span>
        <span className="xj-grow" />
        <Link className="xj-no-print" to="/rules">{t('rules.link')}</Link>
        {right('duty.change') ? <Link className="xj-no-print" to="/backfill">{t('backfill.link')}</Link> : null}
        <Button size="small" className="xj-no-print" onClick={() => { window.print(); }}>{t('print.act')}</Button>
      </header>
      <Answer query={desk} rows={12}>
        {(found) => <Desk desk={found} />}
      </Answer>
    </section>
  );
}
