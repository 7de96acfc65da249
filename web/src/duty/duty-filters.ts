/* duty/duty-filters.ts -- the filters of the list of duty tasks, as the address has them. */
import { LIGHTS } from '../kit/light';
import type { DutyFilters } from './duty-query';
import { ALL_ORIGINS, KINDS, STATES } from './duty-words';

export type DutyOrder = NonNullable<DutyFilters['order']>;
const ORDERS: readonly DutyOrder[] = ['no', '-no', 'due', '-due', 'action', '-action', 'owner', '-owner', 'state', '-state', 'light', '-light'];
/** A column that the list can go by. */
export type Sorted = Extract<DutyOrder, 'no' | 'due' | 'action' | 'owner' | 'state' | 'light'>;

/** What SEARCH asks for; what is no filter, or has no such value, is left out. */
export function readDutyFilters(search: URLSearchParams): DutyFilters {
  const filters: DutyFilters = {};
  for (const name of ['programme', 'document', 'unit', 'owner'] as const) {
    const id = Number(search.get(name));
    if (Number.isSafeInteger(id) && id > 0) filters[name] = id;
  }
  const action = search.get('action_no');
  if (action !== null && /^\d{1,4}$/.test(action)) filters.action_no = Number(action);
  const light = LIGHTS.find((name) => name === search.get('light'));
  if (light) filters.light = light;
  const kind = KINDS.find((name) => name === search.get('kind'));
  if (kind) filters.kind = kind;
  const origin = ALL_ORIGINS.find((name) => name === search.get('origin'));
  if (origin) filters.origin = origin;
  const state = STATES.find((name) => name === search.get('state'));
  if (state) filters.state = state;
  const tag = search.get('tag');
  if (tag && tag.length <= 50) filters.tag = tag;
  if (search.get('unsettled') === '1') filters.unsettled = true;
  const order = ORDERS.find((name) => name === search.get('order'));
  if (order && order !== 'no') filters.order = order;
  return filters;
}
