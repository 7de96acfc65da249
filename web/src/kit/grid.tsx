/*
 * kit/grid.tsx -- a table of any length that scrolls like a sheet.
 *
 * Ant Design's virtual table draws its own scroll bar and its rows have no roles; here the browser
 * scrolls, every row is a `row` of a `grid`, and one row holds the focus.  Rows are equally high, so
 * the window is arithmetic (grid-window.ts).  A list that is still coming shows its whole length:
 * rows beyond what is loaded are blank, and onNeed asks for them.
 */
import { memo, useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useWords } from '../words/lang';
import './grid.css';
import { SortHead, type Sort } from './sort';
import { rowsInSight, scrollToShow } from './grid-window';
import { useKeys } from './keys';
import { PrintRows } from './print-rows';

export interface GridColumn<R> {
  key: string;
  title: string;
  /** What stands in the head instead of the title. */
  head?: ReactNode;
  /** A track of CSS grid: "96px", "minmax(200px, 2fr)". */
  width: string;
  align?: 'right';
  render: (row: R) => ReactNode;
  sort?: Sort;
}

export interface GridProps<R> {
  label: string;
  columns: readonly GridColumn<R>[];
  rows: readonly R[];
  /** How many there will be when all are loaded. */
  count?: number;
  rowKey: (row: R) => string | number;
  rowHeight?: number;
  /** The width below which the grid scrolls sideways. */
  minWidth?: number;
  /** On a phone each row is this instead of cells. */
  narrow?: ((row: R) => ReactNode) | undefined;
  /** The row that holds the focus, or -1. */
  active: number;
  onActive: (index: number) => void;
  onOpen?: (row: R) => void;
  /** Space marks the row that holds the focus; with Shift, all from the row marked last. */
  onMark?: (index: number, range: boolean) => void;
  onNeed?: (index: number) => void;
  /** As high as its rows instead of the room that is left. */
  fit?: boolean;
}

const EXTRA = 12;
const STEP = 4;
const HEAD = 32;

function Head<R>({ columns, template }: { columns: readonly GridColumn<R>[]; template: string }) {
  return (
    <div role="rowgroup" className="xj-grid-head">
      <div role="row" aria-rowindex={1} className="xj-grid-row" style={{ gridTemplateColumns: template }}>
        {columns.map((c) => (
          <div
            key={c.key}
            role="columnheader"
            aria-sort={c.sort?.state}
            className={c.align === 'right' ? 'xj-cell xj-right' : 'xj-cell'}
          >
            {c.sort ? (
              <SortHead title={c.title} sort={c.sort} />
            ) : (
              (c.head ?? c.title)
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

interface RowProps<R> {
  row: R;
  index: number;
  height: number;
  columns: readonly GridColumn<R>[];
  template: string;
  narrow: ((row: R) => ReactNode) | undefined;
  chosen: boolean;
  tabStop: boolean;
  onActive: (index: number) => void;
  onOpen: (row: R) => void;
}

function PlainRow<R>(props: RowProps<R>) {
  const { row, index, height, columns, narrow, chosen } = props;
  return (
    // keys are handled by the grid: one listener for all rows
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-index={index}
      tabIndex={props.tabStop ? 0 : -1}
      className="xj-grid-row"
      style={{ top: index * height, height, gridTemplateColumns: props.template }}
      onFocus={(event) => {
        if (event.target === event.currentTarget && !chosen) props.onActive(index);
      }}
      onClick={(event) => {
        props.onActive(index);
        // a link in the row does its own work; a selection of text is no click
        if (event.target instanceof HTMLElement && event.target.closest('a, button, input, label')) return;
        if (!getSelection()?.isCollapsed) return;
        props.onOpen(row);
      }}
    >
      {narrow ? (
        <div role="gridcell" className="xj-cell-narrow">
          {narrow(row)}
        </div>
      ) : (
        columns.map((c) => (
          <div key={c.key} role="gridcell" className={c.align === 'right' ? 'xj-cell xj-right' : 'xj-cell'}>
            {c.render(row)}
          </div>
        ))
      )}
    </div>
  );
}

/** Scrolling makes rows come and go; those that stay are not made again. */
const Row = memo(PlainRow) as typeof PlainRow;

export function Grid<R>(props: GridProps<R>) {
  const { t } = useWords();
  const { rows, columns, narrow, active, onActive, onOpen, onNeed, rowHeight = 32 } = props;
  const count = Math.max(props.count ?? 0, rows.length);
  const view = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState(0);
  const [height, setHeight] = useState(600);
  const wantFocus = useRef(false);

  useLayoutEffect(() => {
    const box = view.current;
    if (!box) return undefined;
    const watch = new ResizeObserver(() => {
      setHeight(box.clientHeight);
    });
    watch.observe(box);
    return () => {
      watch.disconnect();
    };
  }, []);

  const head = narrow ? 0 : HEAD;
  const { first, end } = rowsInSight(scroll, height - head, rowHeight, count, EXTRA);
  useEffect(() => {
    onNeed?.(end);
  }, [end, onNeed]);

  useEffect(() => {
    const box = view.current;
    if (!box || active < 0) return;
    const top = scrollToShow(active, box.scrollTop, box.clientHeight - head, rowHeight);
    if (top !== box.scrollTop) box.scrollTop = top;
    if (wantFocus.current) {
      wantFocus.current = false;
      box.querySelector<HTMLElement>(`[data-index="${active}"]`)?.focus({ preventScroll: true });
    }
  }, [active, head, rowHeight]);

  const move = (to: number): void => {
    const index = Math.max(0, Math.min(rows.length - 1, to));
    if (rows.length === 0) return;
    wantFocus.current = true;
    onActive(index);
    if (index === active) view.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  };
  const open = (): void => {
    const row = rows[active];
    if (row !== undefined) onOpen?.(row);
  };
  useKeys([
    { key: 'j', says: 'keys.down', run: () => { move(active + 1); } },
    { key: 'k', says: 'keys.up', run: () => { move(active - 1); } },
    ...(onOpen ? [{ key: 'Enter', says: 'keys.open' as const, run: open }] : []),
  ]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((height - head) / rowHeight) - 1);
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (to !== undefined && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      move(to);
    } else if (event.key === ' ' && props.onMark && event.target instanceof HTMLElement && event.target.dataset['index']) {
      event.preventDefault();
      props.onMark(Number(event.target.dataset['index']), event.shiftKey);
    } else if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.dataset['index']) {
      event.preventDefault();
      open();
    }
  };

  // what rows are handed stays the same, so that they stay as they are
  const latest = useRef({ onActive, onOpen });
  useLayoutEffect(() => {
    latest.current = { onActive, onOpen };
  });
  const chooseRow = useCallback((index: number) => { latest.current.onActive(index); }, []);
  const openRow = useCallback((row: R) => { latest.current.onOpen?.(row); }, []);

  const template = narrow ? '1fr' : columns.map((c) => c.width).join(' ');
  const shown: number[] = [];
  for (let i = first; i < end; i += 1) shown.push(i);
  // the focused row stays in the page, or the focus would be lost by scrolling
  if (active >= 0 && active < rows.length && (active < first || active >= end)) shown.push(active);
  const tabStop = active >= 0 && active < rows.length ? active : 0;

  return (
    <>
      {/* the rows take the focus, one at a time */}
      {/* eslint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div
        ref={view}
        role="grid"
        aria-label={props.label}
        aria-rowcount={count + 1}
        aria-readonly="true"
        className={props.fit ? 'xj-grid xj-grid-fit' : 'xj-grid'}
        onScroll={(event) => {
          // only a step of several rows is worth a new window
          const step = rowHeight * STEP;
          setScroll(Math.floor(event.currentTarget.scrollTop / step) * step);
        }}
        onKeyDown={onKeyDown}
      >
        <div className="xj-grid-wide" style={{ minWidth: narrow ? 0 : props.minWidth }} role="presentation">
          {narrow ? null : <Head columns={columns} template={template} />}
          <div role="rowgroup" className="xj-grid-body" style={{ height: count * rowHeight }}>
            {shown.map((i) => {
              const row = rows[i];
              if (row === undefined) {
                return (
                  <div key={`blank ${i}`} role="row" aria-rowindex={i + 2} className="xj-grid-row xj-blank" style={{ top: i * rowHeight, height: rowHeight }}>
                    <div role="gridcell" className="xj-cell" aria-label={t('state.loading')} />
                  </div>
                );
              }
              return (
                <Row
                  key={props.rowKey(row)}
                  row={row}
                  index={i}
                  height={rowHeight}
                  columns={columns}
                  template={template}
                  narrow={narrow}
                  chosen={i === active}
                  tabStop={i === tabStop}
                  onActive={chooseRow}
                  onOpen={openRow}
                />
              );
            })}
          </div>
        </div>
      </div>
      <PrintRows columns={columns} rows={rows} count={count} rowKey={props.rowKey} />
    </>
  );
}
