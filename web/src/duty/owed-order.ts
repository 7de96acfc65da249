/* duty/owed-order.ts -- what lists of what is owed go by, as the address has it. */
import { useSearchParams } from 'react-router';
import { sortOf, type Sort } from '../kit/sort';
import type { ObligationFilters } from './duty-query';

export type OwedOrder = NonNullable<ObligationFilters['order']>;
export type OwedSorted = Extract<OwedOrder, 'due' | 'unit' | 'sent'>;
const ORDERS: readonly OwedOrder[] = ['due', '-due', 'unit', '-unit', 'sent', '-sent'];

/** The order in the address, as a filter (none where it goes without saying), and the heads of columns to go by. */
export function useOwedOrder(): { order: OwedOrder | undefined; sort: (name: OwedSorted) => Sort } {
  const [search, setSearch] = useSearchParams();
  const order = ORDERS.find((name) => name === search.get('order')) ?? 'due';
  return {
    order: order === 'due' ? undefined : order,
    sort: (name) => {
      const { state, next } = sortOf<OwedSorted>(order, name, 'due');
      return {
        state,
        next: () => {
          setSearch((old) => {
            const changed = new URLSearchParams(old);
            if (next === 'due') changed.delete('order');
            else changed.set('order', next);
            return changed;
          });
        },
      };
    },
  };
}
