import type { LabelMatcher } from '../../server/api/contract';
import type { MetricTarget, PromqlTarget } from './model';

type Options = Omit<MetricTarget, 'ask' | 'of' | 'legend'>;

/** One line for each series: `metric('redis_memory_used_bytes', '{{instance}}')`. */
export function metric(of: string, legend: string, options: Options = {}): MetricTarget {
  return { ask: 'metric', of, legend, ...options };
}

/** One line for all that is chosen. */
export function total(of: string, legend: string, options: Omit<Options, 'aggregate'> = {}): MetricTarget {
  return metric(of, legend, { ...options, aggregate: { op: 'sum' } });
}

/** `$S` in the expression stands for the matchers of the variables. */
export function promql(
  expression: string,
  legend: string,
  options: Pick<PromqlTarget, 'asTable' | 'instant'> = {}
): PromqlTarget {
  return { ask: 'promql', expression, legend, ...options };
}

export function where(label: string, op: LabelMatcher['op'], value: string): LabelMatcher {
  return { label, op, value };
}
