/*
 * kit/chart.tsx -- a chart with what it shows in words and, one click away, as a table.
 *
 * The picture is for eyes and the mouse; whoever reads otherwise has the table, which CHILDREN is.
 */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from 'antd';
import type { ECharts } from 'echarts/core';
import { saveAs } from '../api/download';
import { useWords } from '../words/lang';
import type { ChartOption } from './chart-draw';
import './chart.css';

export type { ChartOption } from './chart-draw';

/** Colours of lights and series that are told apart without colour, too. */
export const LIGHT_COLOURS = { red: '#b3261e', yellow: '#d9a300', green: '#4d9a6a', grey: '#c3cbcc' } as const;
export const INK = '#1c2426';
export const FAINT = '#566064';
export const FONT = '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif';

interface Props {
  /** The subject; the heading of the figure. */
  title: string;
  /** Source and date, below the picture. */
  note: string;
  /** What the picture shows, in a sentence. */
  says: string;
  option: ChartOption;
  height: number;
  /** The position of what was clicked, as the option's data has it. */
  onPick?: (dataIndex: number, seriesIndex: number) => void;
  /** The same as a table. */
  children: ReactNode;
}

/** OPTION drawn into the box that the answer is the ref of. */
function useDrawing(option: ChartOption, onPick: Props['onPick']) {
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<ECharts | null>(null);
  const [failed, setFailed] = useState(false);
  const pick = useRef(onPick);
  useEffect(() => { pick.current = onPick; }, [onPick]);
  useEffect(() => {
    const at = box.current;
    let made: ECharts | null = null;
    let gone = false;
    const watch = new ResizeObserver(() => { made?.resize(); });
    import('./chart-draw').then(
      ({ draw }) => {
        if (gone || !at) return;
        const drawn = draw(at);
        made = drawn;
        // on paper the picture takes the width that is there (chart.css)
        drawn.on('finished', () => { at.querySelector('svg')?.setAttribute('viewBox', `0 0 ${drawn.getWidth()} ${drawn.getHeight()}`); });
        made.on('click', (event) => { pick.current?.(event.dataIndex, event.seriesIndex ?? 0); });
        watch.observe(at);
        setChart(made);
      },
      () => { setFailed(true); },
    );
    return () => {
      gone = true;
      watch.disconnect();
      made?.dispose();
      setChart(null);
    };
  }, []);
  useEffect(() => {
    chart?.setOption({ animation: false, textStyle: { fontFamily: FONT, color: INK }, ...option }, true);
  }, [chart, option]);
  return { box, chart, failed };
}

export function Chart({ title, note, says, option, height, onPick, children }: Props) {
  const { t } = useWords();
  const { box, chart, failed } = useDrawing(option, onPick);
  return (
    <figure className="xj-chart">
      <figcaption>
        <h2>{title}</h2>
        <p className="xj-faint">{note}</p>
      </figcaption>
      {failed ? <p className="xj-bad">{t('chart.failed')}</p> : <div ref={box} className="xj-chart-box" role="img" aria-label={says} style={{ height }} />}
      <details className="xj-no-print" open={failed || undefined}>
        <summary>{t('chart.table')}</summary>
        {children}
        <Button
          size="small"
          disabled={!chart}
          onClick={() => { if (chart) saveAs(new Blob([chart.renderToSVGString()], { type: 'image/svg+xml' }), `${title}.svg`); }}
        >
          {t('chart.svg')}
        </Button>
      </details>
    </figure>
  );
}
