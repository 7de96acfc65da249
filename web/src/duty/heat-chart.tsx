/* duty/heat-chart.tsx -- lights by action and unit: a picture whose cells lead to their tasks, and the same as a table. */
import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import type { HeatMap } from '../api/types';
import { Chart, INK, LIGHT_COLOURS, type ChartOption } from '../kit/chart';
import { asLight, LightMark, LIGHTS, type LightName } from '../kit/light';
import { useNarrow } from '../kit/narrow';
import { Wide } from '../kit/wide';
import { useWords, type Words } from '../words/lang';
import { actionName } from './parts';

const MARKS: Record<LightName, string> = { red: '■', yellow: '▲', green: '', grey: '○' };
const HEAD = 118;
const ROW = 22;
/** With more units than that a cell has room for its mark alone. */
const NUMBERED = 30;

/** The tasks behind a cell. */
export function cellPath(programme: number, action: number, unit?: number): string {
  return `/duties?programme=${programme}&action_no=${action}${unit === undefined ? '' : `&unit=${unit}`}`;
}

function optionOf(w: Words, map: HeatMap): ChartOption {
  const column = new Map(map.units.map((unit, i) => [unit.id, i]));
  const row = new Map(map.actions.map((action, i) => [action.no, i]));
  const order = ['grey', 'green', 'yellow', 'red'] as const;
  return {
    grid: { left: 150, right: 8, top: HEAD, bottom: 8 },
    xAxis: {
      type: 'category',
      position: 'top',
      data: map.units.map((unit) => unit.name),
      axisLabel: { rotate: 60, interval: 0, color: INK, fontSize: map.units.length > 40 ? 10 : 12, width: 108, overflow: 'truncate' },
      axisTick: { show: false },
      axisLine: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: map.actions.map((action) => actionName(w, action.name)),
      axisLabel: { color: INK, width: 140, overflow: 'truncate' },
      axisTick: { show: false },
      axisLine: { show: false },
    },
    visualMap: {
      type: 'piecewise',
      show: false,
      dimension: 2,
      pieces: order.map((light, i) => ({ value: i, color: LIGHT_COLOURS[light] })),
    },
    tooltip: {
      formatter: (params) => {
        const at = Array.isArray(params) ? params[0] : params;
        const cell = map.cells[at?.dataIndex ?? -1];
        if (!cell) return '';
        const words = LIGHTS.filter((light) => cell[light] > 0).map((light) => `${w.t(`light.${light}`)} ${cell[light]}`);
        const action = actionName(w, map.actions[row.get(cell.action_no) ?? -1]?.name ?? '');
        return [map.units[column.get(cell.unit) ?? -1]?.name ?? '', action, words.join(w.t('list.comma'))].map(escape).join('<br>');
      },
    },
    series: [
      {
        type: 'heatmap',
        data: map.cells.map((cell) => [column.get(cell.unit) ?? 0, row.get(cell.action_no) ?? 0, order.indexOf(cell.light)]),
        label: {
          show: true,
          fontSize: 10,
          formatter: ({ dataIndex }) => {
            const cell = map.cells[dataIndex];
            const light = asLight(cell?.light ?? null);
            return cell && light ? `${MARKS[light]}${light === 'red' && map.units.length <= NUMBERED ? cell.red : ''}` : '';
          },
        },
        itemStyle: { borderColor: '#fff', borderWidth: 1 },
      },
    ],
  };
}

/** Names come from documents: in the tooltip, which is markup, they are text. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function HeatTable({ map, programme }: { map: HeatMap; programme: number }) {
  const w = useWords();
  const { t } = w;
  const cells = new Map(map.cells.map((cell) => [`${cell.action_no} ${cell.unit}`, cell]));
  return (
    <Wide label={t('overview.heat')}>
      <table className="xj-heat-table">
        <thead>
          <tr>
            <th scope="col">{t('task.action')}</th>
            {map.units.map((unit) => <th key={unit.id} scope="col"><Link to={`/units/${unit.id}`}>{unit.name}</Link></th>)}
          </tr>
        </thead>
        <tbody>
          {map.actions.map((action) => (
            <tr key={action.no}>
              <th scope="row"><Link to={cellPath(programme, action.no)}>{actionName(w, action.name)}</Link></th>
              {map.units.map((unit) => {
                const cell = cells.get(`${action.no} ${unit.id}`);
                return (
                  <td key={unit.id}>
                    {cell ? <Link to={cellPath(programme, action.no, unit.id)} aria-label={t('overview.cell', { unit: unit.name, action: actionName(w, action.name), light: t(`light.${cell.light}`) })}><LightMark light={cell.light} word={false} /></Link> : ''}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

export function HeatChart({ map, programme, note }: { map: HeatMap; programme: number; note: string }) {
  const w = useWords();
  const { t } = w;
  const narrow = useNarrow();
  const navigate = useNavigate();
  const option = useMemo(() => optionOf(w, map), [w, map]);
  const red = map.cells.filter((cell) => cell.light === 'red').length;
  // 18 by 70 cells are no picture on a phone
  if (narrow) return <HeatTable map={map} programme={programme} />;
  return (
    <Chart
      title={t('overview.heat')}
      note={note}
      says={t('overview.heatSays', { actions: map.actions.length, units: map.units.length, n: red })}
      option={option}
      height={HEAD + 8 + map.actions.length * ROW}
      onPick={(index) => {
        const cell = map.cells[index];
        if (cell) void navigate(cellPath(programme, cell.action_no, cell.unit));
      }}
    >
      <HeatTable map={map} programme={programme} />
    </Chart>
  );
}
