/* county/links-page.tsx -- 市县对接: links of the city with the jurisdictions of its counties, from either end. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { countyLinksQuery } from '../api/calls';
import type { CountyLink } from '../api/types';
import { useRights } from '../kit/rights';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { Wide } from '../kit/wide';
import { useWords } from '../words/lang';
import { LeftTasks } from './left-tasks';
import { CodeShown, EndLink, OfferLink, TakeLink, type MadeCode } from './link-acts';

function Days({ link }: { link: CountyLink }) {
  const { t } = useWords();
  const first = link.linked_on ?? link.offered_on ?? '';
  if (link.state !== 'ended') return <>{link.ends_on ? `${first}，${t('county.endsOn', { day: link.ends_on })}` : first}</>;
  return (
    <>
      {first} — {link.ends_on}
      <br />
      <span className="xj-faint">
        {link.ended_name ? t('county.endedBy', { name: link.ended_name, why: link.end_why ?? '' }) : t('county.endedSelf', { why: link.end_why ?? '' })}
      </span>
    </>
  );
}

/* How many tasks are given over it; where it has ended, what became of them. */
function Tasks({ link, onLeft }: { link: CountyLink; onLeft: (link: CountyLink) => void }) {
  const { t } = useWords();
  if (link.state !== 'ended') return <>{link.side === 'county' && link.linked_on ? <Link to="/assignments">{link.tasks}</Link> : link.tasks}</>;
  if (link.left === 0) return <>—</>;
  if (link.side === 'county') return <Link to="/assignments">{t('county.kept', { n: link.left })}</Link>;
  return (
    <Button size="small" aria-label={`${t('county.left', { n: link.left })} ${link.peer ?? link.unit.name}`} onClick={() => { onLeft(link); }}>
      {t('county.left', { n: link.left })}
    </Button>
  );
}

function Row({ link, onEnd, onLeft }: { link: CountyLink; onEnd: (link: CountyLink) => void; onLeft: (link: CountyLink) => void }) {
  const { t } = useWords();
  const right = useRights();
  const name = link.peer ?? link.unit.name;
  return (
    <tr className={link.state === 'ended' ? 'xj-over' : undefined}>
      <td>{link.peer ?? '—'}</td>
      <td>
        {link.side === 'city' ? (
          <Link to={`/units/${link.unit.id}`}>{link.unit.name}</Link>
        ) : (
          <>
            {t('county.unitOffice', { unit: link.unit.name })}
            {link.programme ? `${t('list.semicolon')}${t('county.programme')} ${link.programme}` : ''}
          </>
        )}
      </td>
      <td>{t(`county.state.${link.state}`)}</td>
      <td><Days link={link} /></td>
      <td className="xj-right"><Tasks link={link} onLeft={onLeft} /></td>
      <td className="xj-right" title={t('county.waitingWhat')}>{link.waiting}</td>
      <td className="xj-no-print">
        {right('link.change') && link.state !== 'ended' ? (
          <Button size="small" aria-label={`${t(link.state === 'offered' ? 'county.withdraw' : 'county.end')} ${name}`} onClick={() => { onEnd(link); }}>
            {t(link.state === 'offered' ? 'county.withdraw' : 'county.end')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

export function LinksPage() {
  const { t } = useWords();
  const right = useRights();
  const [act, setAct] = useState<'offer' | 'take' | null>(null);
  const [ending, setEnding] = useState<CountyLink | null>(null);
  const [leaving, setLeaving] = useState<CountyLink | null>(null);
  const [made, setMade] = useState<MadeCode | null>(null);
  const links = useQuery({
    ...countyLinksQuery,
    // what is on its way arrives by itself
    refetchInterval: (query) => (query.state.data?.some((l) => l.waiting > 0 || l.state === 'asked' || l.state === 'offered') ? 3000 : false),
  });
  useTitle(t('county.heading'));
  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('county.heading')}</h1>
        <span className="xj-grow" />
        <span className="xj-page-acts xj-no-print">
          {right('link.change') ? <Button onClick={() => { setAct('offer'); }}>{t('county.offer')}</Button> : null}
          {right('link.take') ? <Button onClick={() => { setAct('take'); }}>{t('county.take')}</Button> : null}
        </span>
      </header>
      <p className="xj-faint">{t('county.what')}</p>
      <Answer query={links}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('county.none')} advice={t('county.noneAdvice')} />
          ) : (
            <Wide label={t('county.heading')}>
              <table className="xj-table" aria-label={t('county.heading')}>
                <thead>
                  <tr>
                    <th scope="col">{t('county.side')}</th>
                    <th scope="col">{t('county.unit')}</th>
                    <th scope="col">{t('county.state')}</th>
                    <th scope="col">{t('county.since')}</th>
                    <th scope="col" className="xj-right">{t('county.tasks')}</th>
                    <th scope="col" className="xj-right">{t('county.waiting')}</th>
                    <td className="xj-no-print" />
                  </tr>
                </thead>
                <tbody>{items.map((link) => <Row key={link.id} link={link} onEnd={setEnding} onLeft={setLeaving} />)}</tbody>
              </table>
            </Wide>
          )
        }
      </Answer>
      {act === 'offer' ? <OfferLink onMade={setMade} onClose={() => { setAct(null); }} /> : null}
      {act === 'take' ? <TakeLink onClose={() => { setAct(null); }} /> : null}
      {ending ? <EndLink link={ending} onClose={() => { setEnding(null); }} /> : null}
      {leaving ? <LeftTasks link={leaving} onClose={() => { setLeaving(null); }} /> : null}
      {made ? <CodeShown made={made} onClose={() => { setMade(null); }} /> : null}
    </section>
  );
}
