/* duty/lights-of.ts -- counts of lights, of cells put together by action or by unit. */
import type { HeatCell, HeatMap } from '../api/types';
import type { LightName } from '../kit/light';

export type Counts = Record<LightName, number>;

export interface LineOfLights {
  id: number;
  name: string;
  light: LightName;
  counts: Counts;
}

const none = (): Counts => ({ red: 0, yellow: 0, green: 0, grey: 0 });

function add(sum: Counts, cell: HeatCell): void {
  sum.red += cell.red;
  sum.yellow += cell.yellow;
  sum.green += cell.green;
  sum.grey += cell.grey;
}

/** Worst first: by red, then yellow; equals stay in their order. */
export function worstFirst(lines: readonly LineOfLights[]): LineOfLights[] {
  return lines.toSorted((a, b) => b.counts.red - a.counts.red || b.counts.yellow - a.counts.yellow);
}

/** The actions of MAP, or its units, each with the counts of its cells. */
export function linesOf(map: HeatMap, by: 'action' | 'unit'): LineOfLights[] {
  const counts = new Map<number, Counts>();
  for (const cell of map.cells) {
    const key = by === 'action' ? cell.action_no : cell.unit;
    const sum = counts.get(key) ?? none();
    add(sum, cell);
    counts.set(key, sum);
  }
  const names = by === 'action' ? map.actions.map((a) => ({ id: a.no, name: a.name, light: a.light })) : map.units;
  return names.map(({ id, name, light }) => ({ id, name, light, counts: counts.get(id) ?? none() }));
}

/** The units that have part in ACTION, each with its light and counts there. */
export function unitsOf(map: HeatMap, action: number): LineOfLights[] {
  const cells = map.cells.filter((cell) => cell.action_no === action);
  const units = map.units.flatMap((unit) => {
    const cell = cells.find((one) => one.unit === unit.id);
    return cell ? [{ ...unit, light: cell.light }] : [];
  });
  return linesOf({ ...map, units, cells }, 'unit');
}
