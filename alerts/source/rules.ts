import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';

/** An alert rule as alerts/redis.rules.yml has it. */
export interface AlertRule {
  readonly alert: string;
  /** PromQL that gives a series for each thing to be alerted of, whatever its value. */
  readonly expr: string;
  /** As Prometheus writes durations; `0s`: it fires at once. */
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** When it fires, in a sentence or more: the comment above it. */
  readonly when: string;
}

export interface AlertGroup {
  readonly name: string;
  readonly rules: readonly AlertRule[];
}

/** Annotations every rule has, in this order: what is wrong, the same with figures, what to do, where to read on. */
export const ANNOTATIONS = ['summary', 'description', 'action', 'runbook'] as const;

export const SEVERITIES = ['critical', 'warning', 'info'] as const;

/** The rules of the file, with their comments. Throws where a rule lacks something, with its name and what to add. */
export function readRules(rulesYamlText: string): readonly AlertGroup[] {
  const document = parseDocument(rulesYamlText);
  const [error] = document.errors;
  if (error) throw new Error(`alerts/redis.rules.yml is not YAML: ${error.message}`);
  return mapsOf(document.get('groups')).map((group) => {
    const rules = group.get('rules');
    const above = isSeq(rules) ? rules.commentBefore : undefined;
    // The comment above the first rule belongs to the list, as far as the library can tell.
    return {
      name: textOf(group, 'name'),
      rules: mapsOf(rules).map((rule, at) => readRule(rule, rule.commentBefore ?? (at === 0 ? above : undefined))),
    };
  });
}

function readRule(rule: YAMLMap, comment: string | null | undefined): AlertRule {
  const alert = textOf(rule, 'alert');
  const labels = textsOf(rule, 'labels');
  const annotations = textsOf(rule, 'annotations');
  const when = (comment ?? '').replace(/\s+/g, ' ').trim();
  if (when === '') throw new Error(`${alert} has no comment above it that says when it fires: add one`);
  if (!SEVERITIES.some((severity) => severity === labels['severity'])) {
    throw new Error(`${alert} has no label severity of ${SEVERITIES.join(', ')}: add one`);
  }
  for (const name of ANNOTATIONS) if (!annotations[name]) throw new Error(`${alert} has no annotation ${name}: add it`);
  return {
    alert,
    expr: textOf(rule, 'expr'),
    for: rule.has('for') ? textOf(rule, 'for') : '0s',
    labels,
    annotations,
    when,
  };
}

function mapsOf(list: unknown): readonly YAMLMap[] {
  return isSeq(list) ? list.items.filter((item) => isMap(item)) : [];
}

function textOf(map: YAMLMap, key: string): string {
  const value = map.get(key);
  if (typeof value !== 'string') throw new Error(`${key} is not a text in: ${map.toString().slice(0, 80)}`);
  return value;
}

function textsOf(map: YAMLMap, key: string): Readonly<Record<string, string>> {
  const inner = map.get(key);
  if (!isMap(inner)) return {};
  return Object.fromEntries(
    inner.items.map(({ key: name, value }) => [
      isScalar(name) ? String(name.value) : '',
      isScalar(value) ? String(value.value) : '',
    ])
  );
}
