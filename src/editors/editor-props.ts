import type { VitalsDataSource } from '../datasource';
import type { VitalsQuery } from '../types';
import type { CatalogState } from './shared/useCatalog';

/** What the editor of each query type gets. */
export interface EditorProps<Query extends VitalsQuery = VitalsQuery> {
  datasource: VitalsDataSource;
  query: Query;
  catalog: CatalogState;
  /** Saves and runs: called on choices at once, of texts on blur and Enter. */
  onChange: (query: Query) => void;
}
