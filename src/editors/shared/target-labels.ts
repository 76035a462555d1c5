import type { CatalogAnswer } from '../../../server/api/contract';
import { naturally } from '../../natural-order';

/** `instance`, which is the target's name, and the labels of the configuration. */
export function targetLabelNames(catalog: CatalogAnswer | undefined): string[] {
  const names = (catalog?.targets ?? []).flatMap((target) => Object.keys(target.labels));
  return ['instance', ...naturally(names)];
}

export function targetLabelValues(catalog: CatalogAnswer | undefined, label: string): string[] {
  const values = (catalog?.targets ?? []).map((target) => (label === 'instance' ? target.name : target.labels[label]));
  return naturally(values.filter((value) => value !== undefined));
}
