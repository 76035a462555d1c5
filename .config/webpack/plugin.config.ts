import type { Configuration, RuleSetRule } from 'webpack';
import grafanaConfig, { type Env } from './webpack.config.ts';

/** What else lives in dist/ and is not the plugin's to remove. */
const KEPT = /^(server|bench)(\.tsbuildinfo)?(\/|$)/;

/** The scaffold compiles JSX to calls of a `React` in scope; tsconfig.json and Jest, to those of react/jsx-runtime. */
const JSX_RUNTIME: RuleSetRule = {
  test: /\.tsx$/,
  exclude: /node_modules/,
  use: {
    loader: 'swc-loader',
    options: {
      jsc: {
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
        target: 'es2022',
      },
    },
  },
};

/** The scaffold's configuration, with a dist/ that the collector shares. */
const config = async (env: Env): Promise<Configuration> => {
  const base = await grafanaConfig(env);
  return {
    ...base,
    module: { ...base.module, rules: [...(base.module?.rules ?? []), JSX_RUNTIME] },
    output: { ...base.output, clean: { keep: KEPT } },
  };
};

export default config;
