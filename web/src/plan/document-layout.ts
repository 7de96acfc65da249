/*
 * plan/document-layout.ts -- the text of a document as blocks: headings, items, paragraphs, tables.
 *
 * Everything that is read lies in lines: a line of the text, or a whole cell of a table.  A line
 * knows its bytes, for places are counted in bytes of UTF-8; blocks name lines by their index.
 */
import type { Range } from '../kit/marked-text';
import type { CellPlace, RegisterText } from './register-text';
import { HEADING, ITEM, SENTENCE } from '../words/labels';

export interface Line extends Range {
  text: string;
}

export interface TableCell {
  /** The line that it holds; null where it is empty. */
  line: number | null;
  rows: number;
  columns: number;
}

export type Block =
  | { kind: 'heading' | 'item' | 'paragraph' | 'line'; line: number }
  | { kind: 'table'; lines: readonly [first: number, last: number]; rows: readonly (readonly TableCell[])[]; widths: readonly number[] };

/** A table's `widths` are what its columns need to be read, in em. */
export interface Layout {
  lines: readonly Line[];
  blocks: readonly Block[];
  /** The block of each line. */
  blockOf: readonly number[];
}


const size = (text: string): number => new TextEncoder().encode(text).length;

/** TEXT by its lines, each with its bytes from START on (the line break is none of them). */
export function linesOf(text: string, start = 0): Line[] {
  let from = start;
  return text.split('\n').map((line) => {
    const to = from + size(line);
    const made = { text: line, from, to };
    from = to + 1;
    return made;
  });
}

/** The line of LINES that byte AT lies in, or the last before it. */
export function lineAt(lines: readonly Line[], at: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.from ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function kindOf(text: string): Exclude<Block['kind'], 'table'> {
  if (HEADING.test(text)) return 'heading';
  if (ITEM.test(text)) return 'item';
  return SENTENCE.test(text) ? 'paragraph' : 'line';
}

interface PlacedCell extends CellPlace {
  line: number;
}

/** CELLS as rows without holes: rows and columns in which nothing begins are left out, empty cells are put in. */
function rowsOf(cells: readonly PlacedCell[]): TableCell[][] {
  const rowNumbers = [...new Set(cells.map((cell) => cell.row))].sort((a, b) => a - b);
  const columnNumbers = [...new Set(cells.map((cell) => cell.column))].sort((a, b) => a - b);
  const within = (numbers: readonly number[], from: number, count: number): number =>
    Math.max(1, numbers.filter((n) => n >= from && n < from + count).length);
  const taken = rowNumbers.map(() => columnNumbers.map(() => false));
  const made = rowNumbers.map((): TableCell[] => []);
  const at = new Map(cells.map((cell) => [`${cell.row} ${cell.column}`, cell]));
  rowNumbers.forEach((row, r) => {
    columnNumbers.forEach((column, c) => {
      if (taken[r]?.[c]) return;
      const cell = at.get(`${row} ${column}`);
      const rows = cell ? within(rowNumbers, row, cell.rows) : 1;
      const columns = cell ? within(columnNumbers, column, cell.columns) : 1;
      for (let down = r; down < r + rows; down += 1) taken[down]?.fill(true, c, c + columns);
      made[r]?.push({ line: cell?.line ?? null, rows, columns });
    });
  });
  return made;
}

/** How wide each column of ROWS wants to be: more for more words, but never so much that the others are pushed out. */
function widthsOf(rows: readonly (readonly TableCell[])[], lines: readonly Line[]): number[] {
  const most: number[] = [];
  const taken: number[] = []; // how many rows a column is still held by a cell from above
  for (const row of rows) {
    let column = 0;
    for (const cell of row) {
      while ((taken[column] ?? 0) > 0) column += 1;
      const text = cell.line === null ? '' : (lines[cell.line]?.text ?? '');
      if (cell.columns === 1) most[column] = Math.max(most[column] ?? 0, ...text.split('\n').map((part) => part.length));
      for (let i = column; i < column + cell.columns; i += 1) taken[i] = cell.rows;
      column += cell.columns;
    }
    for (let i = 0; i < taken.length; i += 1) taken[i] = Math.max(0, (taken[i] ?? 0) - 1);
  }
  return Array.from({ length: taken.length }, (_, i) => Math.min(13, 1.6 + 1.4 * Math.sqrt(Math.max(2, most[i] ?? 0))));
}

const EMPTY_CELL: TableCell = { line: null, rows: 1, columns: 1 };

class Builder {
  readonly lines: Line[] = [];
  readonly blocks: Block[] = [];
  readonly blockOf: number[] = [];
  private readonly bytes: Uint8Array;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(text: string) {
    this.bytes = new TextEncoder().encode(text);
  }

  get length(): number {
    return this.bytes.length;
  }

  words(from: number, to: number): string {
    return this.decoder.decode(this.bytes.subarray(from, to));
  }

  private add(line: Line): number {
    this.blockOf.push(this.blocks.length);
    return this.lines.push(line) - 1;
  }

  private paragraph(line: Line): void {
    this.blocks.push({ kind: kindOf(line.text), line: this.add(line) });
  }

  /** Lines that tabs divide equally are the rows of a table: so files with pages are read. */
  private tabbed(rows: readonly Line[]): void {
    const first = this.lines.length;
    const made = rows.map((row) => {
      let from = row.from;
      return row.text.split('\t').map((text): TableCell => {
        const cell = { text, from, to: from + size(text) };
        from = cell.to + 1;
        return text.trim() === '' ? EMPTY_CELL : { line: this.add(cell), rows: 1, columns: 1 };
      });
    });
    this.blocks.push({ kind: 'table', lines: [first, this.lines.length - 1], rows: made, widths: widthsOf(made, this.lines) });
  }

  /** The text between two tables. */
  plain(from: number, to: number): void {
    const found = linesOf(this.words(from, to), from);
    // what is blank beside a table are its line breaks and empty cells
    if (from > 0) while (found[0]?.text.trim() === '') found.shift();
    if (to < this.length) while (found.at(-1)?.text.trim() === '') found.pop();
    const tabs = (line: Line | undefined): number => (line ? line.text.split('\t').length - 1 : 0);
    for (let i = 0; i < found.length; ) {
      let end = i + 1;
      const line = found[i];
      if (!line) break;
      if (tabs(line) > 0 && line.text.trim() !== '') {
        while (tabs(found[end]) === tabs(line) && found[end]?.text.trim() !== '') end += 1;
      }
      if (end - i > 1) this.tabbed(found.slice(i, end));
      else this.paragraph(line);
      i = end;
    }
  }

  table(cells: readonly CellPlace[]): void {
    const columns = new Set(cells.map((cell) => cell.column)).size;
    const made = cells.map((cell) => ({ ...cell, text: this.words(cell.from, cell.to) }));
    if (columns < 2) {
      for (const { text, from, to } of made) this.paragraph({ text, from, to });
      return;
    }
    const first = this.lines.length;
    const placed = made.map(({ text, from, to, ...cell }) => ({ ...cell, from, to, line: this.add({ text, from, to }) }));
    const rows = rowsOf(placed);
    this.blocks.push({ kind: 'table', lines: [first, this.lines.length - 1], rows, widths: widthsOf(rows, this.lines) });
  }
}

/** CELLS, in the order of the text, by their tables. */
function tablesOf(cells: readonly CellPlace[], words: (from: number, to: number) => string): CellPlace[][] {
  const tables: CellPlace[][] = [];
  let last: CellPlace | undefined;
  for (const cell of cells) {
    const goesOn =
      last?.sheet === cell.sheet &&
      (cell.row > last.row || (cell.row === last.row && cell.column > last.column)) &&
      words(last.to, cell.from).trim() === '';
    if (goesOn) tables.at(-1)?.push(cell);
    else tables.push([cell]);
    last = cell;
  }
  return tables;
}

export function layoutOf({ text, cells }: Pick<RegisterText, 'text' | 'cells'>): Layout {
  const made = new Builder(text);
  let at = 0;
  for (const table of tablesOf(cells, (from, to) => made.words(from, to))) {
    const from = table[0]?.from ?? at;
    if (from < at) continue;
    if (from > at) made.plain(at, from);
    made.table(table);
    at = table.at(-1)?.to ?? at;
  }
  if (at < made.length || at === 0) made.plain(at, made.length);
  return { lines: made.lines, blocks: made.blocks, blockOf: made.blockOf };
}
