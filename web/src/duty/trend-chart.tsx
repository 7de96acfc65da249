/* duty/trend-chart.tsx -- duty tasks by light at the ends of months. */
import { useMemo } from 'react';
import type { LightPoint } from '../api/types';
import { Chart, FAINT, LIGHT_COLOURS, type ChartOption } from '../kit/chart';
import { LIGHTS } from '../kit/light';
import { Wide } from '../kit/wide';
import { useWords, type Words } from '../words/lang';

function optionOf(w: Words, points: readonly LightPoint[]): ChartOption {
  return {
    aria: { enabled: true, decal: { show: true } },
    grid: { left: 40, right: 8, top: 30, bottom: 24 },
    legend: { top: 0, left: 0, itemHeight: 10, itemWidth: 14 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: { type: 'category', data: points.map((point) => point.day.slice(0, 7)), axisLabel: { color: FAINT } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: FAINT } },
    series: LIGHTS.map((light) => ({
      type: 'bar' as const,
      stack: 'lights',
      name: w.t(`light.${light}`),
      color: LIGHT_COLOURS[light],
      data: points.map((point) => point[light]),
    })),
  };
}

export function TrendChart({ points, note }: { points: readonly LightPoint[]; note: string }) {
  const w = useWords();
  const { t } = w;
  const option = useMemo(() => optionOf(w, points), [w, points]);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  return (
    <Chart title={t('overview.trend')} note={note} says={t('overview.trendSays', { from: first.day, to: last.day, before: first.red, n: last.red })} option={option} height={220}>
      <Wide label={t('overview.trend')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('overview.day')}</th>
              {LIGHTS.map((light) => <th key={light} scope="col" className="xj-right">{t(`light.${light}`)}</th>)}
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.day}>
                <th scope="row">{point.day}</th>
                {LIGHTS.map((light) => <td key={light} className="xj-right">{point[light]}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Chart>
  );
}
