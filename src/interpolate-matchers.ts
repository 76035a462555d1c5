import type { ScopedVars } from '@grafana/data';
import type { LabelMatcher } from '../server/api/contract';
import { escapePattern, expand, type Expanded, replaced } from './interpolate-text';

/** Matchers with the values of variables: several values become a pattern, All leaves nothing out. */
export function interpolateMatchers(
  matchers: readonly LabelMatcher[] | undefined,
  scopedVars: ScopedVars
): LabelMatcher[] {
  return (matchers ?? [])
    .filter(({ label }) => label !== '')
    .flatMap(({ label, op, value }) => interpolated(replaced(label, scopedVars), op, value, scopedVars));
}

function interpolated(
  label: string,
  op: LabelMatcher['op'],
  value: string,
  scopedVars: ScopedVars
): readonly LabelMatcher[] {
  const isPattern = op === '=~' || op === '!~';
  const negative = op === '!=' || op === '!~';
  const expanded = expand(value, scopedVars, isPattern);
  if (expanded.all) {
    return negative ? [{ label, op: '!~', value: '.*' }] : [];
  }
  if (isPattern) {
    return [{ label, op, value: [...expanded.values, ...expanded.patterns].join('|') }];
  }
  return expanded.values.length <= 1 && expanded.patterns.length === 0
    ? [{ label, op, value: expanded.values[0] ?? '' }]
    : [{ label, op: negative ? '!~' : '=~', value: anyOf(expanded) }];
}

/** A pattern for any of the values. */
export function anyOf({ values, patterns }: Pick<Expanded, 'values' | 'patterns'>): string {
  return [...values.map(escapePattern), ...patterns].join('|');
}
