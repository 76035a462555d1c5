import { ANNOTATION_KINDS } from '../../src/annotation-kinds';
import { knownField } from './fields';
import type { LabelVariable, MetricTarget, VitalsTarget } from './model';

const VERSION = 1;
/** The chosen instances; All is all of them, also those to come. */
const TARGETS = { names: ['$instance'] };

export const VITALS_DATASOURCE = { type: 'redisvitals-redis-datasource', uid: '${datasource}' };

/** A query as the data source's editor saves it. */
export function vitalsQuery(target: MetricTarget | VitalsTarget, refId: string): Record<string, unknown> {
  return {
    refId,
    datasource: VITALS_DATASOURCE,
    version: VERSION,
    targets: TARGETS,
    ...(target.ask === 'metric' ? metricQuery(target) : otherQuery(target)),
  };
}

function metricQuery({ of, legend, function: fn, where, aggregate, topK, instant, timeShift }: MetricTarget) {
  const { section, field } = knownField(of);
  return {
    queryType: 'metrics',
    section,
    fields: [field],
    ...(fn && { function: fn }),
    ...(where && { labels: where }),
    ...(aggregate && { aggregate }),
    ...(topK && { topK }),
    legend,
    ...(instant && { instant }),
    ...(timeShift && { timeShift }),
  };
}

function otherQuery({ ask, ...options }: VitalsTarget) {
  return { queryType: ask, ...options };
}

/** Variables of a dashboard besides the data source. */
export function vitalsVariable(variable: 'instance' | LabelVariable): Record<string, unknown> {
  if (variable === 'instance') return { refId: 'instance', version: VERSION, kind: 'targets' };
  const { name, of, label } = variable;
  const { section, field } = knownField(of);
  return { refId: name, version: VERSION, kind: 'values', targets: TARGETS, section, field, label };
}

/** Events on every graph: what explains a change at a glance. */
export function vitalsAnnotations(): readonly Record<string, unknown>[] {
  const target = {
    refId: 'Anno',
    version: VERSION,
    queryType: 'events',
    targets: TARGETS,
    kinds: ANNOTATION_KINDS,
  };
  return [{ name: 'Events', enable: true, iconColor: 'orange', datasource: VITALS_DATASOURCE, target }];
}
