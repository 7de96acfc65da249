/* plan/check/source-pane.tsx -- the document as it reads; the words of the chosen row are marked, a click finds their field. */
import { memo, useEffect, useMemo, useRef } from 'react';
import { useWords } from '../../words/lang';
import { lineAt, piecesOf, type FieldPlace, type Line } from './source-index';

/** What a field's words look like; the field that has the focus is told apart by more than colour. */
function classOf(fields: readonly string[], focused: string | null): string {
  const field = fields.find((f) => f !== 'row');
  if (field === undefined) return fields.length > 0 ? 'xj-src-row' : '';
  const kind = field.split('.')[0] ?? field;
  return `xj-src-row xj-src-${kind}${field === focused ? ' xj-src-focus' : ''}`;
}

interface LineProps {
  line: Line;
  places: readonly FieldPlace[] | null;
  focused: string | null;
}

const LineText = memo(function LineText({ line, places, focused }: LineProps) {
  if (line.text === '') return <p className="xj-src-line">{'\u00a0'}</p>;
  const pieces = places ? piecesOf(line, places) : [{ text: line.text, from: line.from, fields: [] }];
  return (
    <p className="xj-src-line">
      {pieces.map((piece) => (
        <span key={piece.from} data-from={piece.from} className={classOf(piece.fields, focused)}>
          {piece.text}
        </span>
      ))}
    </p>
  );
});

interface Spot {
  node: Node;
  offset: number;
}

/** Chromium before 128 has only the older of the two. */
interface Carets {
  caretPositionFromPoint?: (x: number, y: number) => { offsetNode: Node; offset: number } | null;
  caretRangeFromPoint?: (x: number, y: number) => { startContainer: Node; startOffset: number } | null;
}

/** The text that lies under a point of the page. */
function spotAt(x: number, y: number): Spot | null {
  const page = document as unknown as Carets;
  const position = page.caretPositionFromPoint?.(x, y);
  if (position) return { node: position.offsetNode, offset: position.offset };
  const range = page.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

/** The byte of the document under a click, or null outside its text. */
function byteAt(x: number, y: number): number | null {
  const spot = spotAt(x, y);
  const from = spot?.node.parentElement?.dataset['from'];
  if (!spot || from === undefined || spot.node.nodeType !== Node.TEXT_NODE) return null;
  return Number(from) + new TextEncoder().encode((spot.node.textContent ?? '').slice(0, spot.offset)).length;
}

interface Props {
  lines: readonly Line[];
  /** Of the chosen row's fields. */
  places: readonly FieldPlace[];
  /** The field that has the focus, or null. */
  focused: string | null;
  onPick: (byte: number) => void;
}

export function SourcePane({ lines, places, focused, onPick }: Props) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const row = places.find((p) => p.field === 'row') ?? places[0];
  const shown = places.find((p) => p.field === focused) ?? row;
  // only the lines that a place touches are handed any
  const touched = useMemo(() => {
    const from = Math.min(...places.map((p) => p.from));
    const to = Math.max(...places.map((p) => p.to));
    return places.length === 0 ? { first: 1, last: 0 } : { first: lineAt(lines, from), last: lineAt(lines, to - 1) };
  }, [lines, places]);

  useEffect(() => {
    if (!shown || !box.current) return;
    const at = box.current.children[lineAt(lines, shown.from)];
    if (!(at instanceof HTMLElement)) return;
    const top = at.offsetTop - box.current.offsetTop;
    const { scrollTop, clientHeight } = box.current;
    if (top < scrollTop + 20 || top + at.offsetHeight > scrollTop + clientHeight - 20) box.current.scrollTop = Math.max(0, top - clientHeight / 3);
  }, [lines, shown]);

  return (
    // clicks are a short cut of the pointer: every field is reached by keyboard in the row's form
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <div
      ref={box}
      className="xj-src"
      role="region"
      aria-label={t('check.source')}
      // it scrolls, so it must be reachable by keyboard
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onClick={(event) => {
        if (!getSelection()?.isCollapsed) return;
        const byte = byteAt(event.clientX, event.clientY);
        if (byte !== null) onPick(byte);
      }}
    >
      {lines.map((line, i) => {
        const has = i >= touched.first && i <= touched.last;
        return <LineText key={line.from} line={line} places={has ? places : null} focused={has ? focused : null} />;
      })}
    </div>
  );
}
