/* duty/burden-page.tsx -- 减负台账: what units were asked for in a year, beside what is meant to be the most. */
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { AskedList, AskedUnit } from '../api/types';
import { Chart, FAINT, INK, type ChartOption } from '../kit/chart';
import { DownloadButton } from '../kit/download-button';
import { ExportSheet } from '../kit/export-sheet';
import { useNarrow } from '../kit/narrow';
import { useRights } from '../kit/rights';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { Wide } from '../kit/wide';
import { today } from '../words/dates';
import { useWords, type Words } from '../words/lang';
import { askedQuery } from './duty-query';

const COLUMNS = ['reports', 'notices', 'chases', 'visits'] as const;
const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
/** More bars than that are no picture. */
const BARS = 30;

/** Those that were asked most often first. */
function mostFirst(units: readonly AskedUnit[]): AskedUnit[] {
  return units.toSorted((a, b) => b.returns - a.returns || b.chases - a.chases);
}

function optionOf(w: Words, units: readonly AskedUnit[], cap: number, narrow: boolean): ChartOption {
  return {
    aria: { enabled: true, decal: { show: true } },
    grid: { left: 40, right: 90, top: 30, bottom: 90 },
    legend: { top: 0, left: 0, itemHeight: 10, itemWidth: 14 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: { type: 'category', data: units.map((one) => one.unit.name), axisLabel: { rotate: 50, interval: narrow ? 'auto' : 0, color: INK, width: 100, overflow: 'truncate' } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: FAINT } },
    series: [
      {
        type: 'bar',
        stack: 'asked',
        name: w.t('burden.returns'),
        color: '#0b5a5c',
        data: units.map((one) => one.returns),
        markLine: { symbol: 'none', lineStyle: { color: '#b3261e', type: 'dashed' }, label: { formatter: w.t('burden.capLine', { n: cap }), color: '#b3261e' }, data: [{ yAxis: cap }] },
      },
      { type: 'bar', stack: 'asked', name: w.t('burden.chases'), color: '#d9a300', data: units.map((one) => one.chases) },
      { type: 'bar', stack: 'asked', name: w.t('burden.visits'), color: '#9aa7a9', data: units.map((one) => one.visits) },
    ],
  };
}

function Table({ asked }: { asked: AskedList }) {
  const { t } = useWords();
  return (
    <Wide label={t('burden.table')}>
      <table className="xj-burden">
        <thead>
          <tr>
            <th scope="col">{t('owed.unit')}</th>
            {MONTHS.map((n) => <th key={n} scope="col" className="xj-right">{t('burden.month', { n })}</th>)}
            <th scope="col" className="xj-right">{t('burden.returns')}</th>
            {COLUMNS.map((name) => <th key={name} scope="col" className="xj-right">{t(`burden.${name}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {mostFirst(asked.items).map((one) => (
            <tr key={one.unit.id}>
              <td><Link to={`/units/${one.unit.id}`}>{one.unit.name}</Link></td>
              {one.months.map((month, i) => <td key={MONTHS[i]} className="xj-right">{month.returns || ''}</td>)}
              <td className="xj-right">
                {one.returns > asked.cap ? <strong className="xj-bad">{t('burden.over', { n: one.returns, over: one.returns - asked.cap })}</strong> : one.returns}
              </td>
              {COLUMNS.map((name) => <td key={name} className="xj-right">{one[name] || ''}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Burden({ asked }: { asked: AskedList }) {
  const w = useWords();
  const { t } = w;
  const shown = useMemo(() => mostFirst(asked.items).slice(0, BARS), [asked]);
  const narrow = useNarrow();
  const option = useMemo(() => optionOf(w, shown, asked.cap, narrow), [w, shown, asked.cap, narrow]);
  const over = asked.items.filter((one) => one.returns > asked.cap).length;
  if (asked.items.length === 0) return <Empty title={t('burden.none', { year: String(asked.year) })} />;
  const says = t('burden.says', { units: asked.items.length, cap: asked.cap, n: over });
  return (
    <>
      <p>{over > 0 ? <strong className="xj-bad">{says}</strong> : says}</p>
      <Chart title={t('burden.chart')} note={t('burden.note', { year: String(asked.year) })} says={says} option={option} height={300}>
        <p className="xj-faint">{t('burden.tableBelow')}</p>
      </Chart>
      <Table asked={asked} />
    </>
  );
}

export function BurdenPage() {
  const { t, lang } = useWords();
  const right = useRights();
  const [search, setSearch] = useSearchParams();
  const now = Number(today().slice(0, 4));
  const asked = Number(search.get('year'));
  const year = Number.isInteger(asked) && asked >= 2000 && asked <= 2200 ? asked : now;
  const burden = useQuery(askedQuery(year));
  const years = [...new Set([now + 1, now, now - 1, now - 2, year])].sort((a, b) => b - a);
  useTitle(t('nav.burden'));
  return (
    <section className="xj-page xj-page-scroll">
      <header className="xj-page-head">
        <h1>{t('burden.heading')}</h1>
        <Select
          size="small"
          aria-label={t('burden.year')}
          value={year}
          options={years.map((value) => ({ value, label: t('period.year', { year: String(value) }) }))}
          onChange={(value: number) => { setSearch({ year: String(value) }); }}
        />
        <span className="xj-grow" />
        <span className="xj-page-acts xj-no-print">
          <DownloadButton label={t('burden.export')} url={`/api/v1/asked/export.xlsx?year=${year}&lang=${lang}`} name={t('burden.file', { year: String(year) })} disabled={(burden.data?.items.length ?? 0) === 0} />
          {right('inspection.change') === null ? null : <ExportSheet list="inspection-burden" label={t('burden.exportVisits')} query={{ year }} />}
          <Button onClick={() => { window.print(); }}>{t('print.act')}</Button>
        </span>
      </header>
      <Answer query={burden} rows={12}>
        {(found) => <Burden asked={found} />}
      </Answer>
    </section>
  );
}
