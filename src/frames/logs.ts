import { DataFrameType, FieldType, type DataFrame } from '@grafana/data';
import type { EventsAnswer, Notice, TableAnswer } from '../../server/api/contract';
import type { LogsQuery } from '../types';
import { Columns } from './columns';
import type { FrameContext } from './context';
import { metaOf } from './meta';
import { slowSeverity } from './slow-command';
import { formatted } from './units';

interface Line {
  readonly timeMs: number;
  readonly body: string;
  readonly severity: string;
  /** Unique among all lines of the data source. */
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Entries of the slow log as lines: who ran what, and how long it took or how large it was. */
export function slowLogFrame(query: LogsQuery, answer: TableAnswer, context: FrameContext): DataFrame {
  const columns = new Columns(answer);
  const lines = columns.map((row) => slowLine(columns, row));
  return logFrame(query, lines, answer.notices, context);
}

function slowLine(columns: Columns, row: number): Line {
  const instance = columns.text('instance', row);
  const log = columns.text('log', row);
  const timeMs = columns.number('time', row) ?? 0;
  const duration = columns.number('duration', row);
  const command = columns.text('command', row).replaceAll('|', ' ');
  const amounts = [formatted('µs', duration), formatted('bytes', columns.number('size', row))].filter(Boolean);
  const labels = {
    instance,
    log,
    command,
    client_address: columns.text('client_address', row),
    client_name: columns.text('client_name', row),
  };
  return {
    timeMs,
    body: `${instance}: ${`${command} ${columns.text('text', row)}`.trim()} (${amounts.join(', ')})`,
    severity: slowSeverity(duration),
    id: [instance, log, timeMs, columns.number('id', row)].join('/'),
    labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')),
  };
}

/** Events as lines; what they tell of more closely is in the labels. */
export function eventLogsFrame(query: LogsQuery, answer: EventsAnswer, context: FrameContext): DataFrame {
  const lines = answer.events.map(({ id, timeMs, target, kind, severity, text, details }): Line => ({
    timeMs,
    body: `${target}: ${text}`,
    severity,
    id: `event/${id}`,
    labels: { ...details, instance: target, kind },
  }));
  return logFrame(query, lines.toReversed(), answer.notices, context);
}

/** Newest first. */
function logFrame(
  query: LogsQuery,
  lines: readonly Line[],
  notices: readonly Notice[],
  context: FrameContext
): DataFrame {
  const text = (name: 'body' | 'severity' | 'id') => ({
    name,
    type: FieldType.string,
    config: {},
    values: lines.map((line) => line[name]),
  });
  return {
    refId: context.refId,
    meta: metaOf(query, notices, {
      type: DataFrameType.LogLines,
      typeVersion: [0, 0],
      preferredVisualisationType: 'logs',
    }),
    fields: [
      { name: 'timestamp', type: FieldType.time, config: {}, values: lines.map(({ timeMs }) => timeMs) },
      text('body'),
      text('severity'),
      text('id'),
      { name: 'labels', type: FieldType.other, config: {}, values: lines.map(({ labels }) => labels) },
    ],
    length: lines.length,
  };
}
