import type { LabelMatcher } from '../api/contract';
import { labelTest } from '../api/matchers';
import type { StoredSeries } from '../history/interfaces';
import { labelsOf, lastLabelName } from '../model/samples';

export type Labels = Readonly<Record<string, string>>;

/**
 * The labels of a stored series: `instance`, those configured for its target, and its own, which win. Empty ones are
 * left out: they are the same as absent.
 */
export function storedLabels({ target, series }: StoredSeries, configured: Labels): Labels {
  const all = [['instance', target] as const, ...Object.entries(configured), ...labelsOf(series)];
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

/**
 * A test for stored series by their labels. Each value of a label is looked at once, as many series share it: a family
 * of commands has tens of thousands of series, and few of them are meant.
 */
export function seriesTest(
  matchers: readonly LabelMatcher[],
  configured: (target: string) => Labels
): (one: StoredSeries) => boolean {
  const tests = matchers.map((matcher) => {
    const test = labelTest([matcher]);
    const known = new Map<string, boolean>();
    return (one: StoredSeries): boolean => {
      const value = valueOf(one, matcher.label, configured);
      let passes = known.get(value);
      if (passes === undefined) known.set(value, (passes = test({ [matcher.label]: value })));
      return passes;
    };
  });
  return (one) => tests.every((test) => test(one));
}

/** As `storedLabels` has it; empty where there is none. */
function valueOf({ target, series }: StoredSeries, label: string, configured: (target: string) => Labels): string {
  const { family, part, labels } = series;
  const at = label === lastLabelName(part) ? family.labelNames.length : family.labelNames.indexOf(label);
  const own = at < 0 ? undefined : labels[at];
  if (own !== undefined) return own;
  if (label === 'instance') return target;
  const ofTarget = configured(target);
  return Object.hasOwn(ofTarget, label) ? (ofTarget[label] ?? '') : '';
}

/** A text by which series are put in order: numbers within it by their value, +Inf last. */
export function sortKey(labels: Labels): string {
  const { instance = '', ...others } = labels;
  const texts = Object.keys(others)
    .sort()
    .map((name) => `${name}\0${labels[name] === '+Inf' ? '~' : (labels[name] ?? '')}`);
  return [instance, ...texts].join('\0').replace(/\d+/g, (digits) => digits.padStart(16, '0'));
}
