import type { QueryAnswer } from '../api/contract.ts';
import type { ApiClient } from './api-client.ts';
import { ChartCard, type CardSurroundings } from './chart-card.ts';
import type { ChartRow } from './charts.ts';
import type { TimeWindow } from './view.ts';
import { runFeed, type FeedState, type Results } from './feed.ts';
import { pause } from './pause.ts';
import { firstTime, mergeData, NO_DATA, sortSeries, wholeData, type ChartData } from './series-data.ts';
import type { ShownTargets } from './shown-targets.ts';
import { wantsLessMotion } from './theme.ts';

/** How often what moves is drawn, at most. */
const DRAW_MS = { usual: 250, lessMotion: 5_000 };
const TOTALS_EVERY_MS = 15_000;
/** Which of many targets are shown is decided this often. */
const CHOOSE_EVERY_MS = 5 * 60_000;

/** All charts of the page and where their values come from. */
export class LiveCharts {
  readonly cards: readonly ChartCard[];
  private readonly rows: readonly ChartRow[];
  private readonly api: ApiClient;
  private readonly shown: ShownTargets;
  private readonly window: () => TimeWindow;
  private readonly data = new Map<string, ChartData>();
  private readonly errors = new Map<string, string>();
  private hasAnswer = false;
  /** When the first value is of all that is there. */
  firstMs = Infinity;
  private drawnMs = 0;
  private drawing: ReturnType<typeof setTimeout> | undefined;

  /** `window`: what is asked for; what is drawn of it is up to `around`. */
  constructor(
    rows: readonly ChartRow[],
    api: ApiClient,
    shown: ShownTargets,
    window: () => TimeWindow,
    around: CardSurroundings
  ) {
    this.rows = rows;
    this.api = api;
    this.shown = shown;
    this.window = window;
    this.cards = rows.map((row) => new ChartCard(row, around));
  }

  /** Follows what is polled until it is aborted. */
  async follow(onState: (state: FeedState) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const turn = new AbortController();
      const either = AbortSignal.any([signal, turn.signal]);
      const listener = {
        onResults: (results: Results, isWhole: boolean) => {
          if (!either.aborted) this.take(results, isWhole);
        },
        onState: (state: FeedState) => {
          if (either.aborted) return;
          if (state.kind === 'failing') this.tell(state.problem);
          onState(state);
          this.drawSoon();
        },
      };
      const request = (until: AbortSignal) => this.shown.request(this.window(), until);
      const feed = runFeed({ api: this.api, request, listener }, either);
      await this.keepTotals(either);
      turn.abort();
      await feed;
    }
  }

  /** Shows what there is of a time that has passed; rejects as the client does. */
  async look(window: TimeWindow, signal: AbortSignal): Promise<void> {
    const asked = await this.shown.request(window, signal);
    const answer = await this.api.post<QueryAnswer>('query', { ...asked, to: window.toMs }, signal);
    if (!signal.aborted) this.take(answer.results, true);
  }

  /** In place of charts that have nothing to show. */
  tell(problem: string): void {
    if (!this.hasAnswer) this.cards.forEach((card) => card.say(problem));
  }

  redraw(): void {
    this.cards.forEach((card) => card.redraw());
  }

  /** Resolves when it is time to choose anew. */
  private async keepTotals(signal: AbortSignal): Promise<void> {
    const endMs = this.shown.isSome ? Date.now() + CHOOSE_EVERY_MS : Infinity;
    while (!signal.aborted && Date.now() < endMs) {
      // Whoever reads them is told by the feed what is wrong.
      const totals = await this.shown.totals(signal).catch(() => undefined);
      this.rows.forEach(({ id }, index) => this.cards[index]?.setTotal(totals?.get(id)));
      await pause(TOTALS_EVERY_MS, signal);
    }
  }

  private take(results: Results, isWhole: boolean): void {
    for (const { id } of this.rows) {
      const result = results[id];
      if (result === undefined) continue;
      if (result.status === 'error') {
        this.errors.set(id, result.error);
        continue;
      }
      this.errors.delete(id);
      const known = isWhole ? undefined : this.data.get(id);
      this.data.set(id, known ? mergeData(known, result, this.window().fromMs) : wholeData(result));
    }
    this.hasAnswer = true;
    this.firstMs = firstTime(this.data.values());
    if (isWhole) this.draw();
    else this.drawSoon();
  }

  private drawSoon(): void {
    const everyMs = wantsLessMotion() ? DRAW_MS.lessMotion : DRAW_MS.usual;
    this.drawing ??= setTimeout(() => this.draw(), Math.max(0, this.drawnMs + everyMs - Date.now()));
  }

  private draw(): void {
    clearTimeout(this.drawing);
    this.drawing = undefined;
    this.drawnMs = Date.now();
    if (!this.hasAnswer) return;
    this.rows.forEach((row, index) => {
      const error = this.errors.get(row.id);
      const data = this.shown.cut(row, this.data.get(row.id) ?? NO_DATA);
      if (error === undefined) this.cards[index]?.show(sortSeries(data, row.fields), this.shown.noteOf(row));
      else this.cards[index]?.say(error);
    });
  }
}
