/*
 * kit/print-rows.tsx -- the rows of a grid on paper.
 *
 * The grid holds only what is on the screen; while the page is printed a plain table of all rows that are loaded stands in its place.
 */
import { useSyncExternalStore, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useWords } from '../words/lang';
import './print-rows.css';

let printing = false;

/** The table must stand before the browser draws the paper. */
function subscribe(tell: () => void): () => void {
  const turn = (now: boolean) => () => {
    printing = now;
    flushSync(tell);
  };
  const [before, after] = [turn(true), turn(false)];
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return () => {
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
  };
}

export interface PrintedColumn<R> {
  key: string;
  title: string;
  align?: 'right';
  render: (row: R) => ReactNode;
}

interface Props<R> {
  columns: readonly PrintedColumn<R>[];
  rows: readonly R[];
  /** How many there are when all are loaded. */
  count: number;
  rowKey: (row: R) => string | number;
}

export function PrintRows<R>({ columns, rows, count, rowKey }: Props<R>) {
  const { t } = useWords();
  if (!useSyncExternalStore(subscribe, () => printing)) return null;
  const named = columns.filter((c) => c.title);
  return (
    <div className="xj-print-rows">
      <table>
        <thead>
          <tr>{named.map((c) => <th key={c.key} scope="col" className={c.align === 'right' ? 'xj-right' : undefined}>{c.title}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>{named.map((c) => <td key={c.key} className={c.align === 'right' ? 'xj-right' : undefined}>{c.render(row)}</td>)}</tr>
          ))}
        </tbody>
      </table>
      {count > rows.length ? <p>{t('print.cut', { n: rows.length })}</p> : null}
    </div>
  );
}
