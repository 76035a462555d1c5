import type { CatalogTarget, LabelMatcher, TargetSelector } from '../../server/api/contract';

/** As the collector chooses them; the catalogue has all it takes. */
export function matchingTargets(targets: readonly CatalogTarget[], selector: TargetSelector): CatalogTarget[] {
  const { names, labels, roles } = selector;
  return targets.filter(
    (target) =>
      (names === undefined || names.length === 0 || names.includes(target.name)) &&
      (roles === undefined || roles.length === 0 || roles.includes(target.role)) &&
      (labels ?? []).every((matcher) => matches(labelOf(target, matcher.label), matcher))
  );
}

export function labelOf({ name, labels }: CatalogTarget, label: string): string {
  return label === 'instance' ? name : (labels[label] ?? '');
}

function matches(value: string, { op, value: wanted }: LabelMatcher): boolean {
  switch (op) {
    case '=':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case '=~':
      return whole(wanted).test(value);
    case '!~':
      return !whole(wanted).test(value);
  }
}

/** RE2's patterns are JavaScript's but for rare ones. */
function whole(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 's');
  } catch {
    throw new Error(`The pattern ${pattern} is no regular expression.`);
  }
}
