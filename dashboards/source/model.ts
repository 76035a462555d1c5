import type { ClientGrouping, EventKind, LabelMatcher, QueryFunction, TableName } from '../../server/api/contract';

/** Who answers the panels: the Redis Vitals data source, or a Prometheus that scrapes the collector. */
export type Flavour = 'vitals' | 'prometheus';

/** One field over time, or as of now; it is asked for in either flavour. */
export interface MetricTarget {
  readonly ask: 'metric';
  /** Name of a family with its part (`redis_commands_latencies_usec_bucket`), or of a derived field (`hit_ratio`). */
  readonly of: string;
  /** `{{instance}} {{cmd}}`: labels of the series. */
  readonly legend: string;
  /** Absent: that of the field. */
  readonly function?: QueryFunction;
  readonly where?: readonly LabelMatcher[];
  /** Across series; `by` are the labels that stay. */
  readonly aggregate?: { readonly op: 'sum' | 'avg' | 'min' | 'max'; readonly by?: readonly string[] };
  readonly topK?: number;
  /** One value, as of the end of the range. */
  readonly instant?: true;
  /** Drawn as it was that much earlier, such as `1d`. */
  readonly timeShift?: string;
}

/** What only the Redis Vitals data source has. */
export type VitalsTarget =
  | {
      readonly ask: 'table';
      readonly table: TableName;
      readonly groupBy?: ClientGrouping;
      readonly sections?: readonly string[];
      readonly limit?: number;
    }
  | { readonly ask: 'logs'; readonly source: 'slowlog' | 'events'; readonly limit?: number }
  | { readonly ask: 'events'; readonly kinds?: readonly EventKind[]; readonly limit?: number }
  | { readonly ask: 'topology' };

/** What only Prometheus is asked, where the two are not alike. */
export interface PromqlTarget {
  readonly ask: 'promql';
  /** `$S` stands for the matchers that the variables make: `redis_up{$S}`. */
  readonly expression: string;
  readonly legend: string;
  /** One value for each series, as of the end of the range. */
  readonly instant?: true;
  /** Likewise, as rows of a table. */
  readonly asTable?: true;
}

export type Target = MetricTarget | VitalsTarget | PromqlTarget;

/** How a panel looks; each has its file or its row in looks.ts. */
export type Look =
  | 'lines'
  | 'area'
  | 'stacked'
  | 'bars'
  | 'value'
  | 'gauge'
  | 'bar-gauge'
  | 'table'
  | 'states'
  | 'logs'
  | 'graph'
  | 'text';

/** From this value on (`null`: from the least), this colour of Grafana's palette. */
export type ThresholdStep = readonly [from: number | null, colour: string];

/** What a value is called, and its colour. */
export type ValueName = readonly [value: number | string, text: string, colour?: string];

/** What differs in some columns or series of a panel. */
export interface Override {
  /** Name of the column or the series, or with slashes a regular expression of names: `/limit$/`. */
  readonly of: string;
  readonly unit?: string;
  readonly decimals?: number;
  readonly title?: string;
  readonly width?: number;
  readonly hidden?: true;
  readonly colour?: string;
  /** A line that is a limit: dashed, without a fill. */
  readonly dashed?: true;
  /** Drawn below the line of zero. */
  readonly negative?: true;
  /** Has an axis of its own at the right. */
  readonly rightAxis?: true;
  readonly values?: readonly ValueName[];
  readonly thresholds?: readonly ThresholdStep[];
  /** How the cell shows its value. */
  readonly cell?: 'gauge' | 'coloured-text' | 'coloured-background';
  readonly min?: number;
  readonly max?: number;
  /** Dashboard or dashboards (their names among the definitions) that the value, which is an instance, leads to. */
  readonly leadsTo?: string | readonly string[];
}

export interface PanelDefinition {
  readonly look: Look;
  readonly title: string;
  /** The question that the panel answers, and where a threshold or a caveat matters, why. */
  readonly description: string;
  /** None of a `text`. */
  readonly targets: readonly Target[];
  /** What Prometheus is asked instead; `none`: it cannot answer, so that its dashboard has no such panel. */
  readonly prometheus?: readonly PromqlTarget[] | 'none';
  /** Grafana's unit; absent: that of the first target. */
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly thresholds?: readonly ThresholdStep[];
  readonly values?: readonly ValueName[];
  /** Instead of nothing; says why there may be nothing. */
  readonly noValue?: string;
  /** Of 24 columns. */
  readonly width: number;
  /** Of rows of 30 pixels and their gaps. Default 8. */
  readonly height?: number;
  readonly overrides?: readonly Override[];
  /** Grafana's transformations, in order, of the Redis Vitals flavour. */
  readonly transformations?: readonly Transformation[];
  /** And of the Prometheus flavour. */
  readonly prometheusTransformations?: readonly Transformation[];
  /** Column a table is sorted by, the greatest first. */
  readonly sortBy?: string;
  /** A value for each row of a table, instead of one for each series. */
  readonly ofRows?: true;
  /** Dashboard (its name among the definitions) that series of one instance lead to. Default `fleet`. */
  readonly leadsTo?: string;
  /** Markdown of a `text`. */
  readonly text?: string;
}

export interface Transformation {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface RowDefinition {
  /** Absent: panels without a heading, at the top. */
  readonly title?: string;
  /** Details, which are not asked for until somebody looks. */
  readonly collapsed?: true;
  readonly panels: readonly PanelDefinition[];
}

/** A choice besides the instance: the values of a label of a field. */
export interface LabelVariable {
  readonly name: string;
  readonly title: string;
  readonly of: string;
  readonly label: string;
}

export interface DashboardDefinition {
  /** `memory`: name of the file, and with `redis-vitals-` before it the UID. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** How far back it looks at first, such as `now-1h`. */
  readonly from: string;
  readonly variables?: readonly LabelVariable[];
  readonly rows: readonly RowDefinition[];
}
