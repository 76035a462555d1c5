import type { Series } from '../model/samples';

/** Name of the line a series is on. */
export function lineName({ family, part }: Series): string {
  return family.name + part;
}
