import { parse } from 'yaml';

/** What a case of alerts/redis.test.yml expects of one alert at one time. */
export interface AlertCase {
  readonly name: string;
  readonly alert: string;
  readonly fires: boolean;
  /** Names of the metrics that have series in the case. */
  readonly metrics: readonly string[];
}

/** A series of a case: `redis_up{job="redis"}`. */
export interface CaseSeries {
  readonly metric: string;
  readonly labelNames: readonly string[];
}

interface TestFile {
  readonly tests: readonly {
    readonly name: string;
    readonly input_series: readonly { readonly series: string }[];
    readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts?: readonly unknown[] }[];
  }[];
}

export function readAlertCases(testYamlText: string): {
  readonly cases: readonly AlertCase[];
  readonly series: readonly CaseSeries[];
} {
  // Safe: promtool refuses a file of another shape, and is run on the same one.
  const { tests } = parse(testYamlText) as TestFile;
  const series = tests.map((test) => test.input_series.map(({ series: text }) => readSeries(text)));
  const cases = tests.flatMap(({ name, alert_rule_test: checks }, at) => {
    const metrics = (series[at] ?? []).map(({ metric }) => metric);
    return checks.map(({ alertname, exp_alerts: expected = [] }) => {
      return { name, alert: alertname, fires: expected.length > 0, metrics };
    });
  });
  return { cases, series: series.flat() };
}

/** What the cases lack: each alert is to fire in one, and to stay quiet in another one that has series it looks at. */
export function missingCases(
  rules: readonly { readonly alert: string; readonly expr: string }[],
  cases: readonly AlertCase[]
): readonly string[] {
  return rules.flatMap(({ alert, expr }) => {
    const own = cases.filter((one) => one.alert === alert);
    const firing = own.filter(({ fires }) => fires).map(({ name }) => name);
    const used = metricsOf(expr);
    const isQuiet = ({ name, fires, metrics }: AlertCase) =>
      !fires && !firing.includes(name) && used.some((metric) => metrics.includes(metric));
    return [
      ...(firing.length > 0 ? [] : [`${alert} fires in no case`]),
      ...(own.some(isQuiet) ? [] : [`${alert} is quiet in no case of its own with series it looks at`]),
    ];
  });
}

const KEYWORDS = new Set(['and', 'or', 'unless', 'offset', 'bool']);

/** Names of the metrics in a PromQL expression. */
export function metricsOf(expression: string): readonly string[] {
  const bare = withoutStrings(expression)
    .replace(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
  const words = [...bare.matchAll(/(?<![\w.])[a-z_:][\w:]*(?!\w*\s*\()/gi)].map(([word]) => word);
  return [...new Set(words.filter((word) => !KEYWORDS.has(word)))];
}

/** Metrics of an expression with the labels their series are chosen by. */
export function matchersOf(expression: string): readonly CaseSeries[] {
  return [...withoutStrings(expression).matchAll(/[a-z_:][\w:]*\{[^}]*\}/gi)].map(([text]) => readSeries(text));
}

function readSeries(text: string): CaseSeries {
  const bare = withoutStrings(text);
  const [metric = ''] = bare.split('{');
  return { metric, labelNames: [...bare.matchAll(/(\w+)\s*[=!]~?/g)].map(([, name = '']) => name) };
}

function withoutStrings(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}

/** The rules with short waits: with a minute and more in each a test would take as long; what is looked at stays the same. */
export function impatient(rulesYamlText: string): string {
  return rulesYamlText.replace(/^( *for:) .*$/gm, (_, key: string) => `${key} 2s`);
}
