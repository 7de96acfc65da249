/* duty/action-page.tsx -- one 专项行动: how its units stand, its tasks, the last figures, what slipped. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import type { Programme } from '../api/types';
import { LightMark } from '../kit/light';
import { useRights } from '../kit/rights';
import { Answer, Empty, Loading } from '../kit/states';
import { useTitle } from '../kit/title';
import { More, Wide } from '../kit/wide';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import { actionFindingsQuery, dutiesQuery, figuresQuery, heatQuery } from './duty-query';
import { cellPath } from './heat-chart';
import { unitsOf } from './lights-of';
import { LinesTable } from './lines-table';
import './overview.css';
import { actionName, dutyDue, DutyLink } from './parts';
import { Turned } from './turned';
import { useProgramme } from './use-programme';

const SLIPPED_DAYS = 365;

function Tasks({ programme, action }: { programme: number; action: number }) {
  const w = useWords();
  const { t } = w;
  const duties = useInfiniteQuery(dutiesQuery({ programme, action_no: action }));
  return (
    <section className="xj-overview-box">
      <h2>{t('actions.tasks')}</h2>
      <Answer query={duties}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          return (
            <>
              <Wide label={t('actions.tasks')}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('duty.light')}</th>
                      <th scope="col">{t('duty.one')}</th>
                      <th scope="col">{t('duty.owner')}</th>
                      <th scope="col">{t('owed.state')}</th>
                      <th scope="col" className="xj-right">{t('duty.progress')}</th>
                      <th scope="col">{t('duty.due')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <td><LightMark light={row.light} /></td>
                        <td><DutyLink id={row.id} no={row.no} title={row.title} /></td>
                        <td>{row.owner_name}</td>
                        <td>{w.tCode('duty.state', row.state)}</td>
                        <td className="xj-right">{row.progress === null ? '—' : `${row.progress}%`}</td>
                        <td className="xj-nowrap">{dutyDue(w, row)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Wide>
              <More query={duties} />
            </>
          );
        }}
      </Answer>
    </section>
  );
}

function Figures({ programme, action }: { programme: number; action: number }) {
  const { t } = useWords();
  const figures = useQuery(figuresQuery(programme, action));
  return (
    <section className="xj-overview-box">
      <h2>{t('actions.figures')}</h2>
      <Answer query={figures}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="xj-faint">{t('actions.noFigures')}</p>
          ) : (
            <Wide label={t('actions.figures')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('actions.indicator')}</th>
                    <th scope="col" className="xj-right">{t('actions.value')}</th>
                    <th scope="col">{t('owed.unit')}</th>
                    <th scope="col">{t('actions.asOf')}</th>
                    <th scope="col">{t('duty.one')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((f) => (
                    <tr key={`${f.duty} ${f.unit} ${f.indicator} ${f.measure}`}>
                      <td>{f.indicator}</td>
                      <td className="xj-right">{formatNumber(f.value)} {f.measure} <span className="xj-faint">{t(`return.span.${f.span}`)}</span></td>
                      <td>{f.unit_name}</td>
                      <td className="xj-nowrap">{f.due}</td>
                      <td><DutyLink id={f.duty} no={f.no} title={f.title} /></td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Wide>
          )
        }
      </Answer>
    </section>
  );
}

function Findings({ programme, action }: { programme: number; action: number }) {
  const { t } = useWords();
  const findings = useInfiniteQuery(actionFindingsQuery(programme, action));
  return (
    <section className="xj-overview-box" aria-labelledby="findings-h">
      <h2 id="findings-h">{t('actions.findings')}</h2>
      <Answer query={findings}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          return rows.length === 0 ? (
            <p className="xj-faint">{t('actions.noFindings')}</p>
          ) : (
            <>
              <Wide label={t('actions.findings')}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('inspect.finding')}</th>
                      <th scope="col">{t('owed.unit')}</th>
                      <th scope="col">{t('inspect.day')}</th>
                      <th scope="col">{t('duty.one')}</th>
                      <th scope="col">{t('inspect.rectification')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <td><Link to={`/findings/${row.id}`}>{row.words}</Link></td>
                        <td>{row.unit.name}</td>
                        <td className="xj-nowrap">{row.visit_on}</td>
                        <td>{row.about ? <DutyLink id={row.about.id} no={row.about.no} title={row.about.title} /> : '—'}</td>
                        <td>{row.rectification ? t(`inspect.rectification.${row.rectification.state}`) : '—'}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Wide>
              <More query={findings} />
            </>
          );
        }}
      </Answer>
    </section>
  );
}

function Action({ programme, action }: { programme: Programme; action: number }) {
  const w = useWords();
  const { t } = w;
  const right = useRights();
  const heat = useQuery(heatQuery(programme.id, today()));
  const name = heat.data?.actions.find((one) => one.no === action);
  useTitle(name ? actionName(w, name.name) : t('nav.actions'));
  if (heat.data && !name) return <Empty title={t('actions.noSuch')} />;
  return (
    <>
      <header className="xj-page-head">
        <h1>{name ? actionName(w, name.name) : '…'}</h1>
        <LightMark light={name?.light ?? null} />
        <span className="xj-faint">{programme.name}</span>
        <span className="xj-grow" />
        <Button size="small" className="xj-no-print" onClick={() => { window.print(); }}>{t('print.act')}</Button>
      </header>
      <div className="xj-overview-half">
        <Answer query={heat}>
          {(map) => (
            <LinesTable
              title={t('actions.units')}
              lines={unitsOf(map, action)}
              path={(unit) => cellPath(programme.id, action, unit)}
            />
          )}
        </Answer>
        {right('programme.watch') ? <Turned programme={programme.id} day={today()} days={SLIPPED_DAYS} action={action} /> : null}
      </div>
      <Tasks programme={programme.id} action={action} />
      <Figures programme={programme.id} action={action} />
      {right('inspection.read') ? <Findings programme={programme.id} action={action} /> : null}
    </>
  );
}

export function ActionPage() {
  const { t } = useWords();
  const programme = useProgramme();
  const no = useParams()['action'] ?? '';
  const action = /^\d{1,4}$/.test(no) ? Number(no) : null;
  return (
    <section className="xj-page xj-page-scroll">
      <p className="xj-no-print">
        <Link to="/actions">← {t('nav.actions')}</Link>
      </p>
      {programme === undefined ? <Loading rows={12} /> : programme === null || action === null ? <Empty title={t('actions.noSuch')} /> : <Action programme={programme} action={action} />}
    </section>
  );
}
