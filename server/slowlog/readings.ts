import type { LogKind } from '../history/interfaces';
import type { Command } from '../model/command';
import type { Layout, SampleSet } from '../model/samples';

/** What a poll says of a log. */
export interface LogReading {
  readonly log: LogKind;
  /** Entries in it. */
  readonly length: number;
  /** Id of the newest; undefined: the poll does not tell. */
  readonly lastId: number | undefined;
  /** Most entries the server keeps in it; undefined: the poll does not tell. */
  readonly mostEntries: number | undefined;
}

interface Row {
  readonly log: LogKind;
  readonly length: string;
  readonly lastId?: string;
  readonly mostEntries?: string;
}

/** Samples of collectors `slowlog` and `commandlog`. COMMANDLOG's log of slow commands is SLOWLOG itself. */
const LOGS: readonly Row[] = [
  { log: 'slow', length: 'redis_slowlog_length', lastId: 'redis_slowlog_last_id' },
  {
    log: 'large-request',
    length: 'redis_commandlog_large_request_length',
    mostEntries: 'redis_commandlog_large_request_max_len',
  },
  {
    log: 'large-reply',
    length: 'redis_commandlog_large_reply_length',
    mostEntries: 'redis_commandlog_large_reply_max_len',
  },
];
const NAMES = new Set(LOGS.flatMap(({ length, lastId, mostEntries }) => [length, lastId, mostEntries]));

const indexes = new WeakMap<Layout, ReadonlyMap<string, number>>();

/** The logs a poll tells of: none where collectors are off. */
export function readLogs({ layout, values }: SampleSet): readonly LogReading[] {
  const index = indexOf(layout);
  const value = (name: string | undefined): number | undefined => values[index.get(name ?? '') ?? -1];
  return LOGS.flatMap(({ log, length, lastId, mostEntries }) => {
    const entries = value(length);
    return entries === undefined
      ? []
      : [{ log, length: entries, lastId: value(lastId), mostEntries: value(mostEntries) }];
  });
}

/** The command for the newest entries of a log. */
export function getCommand(log: LogKind, count: number): Command {
  return { args: log === 'slow' ? ['SLOWLOG', 'GET', `${count}`] : ['COMMANDLOG', 'GET', `${count}`, log] };
}

function indexOf(layout: Layout): ReadonlyMap<string, number> {
  let index = indexes.get(layout);
  if (index === undefined) {
    const places = layout.series.map(({ family }, at) => [family.name, at] as const);
    indexes.set(layout, (index = new Map(places.filter(([name]) => NAMES.has(name)))));
  }
  return index;
}
