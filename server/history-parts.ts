import type { QueryAnswer, QueryRequest } from './api/contract';
import { collectors } from './collectors/registry';
import type { Config } from './config/config';
import { EventWatch } from './events/event-watch';
import type { FamilyDescriptor } from './model/family';
import { targetState, type PollResult } from './model/poll-result';
import type { Target } from './model/target';
import type { Targets } from './poll/interfaces';
import { self } from './poll/self-families';
import type { TargetInfo } from './query/context';
import { SlowLogCapture } from './slowlog/slow-log-capture';
import type { HistoryFigures } from './telemetry/own-metrics';
import { HistoryClient, type HistoryLog } from './worker/client';

/** Everything that remembers: the samples of polls, what changed between them, and the slow log. */
export class HistoryParts {
  readonly client: HistoryClient;
  private readonly capture: SlowLogCapture;
  private readonly watch: EventWatch;

  private constructor(client: HistoryClient, capture: SlowLogCapture) {
    this.client = client;
    this.capture = capture;
    this.watch = new EventWatch({ add: (events) => client.addEvents(events), now: Date.now });
  }

  /** Rejects with what to do when the history's directory cannot be used. */
  static async open(config: () => Config, ask: Targets['ask'], log: HistoryLog): Promise<HistoryParts> {
    const { directory, retentionMs, maxBytes, synchronous } = config().history;
    const options = {
      directory,
      retentionMs,
      synchronous,
      ...(maxBytes !== undefined && { maxBytes }),
      families: allFamilies(),
    };
    const { client, positions } = await HistoryClient.open(options, log);
    const capture = new SlowLogCapture({
      ask,
      add: (entries) => client.addEntries(entries),
      arguments: () => config().slowlog.arguments,
      positions,
      onOverrun: (target, name, lost) =>
        log.warn({ target, log: name, lost }, 'entries were pushed out of the slow log before they could be read'),
      onFailure: (target, name, message) => log.warn({ target, log: name }, message),
      now: Date.now,
    });
    return new HistoryParts(client, capture);
  }

  /** Is told of every poll. */
  readonly notice = (result: PollResult): void => {
    this.client.append(infoOf(result.target, result), result.startedAtMs, result.samples);
    this.watch.notice(result);
    this.capture.notice(result);
  };

  /** What there is to say of it in metrics. */
  figures(): HistoryFigures {
    return { ...this.client.status(), slowLog: this.capture.counters };
  }

  /** The targets that are polled from now on. */
  setTargets(targets: readonly Target[], latest: (name: string) => PollResult | undefined): void {
    const names = new Set(targets.map(({ name }) => name));
    this.client.setTargets(targets.map((target) => infoOf(target, latest(target.name))));
    this.watch.keep(names);
    this.capture.keep(names);
  }

  /** Asks the query engine on behalf of ourselves. */
  readonly query = async (request: QueryRequest): Promise<QueryAnswer> => {
    const { body } = await this.client.request('query', Buffer.from(JSON.stringify(request)));
    return JSON.parse(Buffer.from(body).toString()) as QueryAnswer; // safe: the contract's
  };
}

function infoOf({ name, labels, intervalMs }: Target, latest: PollResult | undefined): TargetInfo {
  return { name, labels, intervalMs, role: latest?.facts?.role ?? '', state: targetState(latest) };
}

function allFamilies(): readonly FamilyDescriptor[] {
  return [
    ...collectors.flatMap(({ families, dynamicFamilies = [] }) => [...families, ...dynamicFamilies]),
    ...Object.values(self),
  ];
}
