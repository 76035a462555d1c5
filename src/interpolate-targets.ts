import type { ScopedVars } from '@grafana/data';
import type { LabelMatcher, TargetSelector } from '../server/api/contract';
import { anyOf, interpolateMatchers } from './interpolate-matchers';
import { type Expanded, expandAll } from './interpolate-text';
import type { TargetChoice } from './types';

/** `none`: variables choose the targets, and they have no value. */
export type ChosenTargets = TargetSelector | 'none';

/** The targets that a choice means; an empty selector is all of them. */
export function interpolateTargets(choice: TargetChoice | undefined, scopedVars: ScopedVars): ChosenTargets {
  const names = chosen(choice?.names, scopedVars);
  const roles = chosen(choice?.roles, scopedVars);
  if (names === 'none' || roles === 'none') {
    return 'none';
  }
  const labels: LabelMatcher[] = interpolateMatchers(choice?.labels, scopedVars);
  const byPattern = names !== 'all' && names.patterns.length > 0;
  if (byPattern) {
    labels.push({ label: 'instance', op: '=~', value: anyOf(names) });
  }
  return {
    ...(names !== 'all' && !byPattern && { names: names.values }),
    ...(labels.length > 0 && { labels }),
    ...(roles !== 'all' && { roles: roles.values }),
  };
}

function chosen(texts: readonly string[] | undefined, scopedVars: ScopedVars): Expanded | 'all' | 'none' {
  const given = (texts ?? []).filter((text) => text !== '');
  if (given.length === 0) {
    return 'all';
  }
  const expanded = expandAll(given, scopedVars);
  if (expanded.all) {
    return 'all';
  }
  return expanded.values.length + expanded.patterns.length === 0 ? 'none' : expanded;
}
