import type { ApiClient } from './api-client.ts';
import { ONE_TARGET, OVERVIEW } from './charts.ts';
import { element } from './dom.ts';
import type { FeedState } from './feed.ts';
import { formatTime } from './format.ts';
import { LiveCharts } from './live-charts.ts';
import { StyleBook } from './palette.ts';
import { pause } from './pause.ts';
import { rememberRange, rememberedRange } from './remember.ts';
import { ShownTargets, type PageTargets } from './shown-targets.ts';
import { SideLists } from './side-lists.ts';
import { onThemeChange } from './theme.ts';
import { Toolbar } from './toolbar.ts';
import { clampWindow, shownWindow, windowOf, type TimeWindow, type View } from './view.ts';

const LISTS_EVERY_MS = 10_000;
const HINT = 'Drag over a chart to look closer, double-click to come back. Times are those of your clock.';

export interface LivePageOptions {
  /** The element that is filled. */
  readonly place: HTMLElement;
  readonly api: ApiClient;
  /** Relative way to `/`. */
  readonly root: string;
  /** The only one the page is about. */
  readonly target: string | undefined;
  readonly targets: () => PageTargets;
  /** Nothing was kept before. Infinity: nothing is yet. */
  readonly oldestMs: () => number;
}

/** The part of a page that moves: charts, what happened, what was slow, and the buttons above them. */
export class LivePage {
  private readonly api: ApiClient;
  private readonly toolbar: Toolbar;
  private readonly charts: LiveCharts;
  private readonly lists: SideLists;
  private readonly targets: () => PageTargets;
  private readonly shown: () => TimeWindow;
  private view: View = { kind: 'live', rangeMs: rememberedRange() };
  private running = new AbortController();
  private targetsShown = '';
  private goodMs: number | undefined;

  constructor({ place, api, root, target, targets, oldestMs }: LivePageOptions) {
    this.api = api;
    this.targets = targets;
    const isOneTarget = target !== undefined;
    const rows = isOneTarget ? ONE_TARGET : OVERVIEW;
    this.lists = new SideLists(api, { root, isOneTarget }, target);
    this.toolbar = new Toolbar({
      onRange: (rangeMs) => this.setRange(rangeMs),
      onPause: () => this.pauseOrGoOn(),
    });
    const window = () => windowOf(this.view, api.nowMs());
    this.shown = () => shownWindow(this.view, api.nowMs(), this.charts.firstMs, oldestMs());
    this.charts = new LiveCharts(rows, api, new ShownTargets(api, rows, targets), window, {
      isOneTarget,
      styles: new StyleBook(),
      nowMs: () => api.nowMs(),
      window: this.shown,
      marks: () => this.lists.marks,
      onZoom: (window) => this.zoom(window),
      onZoomOut: () => this.zoomOut(),
    });
    place.replaceChildren(
      this.toolbar.node,
      element('div', { class: 'charts' }, ...this.charts.cards.map(({ node }) => node)),
      element('p', { class: 'hint muted' }, HINT),
      element('div', { class: 'sides' }, ...this.lists.nodes)
    );
    onThemeChange(() => this.charts.redraw());
  }

  /** Begins, or begins anew; a page nobody sees asks for nothing. */
  start(): void {
    this.stop();
    const { view } = this;
    const { signal } = this.running;
    this.targetsShown = JSON.stringify(this.targets());
    this.toolbar.showView(view);
    if (view.kind === 'live') {
      this.toolbar.showState('Connecting…', 'waiting');
      void this.charts.follow((state) => this.showState(state), signal);
      void this.keepLists(signal);
    } else if (view.kind === 'zoomed') {
      void this.look(view.window, signal);
    } else {
      this.toolbar.showState('Paused', 'still');
    }
  }

  stop(): void {
    this.running.abort();
    this.running = new AbortController();
  }

  /** It says by itself when nobody answers. */
  get isLive(): boolean {
    return this.view.kind === 'live';
  }

  /** The targets may be others. */
  checkTargets(): void {
    if (this.view.kind === 'live' && JSON.stringify(this.targets()) !== this.targetsShown) this.start();
  }

  private setRange(rangeMs: number): void {
    rememberRange(rangeMs);
    this.view = { kind: 'live', rangeMs };
    this.start();
  }

  private pauseOrGoOn(): void {
    const { rangeMs } = this.view;
    if (this.view.kind !== 'live') {
      this.setRange(rangeMs);
      return;
    }
    this.view = { kind: 'paused', rangeMs, window: this.shown() };
    this.start();
  }

  private zoom(wanted: TimeWindow): void {
    const window = clampWindow(wanted, this.api.nowMs());
    this.view = { kind: 'zoomed', rangeMs: this.view.rangeMs, window };
    this.charts.redraw();
    this.start();
  }

  private zoomOut(): void {
    if (this.view.kind !== 'live') this.setRange(this.view.rangeMs);
  }

  private async look(window: TimeWindow, signal: AbortSignal): Promise<void> {
    this.toolbar.showState('Loading…', 'waiting');
    try {
      await Promise.all([this.charts.look(window, signal), this.lists.load(window, signal)]);
      if (signal.aborted) return;
      this.charts.redraw();
      this.toolbar.showState('A closer look, not live', 'still');
    } catch (error) {
      if (!signal.aborted) this.toolbar.showState(error instanceof Error ? error.message : 'Nothing to see', 'bad');
    }
  }

  private async keepLists(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.lists.load(windowOf(this.view, this.api.nowMs()), signal);
      await pause(LISTS_EVERY_MS, signal);
    }
  }

  private showState(state: FeedState): void {
    const nowMs = this.api.nowMs();
    if (state.kind !== 'failing') {
      this.goodMs = nowMs;
      this.toolbar.showState('Live', 'good');
      return;
    }
    const retry = `Trying again in ${Math.max(1, Math.round(state.retryMs / 1000))} s.`;
    const since = this.goodMs === undefined ? '' : ` What you see is of ${formatTime(this.goodMs, nowMs)}.`;
    this.toolbar.showState(`${state.problem} ${retry}${since}`, 'bad');
  }
}
