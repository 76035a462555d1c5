import type { DataFrame } from '@grafana/data';
import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CatalogAnswer, QuerySuccess } from '../../server/api/contract';
import { ROOT } from '../lib/project';

/** A query of the plugin's, as far as it matters here. */
export interface MetricsQuery {
  readonly refId: string;
  readonly version: number;
  readonly queryType: 'metrics';
  readonly fields: readonly string[];
}

interface FrameContext {
  readonly refId: string;
  readonly datasourceUid: string;
  readonly datasourceName: string;
  readonly catalog: CatalogAnswer;
  readonly instanceDashboardUid: string;
}

export type MetricsFrames = (query: MetricsQuery, answer: QuerySuccess, context: FrameContext) => DataFrame[];

const OPTIONS = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs' },
} as const;

/**
 * The plugin's code, compiled as it is loaded, as the plugin's build compiles it: what is compiled with the benchmark would
 * lie in dist/, which is what the plugin's users get.
 */
export function loadMetricsFrames(): MetricsFrames {
  const require = createRequire(join(ROOT, 'src/'));
  // Safe: of all that Node.js has there, this is how it is used.
  const extensions = require.extensions as unknown as Record<string, (module: Compiling, filename: string) => void>; // eslint-disable-line @typescript-eslint/no-deprecated
  extensions['.ts'] = (module, filename) => {
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...OPTIONS, filename });
    module._compile(code, filename);
  };
  // Safe: the plugin's own types are those above, and more.
  return (require('./frames/metrics') as { readonly metricsFrames: MetricsFrames }).metricsFrames;
}

interface Compiling {
  _compile(code: string, filename: string): void;
}
