import uPlot from './uplot.js';
import { valueRange } from './axis-range.ts';
import { timeAxis, valueAxis } from './chart-axes.ts';
import { lineOptions } from './chart-lines.ts';
import type { ChartRow } from './charts.ts';
import { drawMarks } from './draw-marks.ts';
import { markNear, type Mark } from './marks.ts';
import type { LineStyle } from './palette.ts';
import type { ChartData } from './series-data.ts';
import type { TimeWindow } from './view.ts';

export interface ChartOptions {
  readonly row: ChartRow;
  /** It is as wide as this. */
  readonly place: HTMLElement;
  readonly window: () => TimeWindow;
  readonly marks: () => readonly Mark[];
  /** The cursor is at this point of the data; null: it has left. */
  readonly onCursor: (index: number | null, at: CursorPlace | null) => void;
  readonly onZoom: (window: TimeWindow) => void;
  readonly onZoomOut: () => void;
}

/** Where the cursor is within the plot, and whether it was put there by this chart's own pointer. */
export interface CursorPlace {
  readonly left: number;
  readonly width: number;
  readonly isOwn: boolean;
  readonly mark: Mark | undefined;
}

const HEIGHT = 168;
/** All charts share one cursor. */
const SYNC_KEY = 'vitals';
const DRAG_AT_LEAST_PX = 8;
const MARK_WITHIN_PX = 6;
const FADED = 0.2;

/** One canvas with lines; drawn anew when its lines are others. */
export class Chart {
  private readonly options: ChartOptions;
  private plot: uPlot | undefined;
  private lines = '';
  private data: ChartData | undefined;

  constructor(options: ChartOptions) {
    this.options = options;
    new ResizeObserver(() => this.resize()).observe(options.place);
  }

  /** A style for each of the series. */
  show(data: ChartData, styles: readonly LineStyle[]): void {
    const lines = JSON.stringify([data.unit, data.series.map(({ key }) => key), styles]);
    this.data = data;
    if (this.plot === undefined || lines !== this.lines) {
      this.plot?.destroy();
      this.plot = new uPlot(this.plotOptions(data, styles), columns(data), this.options.place);
      this.lines = lines;
    } else {
      this.plot.setData(columns(data));
    }
  }

  /** The window, the marks or the colours have changed. */
  redraw(): void {
    if (this.data !== undefined) this.plot?.setData(columns(this.data));
  }

  /** Fades all lines but this one; null: none. */
  highlight(index: number | null): void {
    this.plot?.setSeries(index === null ? null : index + 1, { focus: true });
  }

  /** Puts the cursor of all charts on a point. */
  setCursor(index: number | null): void {
    const time = index === null ? undefined : this.data?.timesMs[index];
    if (this.plot === undefined) return;
    const left = time === undefined ? -10 : this.plot.valToPos(time / 1000, 'x');
    this.plot.setCursor({ left, top: time === undefined ? -10 : 1 });
  }

  private resize(): void {
    const { clientWidth: width } = this.options.place;
    if (this.plot !== undefined && width > 0 && width !== this.plot.width) this.plot.setSize({ width, height: HEIGHT });
  }

  private plotOptions({ unit, series }: ChartData, styles: readonly LineStyle[]): uPlot.Options {
    const { row, place, window } = this.options;
    return {
      width: place.clientWidth,
      height: HEIGHT,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      focus: { alpha: FADED },
      scales: {
        x: { range: () => [window().fromMs / 1000, window().toMs / 1000] },
        y: { range: (_, low, high) => valueRange(low, high, unit, row.leastTop) },
      },
      axes: [timeAxis(), valueAxis(unit)],
      series: [
        {},
        ...series.map((_, index) => lineOptions(styles[index] as LineStyle, series.length === 1)), // one for each
      ],
      cursor: {
        y: false,
        sync: { key: SYNC_KEY },
        drag: { x: true, y: false, setScale: false, dist: DRAG_AT_LEAST_PX },
        points: { size: 7 },
        bind: {
          dblclick: () => () => {
            this.options.onZoomOut();
            return null;
          },
        },
      },
      hooks: {
        drawClear: [(plot) => drawMarks(plot, this.options.marks(), window())],
        setCursor: [(plot) => this.tellCursor(plot)],
        setSelect: [(plot) => this.zoom(plot)],
      },
    };
  }

  private tellCursor(plot: uPlot): void {
    const { idx, left = -1 } = plot.cursor;
    if (typeof idx !== 'number' || left < 0) {
      this.options.onCursor(null, null);
      return;
    }
    const width = plot.over.clientWidth;
    const timeMs = plot.posToVal(left, 'x') * 1000;
    const { fromMs, toMs } = this.options.window();
    const mark = markNear(this.options.marks(), timeMs, (MARK_WITHIN_PX * (toMs - fromMs)) / Math.max(1, width));
    this.options.onCursor(idx, {
      left: left + plot.over.offsetLeft,
      width: plot.width,
      isOwn: plot.over.matches(':hover'),
      mark,
    });
  }

  private zoom(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < DRAG_AT_LEAST_PX) return;
    const [fromMs, toMs] = [left, left + width].map((at) => plot.posToVal(at, 'x') * 1000) as [number, number];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.options.onZoom({ fromMs, toMs });
  }
}

function columns({ timesMs, series }: ChartData): uPlot.AlignedData {
  return [timesMs.map((time) => time / 1000), ...series.map(({ values }) => [...values])];
}
