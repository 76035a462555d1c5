import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PrometheusServer } from './prometheus';

/** A dashboard or a file of rules that is in wide use with redis_exporter, as testdata/queries-in-the-wild.json has it. */
export interface WildSource {
  readonly source: string;
  readonly kind: 'dashboard' | 'alerts' | 'recording rules';
  /** Where it was read: repository, path, commit. */
  readonly origin: string;
  /** Labels it selects by that a scrape adds where it is used: those of Kubernetes or of a monitoring suite. */
  readonly labels: readonly string[];
  readonly variables: readonly WildVariable[];
  readonly queries: readonly WildQuery[];
}

export interface WildVariable {
  readonly name: string;
  /** `label_values(selector, label)` */
  readonly query: string;
  /** Several values can be chosen. */
  readonly multi: boolean;
}

export interface WildQuery {
  /** Of the panel or the alert, or the name of the recorded series. */
  readonly title: string;
  readonly expr: string;
  /** Of an alert: what its expression compares with a limit. */
  readonly vector?: string;
}

export const WILD_SOURCES = JSON.parse(
  readFileSync(join(__dirname, '../testdata/queries-in-the-wild.json'), 'utf8')
) as readonly WildSource[]; // safe: tests only, which fail where it is otherwise

/** Texts by the name of the variable they stand for. */
export type Variables = Readonly<Record<string, string>>;

/** What `label_values(selector, label)` gives, in which `variables` are filled in. */
export async function labelValues(
  prometheus: PrometheusServer,
  query: string,
  variables: Variables
): Promise<string[]> {
  const parts = /^label_values\((?<selector>.*),\s*(?<label>\w+)\)$/.exec(query)?.groups;
  if (parts === undefined) throw new Error(`no label_values(selector, label): ${query}`);
  const selector = encodeURIComponent(fillIn(parts['selector']!, variables));
  return (await prometheus.api(`label/${parts['label']!}/values?match[]=${selector}`)) as string[];
}

/**
 * The variables of a dashboard as Grafana's Prometheus data source writes them: of those that allow several values all
 * are chosen, of the others the first; none where there is no value.
 */
export async function chooseAll(
  prometheus: PrometheusServer,
  variables: readonly WildVariable[],
  intervals: Variables
): Promise<Variables> {
  const chosen: Record<string, string> = { ...intervals };
  for (const { name, query, multi } of variables) {
    const values = await labelValues(prometheus, query, chosen);
    chosen[name] = multi ? `(${values.map(asPattern).join('|')})` : (values[0] ?? '');
  }
  return chosen;
}

/** Matches the text alone; twice escaped, for the pattern and for the string it stands in. */
function asPattern(text: string): string {
  return text.replace(/\\/g, '\\\\\\\\').replace(/[$^*{}[\]'+?.()|]/g, '\\\\$&');
}

export function fillIn(expression: string, variables: Variables): string {
  return expression.replace(/\$(\w+)/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`no value for $${name} in ${expression}`);
    return value;
  });
}
