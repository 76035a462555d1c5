import type { QueryFunction } from '../../server/api/contract';
import { DERIVED_PROMQL, type PromqlParts } from './derived-promql';
import { knownField } from './fields';
import type { LabelVariable, MetricTarget, PromqlTarget } from './model';

/** Matchers of every series. */
const SELECTED = 'instance=~"$instance"';
const RANGE = '[$__rate_interval]';

export const PROMETHEUS_DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

/** A query as the editor of Grafana's Prometheus data source saves it. */
export function prometheusQuery(target: MetricTarget | PromqlTarget, refId: string): Record<string, unknown> {
  const isInstant = target.instant === true || (target.ask === 'promql' && target.asTable === true);
  return {
    refId,
    datasource: PROMETHEUS_DATASOURCE,
    editorMode: 'code',
    expr: target.ask === 'metric' ? expressionOf(target) : target.expression.replaceAll('$S', SELECTED),
    legendFormat: target.legend,
    range: !isInstant,
    instant: isInstant,
    ...(target.ask === 'promql' && target.asTable && { format: 'table' }),
  };
}

/** The expression that gives what the field and its function give. */
export function expressionOf(target: MetricTarget): string {
  const { of, aggregate, topK } = target;
  const value = valueOf(target);
  const scaled = knownField(of).unit === 'timestamp' ? `${value} * 1000` : value;
  const by = (aggregate?.by ?? []).length === 0 ? '' : ` by (${(aggregate?.by ?? []).join(', ')})`;
  const summed = aggregate === undefined ? scaled : `${aggregate.op}${by} (${scaled})`;
  return topK === undefined ? summed : `topk(${topK}, ${summed})`;
}

function valueOf({ of, function: fn, where = [], timeShift }: MetricTarget): string {
  const { metric, isCounter } = knownField(of);
  const matchers = [SELECTED, ...where.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`)].join(
    ', '
  );
  const offset = timeShift === undefined ? '' : ` offset ${timeShift}`;
  const series = (name: string): string => `${name}{${matchers}}${offset}`;
  const over = (call: string, name: string): string => `${call}(${name}{${matchers}}${RANGE}${offset})`;
  if (metric === undefined) {
    return derived(of, {
      of: (name) => series(`redis_${name}`),
      over: (call, name) => over(call, `redis_${name}`),
    });
  }
  const call = CALLS[fn ?? (isCounter ? 'rate' : 'avg')];
  return call === undefined ? series(metric) : over(call, metric);
}

/** What is called over a range; a gauge is shown as it was when Prometheus looked. */
const CALLS: Readonly<Partial<Record<QueryFunction, string>>> = {
  rate: 'rate',
  increase: 'increase',
  delta: 'delta',
  max: 'max_over_time',
  min: 'min_over_time',
};

function derived(field: string, parts: PromqlParts): string {
  const formula = DERIVED_PROMQL[field];
  if (formula === undefined) throw new Error(`derived-promql.ts has no expression for ${field}.`);
  return formula(parts);
}

/** Variables of a dashboard besides the data source. */
export function prometheusVariable(variable: 'instance' | LabelVariable): Record<string, unknown> {
  if (variable === 'instance') return { refId: 'instance', qryType: 1, query: 'label_values(redis_up, instance)' };
  const { name, of, label } = variable;
  return { refId: name, qryType: 1, query: `label_values(${knownField(of).metric ?? of}{${SELECTED}}, ${label})` };
}

/** Restarts, the one event that a metric tells the time of. */
export function prometheusAnnotations(): readonly Record<string, unknown>[] {
  return [
    {
      name: 'Restarts',
      enable: true,
      iconColor: 'orange',
      datasource: PROMETHEUS_DATASOURCE,
      expr: `redis_start_time_seconds{${SELECTED}} * 1000`,
      useValueForTime: true,
      titleFormat: 'Restart',
      textFormat: '{{instance}} was started',
    },
  ];
}
