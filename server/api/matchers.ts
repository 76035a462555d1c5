import { RE2JS } from 're2js';
import type { LabelMatcher, TargetSelector } from './contract';

/** Whether labels are meant. */
export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean;

/** What a selector can say of a target. */
export interface Selectable {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly role: string;
}

/** A regular expression of a request that cannot be used; the message says why. */
export class BadPattern extends Error {
  override readonly name = 'BadPattern';
}

/**
 * A test for all of these matchers. Patterns are RE2's, as in Prometheus: no pattern takes longer than the text is long.
 * Throws BadPattern.
 */
export function labelTest(matchers: readonly LabelMatcher[]): LabelTest {
  const tests = matchers.map((matcher) => ({ label: matcher.label, test: valueTest(matcher) }));
  return (labels) => tests.every(({ label, test }) => test(Object.hasOwn(labels, label) ? (labels[label] ?? '') : ''));
}

function valueTest({ label, op, value }: LabelMatcher): (text: string) => boolean {
  if (op === '=') return (text) => text === value;
  if (op === '!=') return (text) => text !== value;
  const pattern = compile(value, label);
  return op === '=~' ? (text) => pattern.testExact(text) : (text) => !pattern.testExact(text);
}

function compile(value: string, label: string): RE2JS {
  try {
    return RE2JS.compile(value);
  } catch (error) {
    throw new BadPattern(`the pattern for ${label} is no regular expression (RE2): ${(error as Error).message}`);
  }
}

/** A test for the targets a selector means; throws BadPattern. */
export function targetTest({ names = [], labels = [], roles = [] }: TargetSelector = {}): (one: Selectable) => boolean {
  const named = new Set(names);
  const roleSet = new Set(roles);
  const test = labelTest(labels);
  return (one) =>
    (named.size === 0 || named.has(one.name)) &&
    (roleSet.size === 0 || roleSet.has(one.role)) &&
    (labels.length === 0 || test({ ...one.labels, instance: one.name }));
}
