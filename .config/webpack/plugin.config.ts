import CopyWebpackPlugin from 'copy-webpack-plugin';
import type { Configuration, RuleSetRule } from 'webpack';
import { copyFilePatterns } from '../bundler/copyFiles.ts';
import grafanaConfig, { type Env } from './webpack.config.ts';

/** What else lives in dist/ and is not the plugin's to remove. */
const KEPT = /^(server|bench|docs)(\.tsbuildinfo)?(\/|$)/;

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

const ALL_JSON = '**/*.json';
const NOT_SHIPPED = ['**/testdata/**', '**/tsconfig.json'];

/** The scaffold's files to copy, without what tests and tools read. */
const SHIPPED_FILES = new CopyWebpackPlugin({
  patterns: copyFilePatterns.map((pattern) =>
    pattern.from === ALL_JSON ? { ...pattern, globOptions: { ignore: NOT_SHIPPED } } : pattern
  ),
});

/** What plugin.json includes; the scaffold copies from src/ alone. */
const DASHBOARDS = new CopyWebpackPlugin({ patterns: [{ from: '../dashboards/*.json', to: 'dashboards/[name][ext]' }] });

/** The scaffold's configuration, with the dashboards, and a dist/ that the collector shares. */
const config = async (env: Env): Promise<Configuration> => {
  const base = await grafanaConfig(env);
  return {
    ...base,
    module: { ...base.module, rules: [...(base.module?.rules ?? []), JSX_RUNTIME] },
    plugins: [...(base.plugins ?? []).filter((plugin) => !(plugin instanceof CopyWebpackPlugin)), SHIPPED_FILES, DASHBOARDS],
    output: { ...base.output, clean: { keep: KEPT } },
  };
};

export default config;
