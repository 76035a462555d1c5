import { useCallback, useEffect, useState } from 'react';

import type { CatalogAnswer } from '../../../server/api/contract';
import { toCollectorError } from '../../client/collector-error';

/** What an editor knows of what can be asked for. */
export interface CatalogState {
  /** Absent while loading and after a failure; editors stay usable without. */
  readonly catalog?: CatalogAnswer;
  readonly isLoading: boolean;
  /** One sentence. */
  readonly problem?: string;
  retry(): void;
}

interface CatalogSource {
  catalog(): Promise<CatalogAnswer>;
}

type Loaded = Pick<CatalogState, 'catalog' | 'problem'> & { readonly source: CatalogSource; readonly attempt: number };

/** The catalogue of a data source; a failure is told and can be tried again. */
export function useCatalog(source: CatalogSource): CatalogState {
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<Loaded>();

  useEffect(() => {
    let isWanted = true;
    const keep = (outcome: Pick<CatalogState, 'catalog' | 'problem'>) => {
      if (isWanted) {
        setLoaded({ ...outcome, source, attempt });
      }
    };
    source.catalog().then(
      (catalog) => keep({ catalog }),
      (error: unknown) => keep({ problem: toCollectorError(error).message })
    );
    return () => {
      isWanted = false;
    };
  }, [source, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const isCurrent = loaded !== undefined && loaded.source === source && loaded.attempt === attempt;
  return isCurrent
    ? { catalog: loaded.catalog, problem: loaded.problem, isLoading: false, retry }
    : { isLoading: true, retry };
}
