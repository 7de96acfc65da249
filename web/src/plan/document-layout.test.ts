import { describe, expect, it } from 'vitest';
import { layoutOf, lineAt, type Layout, type TableCell } from './document-layout';
import type { CellPlace } from './register-text';

const size = (text: string): number => new TextEncoder().encode(text).length;

/** The place of the first WORDS of TEXT behind those before. */
function placer(text: string): (words: string, at: Partial<CellPlace>) => CellPlace {
  let behind = 0;
  return (words, at) => {
    const start = text.indexOf(words, behind);
    behind = start + words.length;
    const from = size(text.slice(0, start));
    return { from, to: from + size(words), sheet: 0, row: 1, column: 1, rows: 1, columns: 1, ...at };
  };
}

const words = (layout: Layout, cells: readonly TableCell[]): (string | null)[] =>
  cells.map((cell) => (cell.line === null ? null : (layout.lines[cell.line]?.text ?? '')));

function tableIn(layout: Layout, block: number) {
  const found = layout.blocks[block];
  if (found?.kind !== 'table') throw new Error(`block ${block} is ${found?.kind ?? 'missing'}`);
  return found;
}

describe('layoutOf', () => {
  it('tells headings, items, paragraphs and lines', () => {
    const { blocks, lines } = layoutOf({ text: '关于印发的通知\n一、控烟行动\n（二）保障措施\n1.禁烟。\n各部门：\n一、落实责任。各单位要落实。', cells: [] });
    expect(blocks.map((b) => b.kind)).toEqual(['line', 'heading', 'heading', 'item', 'paragraph', 'paragraph']);
    expect(lines[1]).toEqual({ text: '一、控烟行动', from: size('关于印发的通知\n'), to: size('关于印发的通知\n一、控烟行动') });
  });

  it('puts cells into their table, with spans, empty cells and breaks inside of cells', () => {
    const text = '表前\n序号\t单位\t计量\n单位\n1\t市教育局\t件\n2\t户\n表后。';
    const place = placer(text);
    const cells = [
      place('序号', {}), place('单位', { column: 3 }), place('计量\n单位', { column: 4 }),
      place('1', { row: 2 }), place('市教育局', { row: 2, column: 3, rows: 3 }), place('件', { row: 2, column: 4 }),
      place('2', { row: 4 }), place('户', { row: 4, column: 4 }),
    ];
    const layout = layoutOf({ text, cells });
    expect(layout.blocks.map((b) => b.kind)).toEqual(['line', 'table', 'paragraph']);
    const { rows, lines } = tableIn(layout, 1);
    expect(rows.map((row) => words(layout, row))).toEqual([['序号', '单位', '计量\n单位'], ['1', '市教育局', '件'], ['2', '户']]);
    expect(rows[1]?.[1]).toEqual({ line: 5, rows: 2, columns: 1 });
    expect(lines).toEqual([1, 8]);
    expect(tableIn(layout, 1).widths).toHaveLength(3);
    expect(layout.blockOf[lineAt(layout.lines, cells[4]?.from ?? 0)]).toBe(1);
    expect(layout.lines.at(-1)?.to).toBe(size(text));
  });

  it('fills holes, and begins a table anew where rows begin anew', () => {
    const text = '甲\t乙\n丙\n丁\t戊\n';
    const place = placer(text);
    const cells = [place('甲', {}), place('乙', { column: 2 }), place('丙', { row: 2, column: 2 }), place('丁', {}), place('戊', { column: 2 })];
    const layout = layoutOf({ text, cells });
    expect(layout.blocks.map((b) => b.kind)).toEqual(['table', 'table']);
    expect(tableIn(layout, 0).rows.map((row) => words(layout, row))).toEqual([['甲', '乙'], [null, '丙']]);
  });

  it('takes lines that tabs divide equally for a table, and loses no word', () => {
    const text = '附件\n序号\t任务\n\t一、普及\n1\t讲座\n单独\t一行\t三格\n完';
    const layout = layoutOf({ text, cells: [] });
    expect(layout.blocks.map((b) => b.kind)).toEqual(['line', 'table', 'line', 'line']);
    expect(tableIn(layout, 1).rows.map((row) => words(layout, row))).toEqual([['序号', '任务'], [null, '一、普及'], ['1', '讲座']]);
    const seen = layout.lines.map((line) => line.text).join('');
    expect(seen.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });

  it('shows a table of one column as text, and an empty document as nothing much', () => {
    const place = placer('甲\n乙');
    expect(layoutOf({ text: '甲\n乙', cells: [place('甲', {}), place('乙', { row: 2 })] }).blocks.map((b) => b.kind)).toEqual(['line', 'line']);
    expect(layoutOf({ text: '', cells: [] }).lines).toHaveLength(1);
  });
});
