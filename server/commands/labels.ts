import type { Series } from '../model/samples';

export type Label = readonly [name: string, value: string];

/** Name of the line a series is on. */
export function lineName({ family, part }: Series): string {
  return family.name + part;
}

/** The labels of a series, with `le` and `quantile`, as the exposition has them. */
export function labelsOf({ family, part, labels }: Series): readonly Label[] {
  const { labelNames, optionalLabelNames = [] } = family;
  return labels.flatMap((value, at): Label[] => {
    const name = labelNames[at] ?? (part === '_bucket' ? 'le' : 'quantile');
    return value === '' && optionalLabelNames.includes(name) ? [] : [[name, value]];
  });
}
