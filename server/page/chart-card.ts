import { Chart, type CursorPlace } from './chart.ts';
import type { TimeWindow } from './view.ts';
import { KEYS_HINT, listenToKeys } from './chart-keys.ts';
import type { ChartRow } from './charts.ts';
import { element, setText } from './dom.ts';
import { formatTime, formatValue } from './format.ts';
import { Legend } from './legend.ts';
import type { Mark } from './marks.ts';
import { lineStyle, type LineStyle, type StyleBook } from './palette.ts';
import { latestValue, NO_DATA, type ChartData } from './series-data.ts';
import { lineNames } from './series-names.ts';
import { Tooltip } from './tooltip.ts';
import { totalOf } from './totals.ts';

/** What a chart is given by the page it stands on. */
export interface CardSurroundings {
  readonly isOneTarget: boolean;
  readonly styles: StyleBook;
  readonly nowMs: () => number;
  readonly window: () => TimeWindow;
  readonly marks: () => readonly Mark[];
  readonly onZoom: (window: TimeWindow) => void;
  readonly onZoomOut: () => void;
}

/** A chart with its title, what is now, and a legend; or a sentence in its place. */
export class ChartCard {
  readonly node: HTMLElement;
  private readonly row: ChartRow;
  private readonly around: CardSurroundings;
  private readonly total = element('b');
  private readonly totalWord = element('span', { class: 'muted' });
  private readonly whichLines = element('p', { class: 'which muted', hidden: true });
  private readonly message = element('p', { class: 'message' }, 'Loading…');
  private readonly place = element('div', {
    class: 'plot',
    tabindex: 0,
    role: 'group',
    'aria-roledescription': 'chart',
  });
  private readonly spoken = element('p', { class: 'unseen', role: 'status' });
  private readonly tooltip = new Tooltip();
  private readonly legend = new Legend((index) => this.chart.highlight(index));
  private readonly chart: Chart;
  private data: ChartData = NO_DATA;
  private names: readonly string[] = [];
  private styles: readonly LineStyle[] = [];
  private cursor: number | null = null;
  /** What all targets make together, where only some are shown. */
  private given: number | null | undefined;

  constructor(row: ChartRow, around: CardSurroundings) {
    this.row = row;
    this.around = around;
    const title = element('h2', { id: `chart-${row.id}` }, row.title);
    const head = element('header', {}, title, element('p', { class: 'total' }, this.total, ' ', this.totalWord));
    this.place.setAttribute('aria-label', `${row.title}. ${KEYS_HINT}`);
    this.place.append(this.tooltip.node);
    this.place.hidden = true;
    this.node = element(
      'section',
      { class: 'card chart', 'aria-labelledby': title.id, 'data-chart': row.id },
      ...[head, this.whichLines, this.message, this.place, this.legend.node, this.spoken]
    );
    this.chart = new Chart({
      row,
      place: this.place,
      window: around.window,
      marks: around.marks,
      onCursor: (index, at) => this.point(index, at),
      onZoom: around.onZoom,
      onZoomOut: around.onZoomOut,
    });
    listenToKeys(this.place, {
      index: () => this.cursor,
      last: () => this.data.timesMs.length - 1,
      moveTo: (index) => this.moveTo(index),
      zoom: (factor) => this.zoom(factor),
      leave: () => {
        this.chart.setCursor(null);
        around.onZoomOut();
      },
    });
    this.place.addEventListener('blur', () => this.chart.setCursor(null));
  }

  /** `note`: which of many lines these are. */
  show(data: ChartData, note: string | undefined): void {
    if (data.series.length === 0) {
      this.say(this.row.empty);
      return;
    }
    this.message.hidden = true;
    this.place.hidden = false;
    this.data = data;
    this.names = lineNames(data.series, this.around.isOneTarget);
    // A target has the same colour in all charts; on its own page the colours tell its lines apart.
    this.styles = this.around.isOneTarget
      ? data.series.map((_, index) => lineStyle(index))
      : this.around.styles.styles(data.series.map(({ labels }) => labels['instance'] ?? ''));
    this.legend.show(this.names, this.styles);
    this.chart.show(data, this.styles);
    this.showValues();
    setText(this.whichLines, note ?? '');
    this.whichLines.hidden = note === undefined;
    this.showTotal();
  }

  /** A sentence where the chart would be. */
  say(text: string): void {
    this.data = NO_DATA;
    this.legend.show([], []);
    this.whichLines.hidden = true;
    setText(this.total, '');
    setText(this.totalWord, '');
    this.place.hidden = true;
    this.message.hidden = false;
    setText(this.message, text);
  }

  /** What all targets make together; undefined: what the lines do. */
  setTotal(value: number | null | undefined): void {
    this.given = value;
    if (this.data !== NO_DATA) this.showTotal();
  }

  redraw(): void {
    if (this.data !== NO_DATA) this.chart.redraw();
  }

  private showTotal(): void {
    const value = this.given === undefined ? totalOf(this.row, this.data) : this.given;
    setText(this.total, formatValue(value, this.data.unit));
    const lines = this.data.series.filter(({ field }) => field === this.row.fields[0]).length;
    const isOfSeveral = lines > 1 || this.given !== undefined;
    setText(this.totalWord, isOfSeveral && value !== null ? this.row.totalWord : '');
  }

  private showValues(): void {
    const { series, unit } = this.data;
    const { cursor } = this;
    this.legend.setValues(
      series.map((one) => (cursor === null ? latestValue(one) : one.values[cursor])),
      unit
    );
  }

  private point(index: number | null, at: CursorPlace | null): void {
    const timeMs = index === null ? undefined : this.data.timesMs[index];
    this.cursor = timeMs === undefined ? null : index;
    this.showValues();
    if (timeMs === undefined || at?.isOwn !== true) {
      this.tooltip.hide();
      return;
    }
    const lines = this.data.series.map(({ values }, line) => ({
      name: this.names[line] ?? '',
      style: this.styles[line],
      value: values[index ?? 0],
    }));
    this.tooltip.show(timeMs, this.around.nowMs(), lines, this.data.unit, at);
  }

  private moveTo(index: number): void {
    this.chart.setCursor(index);
    this.cursor = index;
    this.showValues();
    const { timesMs, series, unit } = this.data;
    const values = series.map((one, line) => `${this.names[line] ?? ''} ${formatValue(one.values[index], unit)}`);
    setText(this.spoken, `${formatTime(timesMs[index] ?? 0, this.around.nowMs())}: ${values.join(', ')}`);
  }

  /** About the cursor, or the end. */
  private zoom(factor: number): void {
    const { fromMs, toMs } = this.around.window();
    const length = (toMs - fromMs) * factor;
    const centreMs = this.data.timesMs[this.cursor ?? -1] ?? toMs - length / 2;
    this.around.onZoom({ fromMs: centreMs - length / 2, toMs: centreMs + length / 2 });
  }
}
