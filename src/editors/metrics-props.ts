import type { MetricsQuery } from '../types';
import type { FieldChoice } from './shared/fields';
import type { CatalogState } from './shared/useCatalog';

/** What the parts of the metrics editor get. */
export interface MetricsPartProps {
  query: MetricsQuery;
  /** Those of the query that the catalogue knows. */
  fields: readonly FieldChoice[];
  catalog: CatalogState;
  onChange: (part: Partial<MetricsQuery>) => void;
}
