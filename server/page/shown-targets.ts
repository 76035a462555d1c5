import type { QueryAnswer, StreamRequest } from '../api/contract.ts';
import type { ApiClient } from './api-client.ts';
import type { TimeWindow } from './view.ts';
import { queryOf, type ChartRow } from './charts.ts';
import type { ChartData } from './series-data.ts';
import { chooseSeries, EVERYTHING, MOST_LINES, surveyRequest, totalsRequest, type Choice } from './survey.ts';

/** The targets the page is about. */
export interface PageTargets {
  readonly total: number;
  /** Of so many as can be shown at once; undefined: there are more. */
  readonly names: readonly string[] | undefined;
}

/** Enough for the width of a chart. */
const POINTS = 480;

/** Which lines the charts have: those of all targets, or where these are too many, the highest or lowest of them. */
export class ShownTargets {
  private readonly api: ApiClient;
  private readonly rows: readonly ChartRow[];
  private readonly targets: () => PageTargets;
  private choices = new Map<string, Choice>();

  constructor(api: ApiClient, rows: readonly ChartRow[], targets: () => PageTargets) {
    this.api = api;
    this.rows = rows;
    this.targets = targets;
  }

  /** Only some of the targets may be shown. */
  get isSome(): boolean {
    return this.targets().names === undefined;
  }

  /** Chooses anew, and gives the question for what was chosen. Rejects as the client does. */
  async request({ fromMs, toMs }: TimeWindow, signal: AbortSignal): Promise<StreamRequest> {
    const { names } = this.targets();
    this.choices =
      names === undefined
        ? chooseSeries(this.rows, await this.api.post('query', surveyRequest(this.rows, fromMs, toMs), signal))
        : new Map(this.rows.map(({ id }) => [id, { names, keys: undefined }]));
    const queries = this.rows.map((row) => queryOf(row, this.choiceOf(row).names));
    return { from: Math.floor(fromMs), maxDataPoints: POINTS, queries };
  }

  /** What was chosen of it. */
  cut(row: ChartRow, data: ChartData): ChartData {
    const { keys } = this.choiceOf(row);
    return keys === undefined ? data : { ...data, series: data.series.filter(({ key }) => keys.has(key)) };
  }

  /** Says which lines of many are shown; undefined: all. */
  noteOf(row: ChartRow): string | undefined {
    if (this.choiceOf(row).keys === undefined) return undefined;
    return `The ${MOST_LINES} ${row.shown} of ${this.targets().total.toLocaleString('en')} targets`;
  }

  /** What all targets make together, by chart; nothing where all are shown. Rejects as the client does. */
  async totals(signal: AbortSignal): Promise<Map<string, number | null>> {
    if (!this.isSome) return new Map();
    const { results } = await this.api.post<QueryAnswer>('query', totalsRequest(this.rows, this.api.nowMs()), signal);
    return new Map(
      this.rows.map(({ id }) => {
        const result = results[id];
        return [id, result?.status === 'success' ? (result.series[0]?.values[0] ?? null) : null];
      })
    );
  }

  private choiceOf({ id }: ChartRow): Choice {
    return this.choices.get(id) ?? EVERYTHING;
  }
}
