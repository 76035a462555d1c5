/**
 * What the JSON API takes and gives, shared with the Grafana plugin. Times are Unix milliseconds; units are words of
 * `Unit`. Every answer but that of a stream is one of these objects; an error is an `ErrorAnswer`.
 */

/** Unix milliseconds, an ISO 8601 time, `now`, or `now-6h` (a Prometheus duration behind the minus). */
export type TimeInput = number | string;

/** A Prometheus duration (`30s`, `5m`) or milliseconds. */
export type DurationInput = number | string;

export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** A regular expression must match the whole value, as in Prometheus. A label that is absent is the empty text. */
export interface LabelMatcher {
  readonly label: string;
  readonly op: MatchOperator;
  readonly value: string;
}

/** Which targets; what is given must all hold. Empty or absent: all targets, also those that have only a past. */
export interface TargetSelector {
  readonly names?: readonly string[];
  /** Labels of the configuration, and `instance`, which is the name. */
  readonly labels?: readonly LabelMatcher[];
  /** `master`, `slave`, `sentinel`: as INFO's last answer has it. */
  readonly roles?: readonly string[];
}

/** What makes one value of the samples of a bucket. `rate` is per second; `increase`, `rate` and `delta` know resets. */
export type QueryFunction = 'last' | 'avg' | 'min' | 'max' | 'rate' | 'increase' | 'delta';

export type AggregateOperator = 'sum' | 'avg' | 'min' | 'max' | 'quantile';

/** Across series; `by` are the labels that stay (`instance` is the target), none of them: one series. */
export interface Aggregate {
  readonly op: AggregateOperator;
  readonly by?: readonly string[];
  /** Of `quantile`, from 0 to 1. */
  readonly quantile?: number;
}

export interface MetricQuery {
  /** Names the answer; unique within the request. */
  readonly refId: string;
  /** INFO's section, the command of what INFO does not have (`SLOWLOG LEN`), or `Derived`. Absent: any. */
  readonly section?: string;
  /** INFO's field, the name of a metric family, or of a derived field. One series or more for each. */
  readonly fields: readonly string[];
  readonly targets?: TargetSelector;
  /** Of series, labels of their targets included; a derived field is calculated from the series that are left. */
  readonly labels?: readonly LabelMatcher[];
  /** Default: `rate` for counters, `avg` for gauges (`last` when instant). Derived fields have their own. */
  readonly function?: QueryFunction;
  readonly aggregate?: Aggregate;
  /** Keeps the series of each field that have the greatest mean. */
  readonly topK?: number;
  /** One value, as of `to`, instead of one for each step. */
  readonly instant?: boolean;
}

export interface QueryRequest {
  readonly from: TimeInput;
  readonly to: TimeInput;
  /** Default 1000; the step becomes as long as that takes. */
  readonly maxDataPoints?: number;
  /** Wins over `maxDataPoints`. Never less than the interval at which the targets are polled. */
  readonly step?: DurationInput;
  readonly queries: readonly MetricQuery[];
}

export interface Notice {
  readonly severity: 'info' | 'warning';
  readonly text: string;
}

/** What one unit of a value is; `none` for counts and states. */
export type ValueUnit =
  | 'none'
  | 'bytes'
  | 'seconds'
  | 'milliseconds'
  | 'microseconds'
  | 'timestamp'
  | 'ratio'
  | 'percent'
  | 'hertz'
  | 'bytes_per_second'
  | 'per_second'
  | 'seconds_per_second';

export interface SeriesAnswer {
  readonly field: string;
  /** Name of the metric family, with `_bucket`, `_sum` or `_count` where it is one of these; of derived fields, the field's. */
  readonly metric: string;
  /** Title of the field. */
  readonly displayName: string;
  readonly unit: ValueUnit;
  readonly function: QueryFunction | 'derived';
  /** `instance`, labels of the target and of the series; of an aggregate, those of `by`. */
  readonly labels: Readonly<Record<string, string>>;
  /** For each of the answer's `times`; null where there is nothing. */
  readonly values: readonly (number | null)[];
}

export interface QuerySuccess {
  readonly status: 'success';
  /** Start of each bucket, a multiple of the step; of an instant query one time, that of `to`. */
  readonly times: readonly number[];
  /** 0 of an instant query. */
  readonly stepMs: number;
  readonly series: readonly SeriesAnswer[];
  readonly notices: readonly Notice[];
}

/** Prometheus' words, and some of HTTP's. */
export type ErrorType =
  | 'bad_data'
  | 'timeout'
  | 'canceled'
  | 'execution'
  | 'not_found'
  | 'unauthorized'
  | 'method_not_allowed'
  | 'too_many_requests'
  | 'unavailable'
  | 'internal';

export interface ErrorAnswer {
  readonly status: 'error';
  readonly errorType: ErrorType;
  /** What is wrong with which input, and what to do. */
  readonly error: string;
}

export interface QueryAnswer {
  readonly status: 'success';
  /** By refId; a query that fails does not disturb the others. */
  readonly results: Readonly<Record<string, QuerySuccess | ErrorAnswer>>;
}

export interface CatalogField {
  /** INFO's word, or the family's name without `redis_` where it has none of its own; unique within the section. */
  readonly field: string;
  readonly metric: string;
  readonly title: string;
  readonly type: 'counter' | 'gauge' | 'info' | 'summary' | 'histogram' | 'derived';
  readonly unit: ValueUnit;
  readonly help: string;
  /** Command, section and field as Redis has them; of a derived field, its formula. */
  readonly source: string;
  /** Besides `instance` and the labels of targets. */
  readonly labels: readonly string[];
  readonly defaultFunction: QueryFunction | 'derived';
  /** Names of the targets that have it or had it within retention. */
  readonly targets: readonly string[];
}

export interface CatalogSection {
  readonly name: string;
  readonly fields: readonly CatalogField[];
}

export interface CatalogTarget {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Empty when it has never answered. */
  readonly role: string;
  /** `past`: it is not configured any more, but has history. */
  readonly state: 'up' | 'down' | 'waiting' | 'past';
  readonly intervalMs: number;
}

export interface CatalogAnswer {
  readonly status: 'success';
  readonly sections: readonly CatalogSection[];
  readonly targets: readonly CatalogTarget[];
}

export type TableName =
  'info' | 'slowlog' | 'clients' | 'keyspace' | 'commands' | 'replication' | 'cluster' | 'targets' | 'config';

export type ClientGrouping = 'name' | 'address' | 'library' | 'user' | 'command';

export interface TableRequest {
  readonly table: TableName;
  readonly targets?: TargetSelector;
  /** Of `slowlog`, and the window of the rates of `commands`, `keyspace` and `targets` (default the last 5 minutes). */
  readonly from?: TimeInput;
  readonly to?: TimeInput;
  /** Of `info`: only these sections. */
  readonly sections?: readonly string[];
  /** Of `clients`: one row for each group instead of each client. */
  readonly groupBy?: ClientGrouping;
  /** Rows; default 1000, at most 10000. */
  readonly limit?: number;
}

export interface TableColumn {
  readonly name: string;
  readonly title: string;
  readonly type: 'string' | 'number' | 'time' | 'boolean';
  readonly unit?: ValueUnit;
  /** A value for each row; times in Unix milliseconds. */
  readonly values: readonly (string | number | boolean | null)[];
}

export interface TableAnswer {
  readonly status: 'success';
  readonly columns: readonly TableColumn[];
  /** A target that could not be asked is told of here; the others are in the table. */
  readonly notices: readonly Notice[];
}

export const EVENT_KINDS = [
  'target_down',
  'target_up',
  'restart',
  'version_changed',
  'role_changed',
  'failover',
  'link_lost',
  'link_restored',
  'replica_joined',
  'replica_left',
  'save_failed',
  'save_recovered',
  'aof_failed',
  'aof_recovered',
  'evictions_started',
  'maxclients_reached',
  'config_changed',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export type EventSeverity = 'info' | 'warning' | 'critical';

export interface EventsRequest {
  readonly from: TimeInput;
  readonly to: TimeInput;
  readonly targets?: TargetSelector;
  readonly kinds?: readonly EventKind[];
  readonly severities?: readonly EventSeverity[];
  /** Newest are kept; default 1000, at most 10000. */
  readonly limit?: number;
}

export interface EventAnswer {
  /** Unique, and greater than that of every event stored before. */
  readonly id: number;
  readonly timeMs: number;
  /** When what it tells of began, where that was earlier: the link restored now was lost then. */
  readonly startMs?: number;
  readonly target: string;
  readonly kind: EventKind;
  readonly severity: EventSeverity;
  /** One sentence. */
  readonly text: string;
  /** What changed: `from`, `to`, `replica`, `setting`... */
  readonly details: Readonly<Record<string, string>>;
}

export interface EventsAnswer {
  readonly status: 'success';
  /** Oldest first. */
  readonly events: readonly EventAnswer[];
  readonly notices: readonly Notice[];
}

/** `from` to now first, then each poll as it lands; `to` is always now. */
export type StreamRequest = Omit<QueryRequest, 'to'>;

/** A line of a stream (NDJSON). */
export type StreamLine =
  /** What was asked for, whole: the history. */
  | { readonly type: 'history'; readonly results: QueryAnswer['results'] }
  /** What came since; times never go back, and a bucket that was given before is given again while it fills. */
  | { readonly type: 'data'; readonly results: QueryAnswer['results'] }
  /** Nothing new, but alive. */
  | { readonly type: 'heartbeat'; readonly timeMs: number }
  /** Lines were left out as the reader was too slow, for one. */
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'error'; readonly error: ErrorAnswer };

/** `GET /api/v1/status`: for a connection test. */
export interface StatusAnswer {
  readonly status: 'success';
  readonly version: string;
  readonly startedMs: number;
  readonly targets: { readonly up: number; readonly down: number; readonly waiting: number };
  readonly history: HistoryStatus;
}

export interface HistoryStatus {
  /**
   * `degraded`: the disk cannot be written, and samples are kept in memory meanwhile; or a part of what is stored cannot be
   * read; or the file was removed while it was in use.
   */
  readonly state: 'off' | 'ok' | 'degraded';
  /** Of `degraded`: what is wrong and what to do. */
  readonly problem?: string;
  readonly directory?: string;
  readonly retentionMs?: number;
  readonly diskBytes: number;
  readonly series: number;
  readonly samplesStored: number;
  /** By reason, such as time that went back. */
  readonly samplesRefused: Readonly<Record<string, number>>;
  /** Waiting to be written. */
  readonly pendingSamples: number;
  readonly oldestMs?: number;
}
