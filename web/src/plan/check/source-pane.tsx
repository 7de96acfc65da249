/* plan/check/source-pane.tsx -- the document as it reads; the words of the chosen row are marked, a click finds their field. */
import { useEffect, useMemo, useRef } from 'react';
import { useWords } from '../../words/lang';
import { lineAt, type Layout } from '../document-layout';
import { DocumentText, type Part, type Parts } from '../document-text';
import { piecesOf, type FieldPlace } from './source-index';

/** What a field's words look like; the field that has the focus is told apart by more than colour. */
function classOf(fields: readonly string[], focused: string | null): string {
  const field = fields.find((f) => f !== 'row');
  if (field === undefined) return fields.length > 0 ? 'xj-src-row' : '';
  const kind = field.split('.')[0] ?? field;
  return `xj-src-row xj-src-${kind}${field === focused ? ' xj-src-focus' : ''}`;
}

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

const FRAMES = 5;

/** Scroll PANE until AT is seen; what was never in sight has only a guessed size, so once is not always enough. */
function bringIntoSight(pane: HTMLElement, at: Element): () => void {
  let frame = 0;
  const step = (left: number): void => {
    const box = pane.getBoundingClientRect();
    const words = at.getBoundingClientRect();
    const down = words.top - box.top;
    const right = words.left - box.left;
    if (down < 20 || words.bottom > box.bottom - 20) pane.scrollTop += down - box.height / 3;
    if (right < 0 || words.right > box.right) pane.scrollLeft += right - 20;
    if (left > 0) frame = requestAnimationFrame(() => { step(left - 1); });
  };
  step(FRAMES);
  return () => { cancelAnimationFrame(frame); };
}

/** The lines of LAYOUT that PLACES touch, cut where fields begin and end. */
function partsOf({ lines }: Layout, places: readonly FieldPlace[], focused: string | null): Parts {
  const found = new Map<number, Part[]>();
  if (places.length === 0) return found;
  const last = lineAt(lines, Math.max(...places.map((p) => p.to)) - 1);
  for (let i = lineAt(lines, Math.min(...places.map((p) => p.from))); i <= last; i += 1) {
    const line = lines[i];
    if (!line || line.text === '') continue;
    found.set(i, piecesOf(line, places).map(({ text, from, fields }) => ({ text, from, className: classOf(fields, focused) })));
  }
  return found;
}

interface Props {
  layout: Layout;
  /** Of the chosen row's fields. */
  places: readonly FieldPlace[];
  /** The field that has the focus, or null. */
  focused: string | null;
  onPick: (byte: number) => void;
}

export function SourcePane({ layout, places, focused, onPick }: Props) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const shown = places.find((p) => p.field === focused) ?? places.find((p) => p.field === 'row') ?? places[0];
  const parts = useMemo(() => partsOf(layout, places, focused), [layout, places, focused]);

  useEffect(() => {
    const line = shown && layout.lines[lineAt(layout.lines, shown.from)];
    if (!line || !box.current) return undefined;
    const at = box.current.querySelector(`[data-from="${Math.max(shown.from, line.from)}"]`);
    return at ? bringIntoSight(box.current, at) : undefined;
  }, [layout, shown]);

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
      <DocumentText layout={layout} parts={parts} />
    </div>
  );
}
