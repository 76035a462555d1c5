import { stringify } from 'yaml';
import { readRules, type AlertGroup, type AlertRule } from './rules';

const HEADER = ` Written by \`npm run docs\` from alerts/redis.rules.yml; changes here are lost. docs/alerts.md tells how to load it.
`;

const FOLDER = 'Redis Vitals';
const INTERVAL = '1m';
/** The uid of the data source that asks the Prometheus which scrapes Redis Vitals. */
const PROMETHEUS = 'prometheus';
const EXPRESSION = '__expr__';

/**
 * The rules as Grafana provisions its own: the text of provisioning/alerting/redis-vitals.yml. Prometheus fires for each
 * series that an expression gives, 0 among their values; Grafana fires for each value that passes a threshold. So every
 * value is first turned into 1.
 */
export function grafanaRules(rulesYamlText: string): string {
  const file = { apiVersion: 1, groups: readRules(rulesYamlText).map(grafanaGroup) };
  const options = { lineWidth: 0, singleQuote: true, aliasDuplicateObjects: false };
  return `#${HEADER}${stringify(file, options)}`;
}

function grafanaGroup({ name, rules }: AlertGroup) {
  return { orgId: 1, name, folder: FOLDER, interval: INTERVAL, rules: rules.map(grafanaRule) };
}

function grafanaRule(rule: AlertRule) {
  return {
    uid: uidOf(rule.alert),
    title: rule.alert,
    condition: 'C',
    data: [
      {
        refId: 'A',
        relativeTimeRange: { from: 600, to: 0 },
        datasourceUid: PROMETHEUS,
        model: { refId: 'A', expr: rule.expr, instant: true, range: false, editorMode: 'code' },
      },
      expression('B', { type: 'math', expression: 'is_number($A)' }),
      expression('C', {
        type: 'threshold',
        expression: 'B',
        // Only the evaluator counts; the rest is what Grafana's editor expects to find.
        conditions: [
          {
            type: 'query',
            evaluator: { type: 'gt', params: [0] },
            operator: { type: 'and' },
            query: { params: ['C'] },
            reducer: { type: 'last', params: [] },
          },
        ],
      }),
    ],
    // No series is how all is well. A Prometheus that cannot be asked is an alert of its own.
    noDataState: 'OK',
    execErrState: 'Error',
    for: rule.for,
    annotations: mapValues(rule.annotations, grafanaTemplate),
    labels: rule.labels,
    isPaused: false,
  };
}

function expression(refId: string, model: Readonly<Record<string, unknown>>) {
  const datasource = { type: EXPRESSION, uid: EXPRESSION };
  return {
    refId,
    relativeTimeRange: { from: 0, to: 0 },
    datasourceUid: EXPRESSION,
    model: { refId, datasource, ...model },
  };
}

/** `RedisAofWriteFailed` is `vitals-redis-aof-write-failed`; Grafana allows 40 characters. */
function uidOf(alert: string): string {
  return `vitals${alert.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * What Prometheus calls $value is a text about all values in Grafana; the number is that of query A, which is not there
 * while the query gives nothing, and then templates are filled in, too.
 */
function grafanaTemplate(text: string): string {
  return text.replace(/\{\{\s*\$value\b(.*?)\}\}/g, '{{ with $$values.A }}{{ .Value$1}}{{ end }}');
}

function mapValues(record: Readonly<Record<string, string>>, change: (value: string) => string) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
