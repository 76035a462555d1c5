import type { DataSourceJsonData } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import type {
  AggregateOperator,
  ClientGrouping,
  EventKind,
  EventSeverity,
  LabelMatcher,
  QueryFunction,
  TableName,
} from '../server/api/contract';

/** Version of the shape of saved queries; migrations.ts brings older ones here. */
export const QUERY_VERSION = 1;

/** Which targets; texts may hold template variables. All that is given must hold; nothing given: all targets. */
export interface TargetChoice {
  names?: string[];
  labels?: LabelMatcher[];
  roles?: string[];
}

interface Common extends DataQuery {
  version: number;
  targets?: TargetChoice;
}

export interface AggregateChoice {
  op: AggregateOperator;
  by?: string[];
  /** Of `quantile`, 0 to 1. */
  quantile?: number;
}

export interface MetricsQuery extends Common {
  queryType: 'metrics';
  /** INFO's section, or `Derived`. */
  section?: string;
  fields: string[];
  labels?: LabelMatcher[];
  /** Absent: the field's own default. */
  function?: QueryFunction;
  aggregate?: AggregateChoice;
  topK?: number;
  /** `{{instance}} {{cmd}}`; `{{field}}` is the field's title. Absent: the shortest text that tells the series apart. */
  legend?: string;
  /** One value instead of a line. */
  instant?: boolean;
  /** Goes on with each poll. */
  live?: boolean;
  /** `1d`: the time range that much earlier, drawn over the one that is shown. */
  timeShift?: string;
}

export interface TableQuery extends Common {
  queryType: 'table';
  table: TableName;
  /** Of `info`. */
  sections?: string[];
  /** Of `clients`. */
  groupBy?: ClientGrouping;
  limit?: number;
}

export interface LogsQuery extends Common {
  queryType: 'logs';
  source: 'slowlog' | 'events';
  limit?: number;
}

export interface EventsQuery extends Common {
  queryType: 'events';
  kinds?: EventKind[];
  severities?: EventSeverity[];
  limit?: number;
}

export interface TopologyQuery extends Common {
  queryType: 'topology';
}

export type VitalsQuery = MetricsQuery | TableQuery | LogsQuery | EventsQuery | TopologyQuery;
export type QueryType = VitalsQuery['queryType'];

/** What a template variable lists. */
export type VariableKind = 'targets' | 'roles' | 'labels' | 'sections' | 'fields' | 'values' | 'clients';

export interface VariableQuery extends DataQuery {
  version: number;
  kind: VariableKind;
  /** Chains: only of these targets. */
  targets?: TargetChoice;
  /** Of `fields`: this section; of `values`: the field whose label values are listed (databases, commands, replicas). */
  section?: string;
  field?: string;
  /** Of `labels`: values of this label of targets; of `values`: this label of the field. Absent in `labels`: their names. */
  label?: string;
}

/** How the collector is to know Grafana; not saved by itself, but seen in the settings that Grafana's proxy obeys. */
export type AuthMethod = 'none' | 'basic' | 'bearer';

/** Saved with the data source; the rest is Grafana's own: url, basicAuth, basicAuthUser, secureJsonData. */
export interface VitalsOptions extends DataSourceJsonData {
  /** Seconds Grafana's proxy waits. */
  timeout?: number;
  tlsAuth?: boolean;
  tlsAuthWithCACert?: boolean;
  tlsSkipVerify?: boolean;
  serverName?: string;
  /** With bearer: `Authorization`, whose value lies in secureJsonData.httpHeaderValue1. */
  httpHeaderName1?: string;
  /** Dashboard that an instance links to; `${instance}` is its name. */
  instanceDashboardUid?: string;
}

/** Never comes back from Grafana's server. */
export interface VitalsSecrets {
  basicAuthPassword?: string;
  /** `Bearer <token>`: what Grafana's proxy sends as the header. */
  httpHeaderValue1?: string;
  tlsCACert?: string;
  tlsClientCert?: string;
  tlsClientKey?: string;
}
