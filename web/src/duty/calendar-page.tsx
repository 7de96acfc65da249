/* duty/calendar-page.tsx -- 日历: what is due by day of a month, with days off and made up; on a phone a list. */
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { ObligationRow } from '../api/types';
import { DaysLeft } from '../kit/days-left';
import { useNarrow } from '../kit/narrow';
import { OwedLink } from '../kit/owed-link';
import { useRights } from '../kit/rights';
import { Some } from '../kit/some';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { UnitField } from '../kit/unit-picker';
import { Wide } from '../kit/wide';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import './calendar.css';
import { monthQuery, unitNameQuery, workingDaysQuery } from './duty-query';
import { addMonths, asMonth, endsOf, weeksOf } from './month';

const SHOWN = 3;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

interface Off {
  works: boolean;
  name: string;
}

/** Saturdays and Sundays are off, but for what the official calendar says. */
function useOff(month: string): (day: string) => Off {
  const calendar = useQuery(workingDaysQuery(Number(month.slice(0, 4))));
  const said = useMemo(() => new Map(calendar.data?.days.map((day) => [day.day, day])), [calendar.data]);
  return (day) => said.get(day) ?? { works: ![0, 6].includes(new Date(day).getUTCDay()), name: '' };
}

function Short({ row }: { row: ObligationRow }) {
  const w = useWords();
  const late = row.open && row.due < today();
  return (
    <li className={late ? 'xj-bad' : row.open ? undefined : 'xj-faint'}>
      <span className="xj-line">
        {row.open ? '' : '✓ '}
        {row.unit_name}
        {row.kind === 'return' ? '' : ` ${w.tCode('notice.item', row.kind)}`}
      </span>
    </li>
  );
}

function Cell({ day, month, rows, off, path }: { day: string; month: string; rows: readonly ObligationRow[]; off: Off; path: string }) {
  const { t, date } = useWords();
  if (!day.startsWith(month)) return <td className="xj-cal-other" />;
  const open = rows.filter((row) => row.open).length;
  return (
    <td className={off.works ? undefined : 'xj-cal-off'} aria-current={day === today() ? 'date' : undefined}>
      <p className="xj-cal-day">
        {rows.length > 0 ? <Link to={path} replace aria-label={t('calendar.open', { date: date(day), n: rows.length })}>{Number(day.slice(8))}</Link> : <span>{Number(day.slice(8))}</span>}
        {off.name ? <span className="xj-faint">{t(off.works ? 'calendar.works' : 'calendar.off', { name: off.name })}</span> : null}
      </p>
      {rows.length > SHOWN ? (
        <p>{t('calendar.many', { n: rows.length, open })}</p>
      ) : (
        <ul>{rows.map((row) => <Short key={row.id} row={row} />)}</ul>
      )}
    </td>
  );
}

function DayList({ day, rows, off }: { day: string; rows: readonly ObligationRow[]; off: Off }) {
  const w = useWords();
  const { t } = w;
  return (
    <section className="xj-cal-list" aria-label={w.date(day)}>
      <h2>
        {w.date(day)} {off.works ? null : <span className="xj-faint">{off.name || t('calendar.weekend')}</span>}
      </h2>
      <Some items={rows}>
        {(shown) => (
          <ul>
            {shown.map((row) => (
              <li key={row.id} className="xj-row-line">
                <OwedLink row={row} />
                {row.kind === 'return' ? null : <span className="xj-faint">{row.unit_name}</span>}
                {row.open ? <DaysLeft due={row.due} /> : <span className="xj-state">{w.tCode('return.state', row.state)}</span>}
              </li>
            ))}
          </ul>
        )}
      </Some>
    </section>
  );
}

function Month({ month, unit, chosen }: { month: string; unit: number | undefined; chosen: string | null }) {
  const { t } = useWords();
  const narrow = useNarrow();
  const [search] = useSearchParams();
  const { first, last } = endsOf(month);
  const owed = useQuery(monthQuery(first, last, unit));
  const off = useOff(month);
  const path = (day: string): string => {
    const next = new URLSearchParams(search);
    next.set('day', day);
    return `?${next.toString()}`;
  };
  return (
    <Answer query={owed} rows={12}>
      {({ items, more }) => {
        const days = new Map<string, ObligationRow[]>();
        for (const row of items) days.set(row.due, [...(days.get(row.due) ?? []), row]);
        const listed = narrow ? [...days.keys()].sort() : chosen && days.has(chosen) ? [chosen] : [];
        return (
          <>
            {more ? <p className="xj-faint" role="status">{t('calendar.cut', { n: items.length })}</p> : null}
            {narrow ? null : (
              <Wide label={t('calendar.month', { month })}>
                <table className="xj-cal">
                  <thead>
                    <tr>{WEEKDAYS.map((n) => <th key={n} scope="col">{t(`calendar.weekday.${n}`)}</th>)}</tr>
                  </thead>
                  <tbody>
                    {weeksOf(month).map((week) => (
                      <tr key={week[0]}>{week.map((day) => <Cell key={day} day={day} month={month} rows={days.get(day) ?? []} off={off(day)} path={path(day)} />)}</tr>
                    ))}
                  </tbody>
                </table>
              </Wide>
            )}
            {items.length === 0 ? <Empty title={t('calendar.none')} /> : null}
            {listed.map((day) => <DayList key={day} day={day} rows={days.get(day) ?? []} off={off(day)} />)}
          </>
        );
      }}
    </Answer>
  );
}

export function CalendarPage() {
  const { t } = useWords();
  const right = useRights();
  const [search, setSearch] = useSearchParams();
  const month = asMonth(search.get('month')) ?? today().slice(0, 7);
  const unit = Number(search.get('unit')) || 0;
  const name = useQuery({ ...unitNameQuery(unit), enabled: unit > 0 });
  useTitle(t('nav.calendar'));
  const go = (change: { month?: string; unit?: number | null }): void => {
    setSearch((old) => {
      const next = new URLSearchParams(old);
      next.delete('day');
      if (change.month) next.set('month', change.month);
      if (change.unit) next.set('unit', String(change.unit));
      else if (change.unit === null) next.delete('unit');
      return next;
    });
  };
  return (
    <section className="xj-page xj-page-scroll">
      <header className="xj-page-head">
        <h1>{t('calendar.heading', { year: month.slice(0, 4), month: String(Number(month.slice(5))) })}</h1>
        <span className="xj-row-line xj-no-print">
          <Button size="small" icon={<LeftOutlined />} aria-label={t('calendar.before')} title={t('calendar.before')} onClick={() => { go({ month: addMonths(month, -1) }); }} />
          <Button size="small" onClick={() => { go({ month: today().slice(0, 7) }); }}>{t('calendar.now')}</Button>
          <Button size="small" icon={<RightOutlined />} aria-label={t('calendar.after')} title={t('calendar.after')} onClick={() => { go({ month: addMonths(month, 1) }); }} />
          {right('duty.read') === 'own' ? null : (
            <UnitField label={t('task.unit')} value={unit > 0 ? { id: unit, name: name.data?.name ?? '…' } : null} onChange={(found) => { go({ unit: found?.id ?? null }); }} />
          )}
        </span>
        <span className="xj-grow" />
        <Link className="xj-no-print" to="/notices?show=ways">{t('calendar.subscribe')}</Link>
        <Button size="small" className="xj-no-print" onClick={() => { window.print(); }}>{t('print.act')}</Button>
      </header>
      <Month month={month} unit={unit > 0 ? unit : undefined} chosen={search.get('day')} />
    </section>
  );
}
