/*
 * plan/print.tsx -- the list on A4 paper: all of it, not the rows in sight.
 *
 * The grid holds only what is on the screen, so for printing a plain table is put into the page, and
 * taken out again afterwards.
 */
import { PrinterOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { asProblem } from '../api/problem';
import type { TaskFilters, TaskOrder, TaskRow } from '../api/types';
import { problemWords } from '../kit/problem-note';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import type { ListColumn } from './filters';
import { cellText } from './task-columns';
import { allTaskRows } from './tasks-query';

/** Columns whose words are too short to break. */
const SHORT: ReadonlySet<ListColumn> = new Set(['no', 'deadline', 'kind', 'strength', 'warnings']);

interface TableProps {
  rows: readonly TaskRow[];
  columns: readonly ListColumn[];
  title: string;
  says: string;
}

function PrintTable({ rows, columns, title, says }: TableProps) {
  const w = useWords();
  const { t } = w;
  return (
    <div className="xj-print">
      <h1>{title}</h1>
      <p>{t('print.head', { says, n: rows.length, date: w.date(today()) })}</p>
      <table className="xj-table">
        <thead>
          <tr>
            <th>{t('column.number')}</th>
            {columns.map((key) => (
              <th key={key}>{t(`column.${key}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((r, i) => (
            <tr key={r.id}>
              <td>{i + 1}</td>
              {columns.map((key) => (
                <td key={key} className={SHORT.has(key) ? 'xj-short' : undefined}>
                  {cellText(w, r, key)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Props {
  title: string;
  says: string;
  columns: readonly ListColumn[];
  filters: TaskFilters;
  order: TaskOrder;
  disabled: boolean;
}

export function PrintButton({ title, says, columns, filters, order, disabled }: Props) {
  const w = useWords();
  const queries = useQueryClient();
  const { notification } = App.useApp();
  const [rows, setRows] = useState<readonly TaskRow[] | null>(null);
  const [loaded, setLoaded] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);

  const run = async (): Promise<void> => {
    stop.current = new AbortController();
    setLoaded(0);
    try {
      setRows(await allTaskRows(queries, filters, order, stop.current.signal, setLoaded));
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code !== 'cancelled') {
        const { title: what, advice } = problemWords(w, problem);
        notification.error({ title: what, description: advice });
      }
    } finally {
      setLoaded(null);
    }
  };

  useEffect(() => {
    if (!rows) return undefined;
    const done = (): void => {
      setRows(null);
    };
    window.addEventListener('afterprint', done);
    window.print();
    return () => {
      window.removeEventListener('afterprint', done);
    };
  }, [rows]);

  return (
    <>
      {loaded === null ? (
        <Button icon={<PrinterOutlined />} disabled={disabled} onClick={() => void run()}>
          {w.t('print.act')}
        </Button>
      ) : (
        <Button loading onClick={() => stop.current?.abort()}>
          {w.t('print.loading', { n: loaded })}
        </Button>
      )}
      {rows ? createPortal(<PrintTable rows={rows} columns={columns} title={title} says={says} />, document.body) : null}
    </>
  );
}
