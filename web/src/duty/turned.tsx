/* duty/turned.tsx -- what turned red in the days before a day, and why. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { LightMark } from '../kit/light';
import { Answer } from '../kit/states';
import { More, Wide } from '../kit/wide';
import { useWords } from '../words/lang';
import { turnsQuery } from './duty-query';
import { DutyLink } from './parts';

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

export function Turned({ programme, day, days, action }: { programme: number; day: string; days: number; action?: number }) {
  const w = useWords();
  const { t } = w;
  const turns = useInfiniteQuery(turnsQuery(programme, daysBefore(day, days), day, action));
  return (
    <section className="xj-overview-box" aria-labelledby="turned-h">
      <h2 id="turned-h">{t('overview.turned', { n: days })}</h2>
      <Answer query={turns}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          return rows.length === 0 ? (
            <p className="xj-faint">{t('overview.noneTurned')}</p>
          ) : (
            <>
              <Wide label={t('overview.turnedTable')}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('overview.on')}</th>
                      <th scope="col">{t('duty.one')}</th>
                      <th scope="col">{t('duty.owner')}</th>
                      <th scope="col">{t('duty.lightWhy')}</th>
                      <th scope="col">{t('overview.today')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((turn) => (
                      <tr key={`${turn.duty} ${turn.on}`}>
                        <td className="xj-nowrap">{turn.on}</td>
                        <td><DutyLink id={turn.duty} no={turn.no} title={turn.title} /></td>
                        <td>{turn.unit_name}</td>
                        <td>{w.tCode('light.reason', turn.reason)}</td>
                        <td><LightMark light={turn.now} /></td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Wide>
              <More query={turns} />
            </>
          );
        }}
      </Answer>
    </section>
  );
}
