import { Alert, Button, Stack } from '@grafana/ui';

import type { CatalogState } from './useCatalog';

/** Says that there is nothing to choose from, and why. */
export function CatalogProblem({ state }: { state: CatalogState }) {
  if (state.problem === undefined) {
    return null;
  }
  return (
    <Alert severity="warning" title={`What can be chosen could not be loaded: ${state.problem}`}>
      <Stack alignItems="center">
        <span>Names can be typed meanwhile.</span>
        <Button size="sm" variant="secondary" icon="sync" onClick={state.retry}>
          Try again
        </Button>
      </Stack>
    </Alert>
  );
}
