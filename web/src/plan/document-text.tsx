/* plan/document-text.tsx -- a document as it reads: its headings, items, paragraphs and tables, with marks in its words. */
import { memo, type ReactNode } from 'react';
import type { Block, Layout, Line, TableCell } from './document-layout';
import './document-text.css';

/** A piece of a line that looks otherwise than its neighbours. */
export interface Part {
  text: string;
  /** The byte of the document that it begins at. */
  from: number;
  className?: string;
  /** Words that were looked for; one place of them is the current one. */
  found?: 'some' | 'current';
}

/** By the index of their line. */
export type Parts = ReadonlyMap<number, readonly Part[]>;
export type Notes = ReadonlyMap<number, ReactNode>;

/** The column of notes, in em. */
const NOTE = 4;

const NONE: Parts = new Map();

const Words = memo(function Words({ line, parts }: { line: Line; parts: readonly Part[] | undefined }) {
  if (!parts) return <span data-from={line.from}>{line.text === '' ? '\u00a0' : line.text}</span>;
  return parts.map((part) =>
    part.found ? (
      <mark key={part.from} className={part.found === 'current' ? 'xj-text-current' : undefined} aria-current={part.found === 'current' ? 'true' : undefined}>
        {part.text}
      </mark>
    ) : (
      <span key={part.from} data-from={part.from} className={part.className}>
        {part.text}
      </span>
    ),
  );
});

interface RowProps {
  cells: readonly TableCell[];
  lines: readonly Line[];
  parts: Parts;
  /** A row of headings. */
  head: boolean;
  notes: ReactNode[] | null;
}

const TableRow = memo(
  function TableRow({ cells, lines, parts, head, notes }: RowProps) {
    return (
      <tr>
        {notes ? <td className="xj-doc-note xj-no-print">{notes}</td> : null}
        {cells.map((cell, i) => {
          const line = cell.line === null ? undefined : lines[cell.line];
          const span = { ...(cell.rows > 1 ? { rowSpan: cell.rows } : {}), ...(cell.columns > 1 ? { colSpan: cell.columns } : {}) };
          const words = line && cell.line !== null ? <Words line={line} parts={parts.get(cell.line)} /> : null;
          return head ? <th key={i} scope={cell.columns > 1 ? 'colgroup' : 'col'} {...span}>{words}</th> : <td key={i} {...span}>{words}</td>;
        })}
      </tr>
    );
  },
  (a, b) => a.cells === b.cells && a.lines === b.lines && a.parts === b.parts && a.head === b.head && sameNotes(a.notes, b.notes),
);

function sameNotes(a: ReactNode[] | null, b: ReactNode[] | null): boolean {
  return a === b || (a !== null && b !== null && a.length === b.length && a.every((note, i) => note === b[i]));
}

interface BlockProps {
  block: Block;
  lines: readonly Line[];
  parts: Parts;
  notes: Notes | undefined;
}

const Table = memo(function Table({ block, lines, parts, notes }: BlockProps & { block: Extract<Block, { kind: 'table' }> }) {
  const sum = block.widths.reduce((a, b) => a + b, 0);
  const headed = block.rows[0]?.every((cell) => cell.line !== null) === true;
  return (
    // what is wider than the page makes the whole page scroll: a box that is drawn late cuts off what leaves it
    <div className="xj-doc-table" style={{ containIntrinsicSize: `auto ${block.rows.length * 48}px`, minWidth: `${sum + (notes ? NOTE : 0)}em` }}>
      <table>
        <colgroup>
          {notes ? <col className="xj-no-print" style={{ width: `${NOTE}em` }} /> : null}
          {block.widths.map((width, i) => <col key={i} style={{ width: `${(100 * width) / sum}%` }} />)}
        </colgroup>
        <tbody>
          {block.rows.map((cells, r) => (
            <TableRow
              key={r}
              cells={cells}
              lines={lines}
              parts={cells.some((cell) => cell.line !== null && parts.has(cell.line)) ? parts : NONE}
              head={headed && r === 0}
              notes={notes ? cells.flatMap((cell) => (cell.line !== null && notes.has(cell.line) ? [notes.get(cell.line)] : [])) : null}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
});

const TextBlock = memo(function TextBlock({ block, lines, parts, notes }: BlockProps) {
  if (block.kind === 'table') return <Table block={block} lines={lines} parts={parts} notes={notes} />;
  const line = lines[block.line];
  if (!line) return null;
  const Tag = block.kind === 'heading' ? 'h2' : 'p';
  const words = (
    <Tag className={`xj-doc-${block.kind}`}>
      <Words line={line} parts={parts.get(block.line)} />
    </Tag>
  );
  if (!notes) return <div className="xj-doc-block">{words}</div>;
  return (
    <div className="xj-doc-block xj-doc-noted">
      <span className="xj-doc-note xj-no-print">{notes.get(block.line)}</span>
      {words}
    </div>
  );
});

interface Props {
  layout: Layout;
  /** Only the lines that look otherwise than plain. */
  parts: Parts;
  /** What stands beside lines, in a column of its own. */
  notes?: Notes;
}

export const DocumentText = memo(function DocumentText({ layout, parts, notes }: Props) {
  const touched = new Set([...parts.keys()].map((line) => layout.blockOf[line]));
  return layout.blocks.map((block, i) => (
    <TextBlock key={i} block={block} lines={layout.lines} parts={touched.has(i) ? parts : NONE} notes={notes} />
  ));
});
