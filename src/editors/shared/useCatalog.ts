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

/** Before this an editor does not say that it loads: Grafana's list keeps its first icon where another follows at once. */
const PATIENCE_MS = 500;

/** The catalogue of a data source; a failure is told and can be tried again. */
export function useCatalog(source: CatalogSource): CatalogState {
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<Loaded>();
  const [isSlow, setIsSlow] = useState(false);

  useEffect(() => {
    let isWanted = true;
    const slow = setTimeout(() => setIsSlow(true), PATIENCE_MS);
    const keep = (outcome: Pick<CatalogState, 'catalog' | 'problem'>) => {
      if (isWanted) {
        clearTimeout(slow);
        setIsSlow(false);
        setLoaded({ ...outcome, source, attempt });
      }
    };
    source.catalog().then(
      (catalog) => keep({ catalog }),
      (error: unknown) => keep({ problem: toCollectorError(error).message })
    );
    return () => {
      isWanted = false;
      clearTimeout(slow);
    };
  }, [source, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const isCurrent = loaded !== undefined && loaded.source === source && loaded.attempt === attempt;
  return isCurrent
    ? { catalog: loaded.catalog, problem: loaded.problem, isLoading: false, retry }
    : { isLoading: isSlow, retry };
}
