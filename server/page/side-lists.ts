import type { EventAnswer, EventsAnswer, TableAnswer } from '../api/contract.ts';
import type { ApiClient } from './api-client.ts';
import type { TimeWindow } from './view.ts';
import { EventList, type ListSurroundings } from './event-list.ts';
import { marksOf, type Mark } from './marks.ts';
import { SLOW_ROWS, SlowLog } from './slow-log.ts';
import { slowRows } from './slow-rows.ts';

const EVENTS = 500;
/** Marks are at least this part of the window apart. */
const MARKS = 200;

/** What happened, and what was slow, in the time the charts show. */
export class SideLists {
  private readonly api: ApiClient;
  private readonly events: EventList;
  private readonly slow: SlowLog;
  private readonly targets: { readonly names: readonly string[] } | undefined;
  marks: readonly Mark[] = [];

  /** `target`: the only one it is about. */
  constructor(api: ApiClient, around: ListSurroundings, target: string | undefined) {
    this.api = api;
    this.events = new EventList(around);
    this.slow = new SlowLog(around);
    this.targets = target === undefined ? undefined : { names: [target] };
  }

  get nodes(): readonly HTMLElement[] {
    return [this.events.node, this.slow.node];
  }

  /** Never rejects: what goes wrong stands in place of the list. */
  async load(window: TimeWindow, signal: AbortSignal): Promise<void> {
    await Promise.all([this.loadEvents(window, signal), this.loadSlow(window, signal)]);
  }

  private async loadEvents(window: TimeWindow, signal: AbortSignal): Promise<void> {
    const asked = { ...this.question(window), limit: EVENTS };
    const answer = await this.ask<EventsAnswer>('events', asked, signal, (text) => this.events.say(text));
    if (answer === undefined) return;
    const { events } = answer;
    this.marks = marksOf(events satisfies readonly EventAnswer[], (window.toMs - window.fromMs) / MARKS);
    this.events.show(events, this.api.nowMs());
  }

  private async loadSlow(window: TimeWindow, signal: AbortSignal): Promise<void> {
    const asked = { ...this.question(window), table: 'slowlog', limit: SLOW_ROWS };
    const answer = await this.ask<TableAnswer>('table', asked, signal, (text) => this.slow.say(text));
    if (answer !== undefined) this.slow.show(slowRows(answer), this.api.nowMs());
  }

  private question({ fromMs, toMs }: TimeWindow): object {
    return { from: Math.floor(fromMs), to: Math.ceil(toMs), ...(this.targets && { targets: this.targets }) };
  }

  private async ask<Answer>(path: string, body: object, signal: AbortSignal, say: (text: string) => void) {
    try {
      const answer = await this.api.post<Answer>(path, body, signal);
      return signal.aborted ? undefined : answer;
    } catch (error) {
      if (!signal.aborted) say(error instanceof Error ? error.message : 'This cannot be read.');
      return undefined;
    }
  }
}
