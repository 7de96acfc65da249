/*
 * duty/overview-page.tsx -- 领导一页: where it burns, what turned red lately and why, and what waits for a
 * decision; as of any day.  Each figure leads down to its tasks, and they to what was reported.
 */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import dayjs from 'dayjs';
import { Link, useSearchParams } from 'react-router';
import type { LightPoint, Programme } from '../api/types';
import { DayField } from '../kit/day-field';
import { LightMark, LIGHTS } from '../kit/light';
import { useRights } from '../kit/rights';
import { Answer, Empty, Loading } from '../kit/states';
import { useTitle } from '../kit/title';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { HeatChart } from './heat-chart';
import { deskQuery, heatQuery, trendQuery } from './duty-query';
import { InstructionsBox } from './instructions-box';
import { linesOf } from './lights-of';
import { LinesTable } from './lines-table';
import './overview.css';
import { TrendChart } from './trend-chart';
import { Turned } from './turned';
import { useProgramme } from './use-programme';

const DECIDES = ['drafts', 'asked', 'reviewed', 'decisions'] as const;
const TURNED_DAYS = 30;

/** How many tasks have which light, and what changed since the end of last month. */
function Summary({ points, programme }: { points: readonly LightPoint[]; programme: number }) {
  const { t } = useWords();
  const last = points.at(-1);
  const before = points.at(-2);
  if (!last) return null;
  const more = before ? last.red - before.red : 0;
  return (
    <p className="xj-overview-counts">
      {LIGHTS.map((light) => (
        <Link key={light} to={`/duties?programme=${programme}&light=${light}`}>
          <LightMark light={light} /> <strong>{last[light]}</strong>
        </Link>
      ))}
      {before ? <span className="xj-faint">{more === 0 ? t('overview.asBefore', { date: before.day }) : t(more > 0 ? 'overview.more' : 'overview.fewer', { n: Math.abs(more), date: before.day })}</span> : null}
    </p>
  );
}

function Decides() {
  const { t } = useWords();
  const desk = useQuery(deskQuery);
  return (
    <section className="xj-overview-box" aria-labelledby="decides-h">
      <h2 id="decides-h">{t('overview.decides')}</h2>
      <Answer query={desk}>
        {(found) => {
          const waits = DECIDES.filter((name) => found[name] > 0);
          return waits.length === 0 ? (
            <p className="xj-faint">{t('overview.nothing')}</p>
          ) : (
            <ul className="xj-overview-list">
              {waits.map((name) => (
                <li key={name}>
                  <Link to={`/office?open=${name}`}>{t(`office.${name}`)}</Link> <strong>{found[name]}</strong>
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
    </section>
  );
}

function Overview({ programme, day }: { programme: Programme; day: string }) {
  const w = useWords();
  const { t } = w;
  const heat = useQuery(heatQuery(programme.id, day));
  const trend = useQuery(trendQuery(programme.id, day));
  const note = t('overview.note', { date: day });
  if (heat.data?.cells.length === 0) {
    return (
      <Empty title={t('overview.none', { date: w.date(day) })} advice={t('overview.noneAdvice')}>
        <Link to="/documents">{t('office.toDocuments')}</Link>
      </Empty>
    );
  }
  return (
    <>
      <Answer query={trend} rows={1}>
        {({ items }) => <Summary points={items} programme={programme.id} />}
      </Answer>
      <div className="xj-overview-top">
        <Answer query={heat} rows={12}>
          {(map) => <HeatChart map={map} programme={programme.id} note={note} />}
        </Answer>
        <Decides />
      </div>
      <div className="xj-overview-half">
        <Turned programme={programme.id} day={day} days={TURNED_DAYS} />
        <Answer query={trend}>
          {({ items }) => <TrendChart points={items} note={note} />}
        </Answer>
      </div>
      {heat.data ? (
        <div className="xj-overview-half">
          <LinesTable title={t('overview.byAction')} lines={linesOf(heat.data, 'action')} path={(no) => `/actions/${no}?programme=${programme.id}`} />
          <LinesTable title={t('overview.byUnit')} lines={linesOf(heat.data, 'unit')} path={(unit) => `/duties?programme=${programme.id}&unit=${unit}`} />
        </div>
      ) : null}
    </>
  );
}

export function OverviewPage() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const programme = useProgramme();
  const right = useRights();
  const asked = search.get('day') ?? '';
  const day = /^\d{4}-\d{2}-\d{2}$/.test(asked) && asked <= today() ? asked : today();
  useTitle(t('nav.overview'));
  const choose = (next: string | null): void => {
    setSearch((old) => {
      const params = new URLSearchParams(old);
      if (next) params.set('day', next);
      else params.delete('day');
      return params;
    });
  };
  return (
    <section className="xj-page xj-page-scroll xj-overview">
      <header className="xj-page-head">
        <h1>{programme ? t('overview.heading', { programme: programme.name }) : t('nav.overview')}</h1>
        <span className="xj-print-only">{day}</span>
        <span className="xj-row-line xj-no-print">
          <DayField
            size="small"
            aria-label={t('overview.asOf')}
            needed
            value={day}
            max={today()}
            presets={[
              { label: t('overview.todayAct'), day: today() },
              { label: t('overview.monthAgo'), day: dayjs(today()).subtract(1, 'month').format('YYYY-MM-DD') },
              { label: t('overview.yearAgo'), day: dayjs(today()).subtract(1, 'year').format('YYYY-MM-DD') },
            ]}
            onChange={choose}
          />
          {day === today() ? null : <Button size="small" onClick={() => { choose(null); }}>{t('overview.todayAct')}</Button>}
        </span>
        <span className="xj-grow" />
        <Button size="small" className="xj-no-print" onClick={() => { window.print(); }}>{t('print.act')}</Button>
      </header>
      <InstructionsBox />
      {right('programme.watch') === null ? (
        <Empty title={t('problem.forbidden.title')} advice={t('problem.forbidden.advice')} />
      ) : programme === undefined ? <Loading rows={12} /> : programme === null ? <Empty title={t('overview.noProgramme')} /> : <Overview programme={programme} day={day} />}
    </section>
  );
}
