import { buildDashboard } from './dashboard';
import { DEFINITIONS } from './definitions';
import type { Flavour } from './model';

const FOLDERS: Readonly<Record<Flavour, string>> = { vitals: 'dashboards', prometheus: 'dashboards/prometheus' };

/** Every dashboard of both flavours, as the files that are checked in; paths are below the project's root. */
export function dashboardFiles(): readonly { readonly path: string; readonly text: string }[] {
  return (['vitals', 'prometheus'] as const).flatMap((flavour) =>
    DEFINITIONS.map((definition) => ({
      path: `${FOLDERS[flavour]}/${definition.name}.json`,
      text: `${JSON.stringify(buildDashboard(definition, flavour), null, 2)}\n`,
    }))
  );
}
