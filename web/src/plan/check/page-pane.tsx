/* plan/check/page-pane.tsx -- the file as it looks, page by page, with boxes over the words that fields were read from. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ProblemNote } from '../../kit/problem-note';
import { useWords } from '../../words/lang';
import type { PagePlace } from '../register-text';
import { boxesOf, byPage, byteOnPage, pagesOf, type PageBox } from './page-index';
import './page-pane.css';
import { pageQuery, type PagePicture } from './page-query';
import type { FieldPlace } from './source-index';

/** Pixels: sharp on the width that half of an office screen has. */
export const PAGE_WIDTH = 1000;
const LARGE_WIDTH = 1600;

/** Milliseconds that a page must stay near: one that only scrolls past is not fetched. */
const SETTLED = 120;

function Picture({ page, alt }: { page: PagePicture; alt: string }) {
  const img = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(page.picture);
    if (img.current) img.current.src = url;
    return () => { URL.revokeObjectURL(url); };
  }, [page.picture]);
  return <img ref={img} alt={alt} />;
}

const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`;

interface BoxesProps {
  boxes: readonly PageBox[];
  page: PagePicture;
  focused?: string | null;
  faint?: boolean;
}

const Boxes = memo(function Boxes({ boxes, page, focused = null, faint = false }: BoxesProps) {
  return boxes.map((box, i) => (
    <span
      key={i}
      aria-hidden="true"
      className={`xj-box xj-box-${box.field.split('.')[0] ?? ''}${faint ? ' xj-box-faint' : ''}${box.field === focused ? ' xj-box-focus' : ''}`}
      style={{
        left: percent(box.left, page.width),
        top: percent(box.top, page.height),
        width: percent(box.right - box.left, page.width),
        height: percent(box.bottom - box.top, page.height),
      }}
    />
  ));
});

const NONE: readonly PageBox[] = [];

interface LeafProps {
  version: number;
  no: number;
  near: boolean;
  ratio: number;
  /** Of the pane's width, in percent. */
  zoom: number;
  /** Of the chosen row. */
  boxes: readonly PageBox[];
  /** Of all rows. */
  all: readonly PageBox[];
  focused: string | null;
  onCount: (count: number) => void;
  onPoint: (page: number, x: number, y: number) => void;
}

const Leaf = memo(function Leaf({ version, no, near, ratio, zoom, boxes, all, focused, onCount, onPoint }: LeafProps) {
  const { t } = useWords();
  const query = useQuery({ ...pageQuery(version, no, zoom > 100 ? LARGE_WIDTH : PAGE_WIDTH), enabled: near, placeholderData: keepPreviousData });
  const page = query.data;
  const count = page?.count;
  useEffect(() => {
    if (count !== undefined) onCount(count);
  }, [count, onCount]);
  return (
    // clicks are a short cut of the pointer: every field is reached by keyboard in the row's form
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      className="xj-leaf"
      data-page={no}
      style={{ aspectRatio: page ? page.width / page.height : ratio, width: `${zoom}%` }}
      onClick={(event) => {
        if (!page) return;
        const at = event.currentTarget.getBoundingClientRect();
        onPoint(no, ((event.clientX - at.left) / at.width) * page.width, ((event.clientY - at.top) / at.height) * page.height);
      }}
    >
      {page && near ? (
        <>
          <Picture page={page} alt={t('check.pageNo', { n: no })} />
          <Boxes boxes={all} page={page} faint />
          <Boxes boxes={boxes} page={page} focused={focused} />
        </>
      ) : query.error ? (
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <p className="xj-leaf-no">{t('check.pageNo', { n: no })}</p>
      )}
    </div>
  );
});

/** Which of the leaves in BOX stand in or near its window. */
function useNear(box: React.RefObject<HTMLDivElement | null>, count: number): ReadonlySet<number> {
  const [near, setNear] = useState<ReadonlySet<number>>(() => new Set());
  useEffect(() => {
    if (!box.current) return undefined;
    const now = new Set<number>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const no = Number((target as HTMLElement).dataset['page']);
          if (isIntersecting) now.add(no);
          else now.delete(no);
        }
        clearTimeout(timer);
        timer = setTimeout(() => { setNear(new Set(now)); }, SETTLED);
      },
      { root: box.current, rootMargin: '50% 0px' },
    );
    for (const leaf of box.current.querySelectorAll('[data-page]')) observer.observe(leaf);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [box, count]);
  return near;
}

interface Props {
  version: number;
  places: readonly PagePlace[];
  /** The fields of all rows, and of the chosen one. */
  all: readonly FieldPlace[];
  fields: readonly FieldPlace[];
  focused: string | null;
  zoom: number;
  onPick: (byte: number) => void;
}

export function PagePane({ version, places, all, fields, focused, zoom, onPick }: Props) {
  const { t } = useWords();
  const pane = useRef<HTMLDivElement>(null);
  const known = useMemo(() => pagesOf(places), [places]);
  const [told, setTold] = useState(0);
  const count = Math.max(known.count, told);
  const near = useNear(pane, count);
  const boxes = useMemo(() => boxesOf(places, fields), [places, fields]);
  const boxesByPage = useMemo(() => byPage(boxes), [boxes]);
  const allByPage = useMemo(() => byPage(boxesOf(places, all)), [places, all]);
  const shown = boxes.find((box) => box.field === focused) ?? boxes[0];

  useEffect(() => {
    if (!shown || !pane.current) return;
    const leaf = pane.current.querySelector<HTMLElement>(`[data-page="${shown.page}"]`);
    if (!leaf) return;
    // the size of a page that was never seen is a guess, and so is the place on it
    const height = known.ratio > 1 ? 595 : 842;
    const top = leaf.offsetTop + (shown.top / height) * leaf.offsetHeight;
    const { scrollTop, clientHeight } = pane.current;
    const left = leaf.offsetLeft + (shown.left / (height * known.ratio)) * leaf.offsetWidth;
    if (left < pane.current.scrollLeft || left > pane.current.scrollLeft + pane.current.clientWidth - 60) pane.current.scrollLeft = Math.max(0, left - 40);
    if (top < scrollTop + 20 || top > scrollTop + clientHeight - 60) pane.current.scrollTop = Math.max(0, top - clientHeight / 3);
  }, [shown, known.ratio, zoom]);

  // what leaves are handed stays the same, so that they stay as they are
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  });
  const point = useCallback(
    (page: number, x: number, y: number) => {
      const byte = byteOnPage(places, page, x, y);
      if (byte !== null) pick.current(byte);
    },
    [places],
  );

  return (
    <div
      ref={pane}
      className="xj-pages"
      role="region"
      aria-label={t('check.source')}
      // it scrolls, so it must be reachable by keyboard
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {Array.from({ length: count }, (_, i) => (
        <Leaf
          key={i}
          version={version}
          no={i + 1}
          near={near.has(i + 1)}
          ratio={known.ratio}
          zoom={zoom}
          boxes={boxesByPage.get(i + 1) ?? NONE}
          all={allByPage.get(i + 1) ?? NONE}
          focused={focused}
          onCount={setTold}
          onPoint={point}
        />
      ))}
    </div>
  );
}
