/* duty/rule-try.tsx -- what another value of a rule would do to today's lights and to coming weeks' reminders, before it is saved. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { DutyRulesTried, RemindersTried } from '../api/types';
import { LIGHTS, LightMark } from '../kit/light';
import { Answer } from '../kit/states';
import { More, Wide } from '../kit/wide';
import { useWords } from '../words/lang';
import { ruleTryQuery } from './rule-query';
import { movesLights } from './rule-value';

const SUMS = ['tasks', 'actions', 'units'] as const;

function Sums({ tried }: { tried: DutyRulesTried }) {
  const { t, date } = useWords();
  return (
    <table className="xj-rule-sums">
      <caption>{t('rules.try.lights', { date: date(tried.day) })}</caption>
      <thead>
        <tr>
          <td />
          {LIGHTS.map((light) => <th key={light} scope="col"><LightMark light={light} /></th>)}
        </tr>
      </thead>
      <tbody>
        {SUMS.map((sum) => (
          <tr key={sum}>
            <th scope="row">{t(`rules.try.${sum}`)}</th>
            {LIGHTS.map((light) => {
              const { was, now } = tried[sum];
              return (
                <td key={light} className="xj-right">
                  {was[light] === now[light] ? was[light] : <>{was[light]} → <strong>{now[light]}</strong></>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const KINDS = ['digest', 'ahead', 'chase', 'receipt', 'order', 'restricted'] as const;

function Reminders({ tried: { first, last, was, now } }: { tried: RemindersTried }) {
  const { t, date } = useWords();
  const rows: [string, number, number][] = [
    [t('rules.try.people'), was.people, now.people],
    [t('rules.try.messages'), was.messages, now.messages],
    ...KINDS.filter((kind) => was.kinds[kind] + now.kinds[kind] > 0).map((kind): [string, number, number] => [t(`rules.try.kind.${kind}`), was.kinds[kind], now.kinds[kind]]),
    [t('rules.try.most'), was.most, now.most],
    [t('rules.try.mostInWeek'), was.most_in_week, now.most_in_week],
  ];
  if (was.unheard + now.unheard > 0) rows.push([t('rules.try.unheard'), was.unheard, now.unheard]);
  return (
    <>
      <table className="xj-rule-sums">
        <caption>{t('rules.try.weeks', { first: date(first), last: date(last) })}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('rules.try.was')}</th>
            <th scope="col">{t('rules.try.now')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, before, after]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="xj-right">{before}</td>
              <td className="xj-right">{before === after ? after : <strong>{after}</strong>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="xj-faint">{t('rules.try.ifNothing')}</p>
    </>
  );
}

/** VALUE null is the default. */
export function RuleTry({ name, value }: { name: string; value: string | null }) {
  const w = useWords();
  const { t } = w;
  const query = useInfiniteQuery(ruleTryQuery(name, value));
  return (
    <section className="xj-rule-try" aria-label={t('rules.try.label')}>
      <Answer query={query} rows={4}>
        {({ pages }) => {
          const [first] = pages;
          const rows = pages.flatMap((page) => page.items);
          if (!first) return null;
          return (
            <>
              {movesLights(name) ? (
                <>
                  <Sums tried={first} />
                  <p role="status">{first.changed === 0 ? t('rules.try.none') : t('rules.try.changed', { n: first.changed })}</p>
                </>
              ) : null}
              {first.messages ? <Reminders tried={first.messages} /> : null}
              {rows.length > 0 ? (
                <Wide label={t('rules.try.list')}>
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">{t('duty.one')}</th>
                        <th scope="col">{t('duty.owner')}</th>
                        <th scope="col">{t('rules.try.light')}</th>
                        <th scope="col">{t('rules.try.why')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {rows.map((row) => (
                        <tr key={row.duty}>
                          {/* what was typed here stays */}
                          <td><Link to={`/duties/${row.duty}`} target="_blank">{row.no ? `${row.no} ` : ''}{row.title}</Link></td>
                          <td>{row.owner_name}</td>
                          <td className="xj-nowrap">{row.was === row.now ? <LightMark light={row.now} /> : <><LightMark light={row.was} /> → <LightMark light={row.now} /></>}</td>
                          <td>
                            {row.reason ? w.tCode('light.reason', row.reason) : ''}
                            {row.others > 0 ? ` ${t('rules.try.others', { n: row.others })}` : ''}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Wide>
              ) : null}
              <More query={query} />
            </>
          );
        }}
      </Answer>
    </section>
  );
}
