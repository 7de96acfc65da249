/* kit/sort.tsx -- a list that goes by one of its columns: the head to press, and what a press leads to. */
import './sort.css';

export interface Sort {
  state: 'ascending' | 'descending' | 'none';
  next: () => void;
}

/** How a list stands by column NAME while it goes by ORDER, and what a press of its head leads to: up, down, by FIRST again. */
export function sortOf<N extends string>(order: N | `-${N}`, name: N, first: NoInfer<N>): { state: Sort['state']; next: N | `-${N}` } {
  if (order === name) return { state: 'ascending', next: `-${name}` };
  if (order === `-${name}`) return { state: 'descending', next: first };
  return { state: 'none', next: name };
}

export function SortHead({ title, sort }: { title: string; sort: Sort }) {
  return (
    <button type="button" className="xj-sort" onClick={sort.next}>
      {title}
      <span aria-hidden="true">{{ ascending: '▲', descending: '▼', none: '↕' }[sort.state]}</span>
    </button>
  );
}
