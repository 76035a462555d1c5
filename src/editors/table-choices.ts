import type { ComboboxOption } from '@grafana/ui';

import type { CatalogAnswer } from '../../server/api/contract';

/** The collector gives no more rows, or events, than these. */
export const MOST_ROWS = 10_000;

/** Sections that come from INFO itself, which a target has. */
export function infoSections(catalog: CatalogAnswer | undefined): Array<ComboboxOption<string>> {
  return (catalog?.sections ?? [])
    .filter(({ name, fields }) =>
      fields.some(({ source, targets }) => targets.length > 0 && source.startsWith(`INFO ${name} `))
    )
    .map(({ name }) => ({ value: name, label: name }));
}
