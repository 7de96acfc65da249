/* kit/chart-draw.ts -- ECharts with the charts that pages draw; a file of its own, loaded with the first chart. */
import { BarChart, HeatmapChart, LineChart, type BarSeriesOption, type HeatmapSeriesOption, type LineSeriesOption } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  type AriaComponentOption,
  type GridComponentOption,
  type LegendComponentOption,
  type TooltipComponentOption,
  type VisualMapComponentOption,
} from 'echarts/components';
import { init, use as install, type ComposeOption, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

install([AriaComponent, BarChart, GridComponent, HeatmapChart, LegendComponent, LineChart, MarkLineComponent, SVGRenderer, TooltipComponent, VisualMapComponent]);

export type ChartOption = ComposeOption<
  | AriaComponentOption
  | BarSeriesOption
  | GridComponentOption
  | HeatmapSeriesOption
  | LegendComponentOption
  | LineSeriesOption
  | TooltipComponentOption
  | VisualMapComponentOption
>;

export function draw(box: HTMLElement): ECharts {
  return init(box, null, { renderer: 'svg' });
}
