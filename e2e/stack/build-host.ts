import { existsSync } from 'node:fs';
import { join } from 'node:path';
import webpack, { type Configuration } from 'webpack';
import { PLUGIN_FOLDER, ROOT } from './tool';

const here = join(ROOT, 'e2e');

/** The page that stands in for Grafana. Kept between runs: only what changed is built again. */
const HOST: Configuration = {
  mode: 'development',
  devtool: false,
  cache: {
    type: 'filesystem',
    cacheDirectory: join(here, '.out/cache'),
    buildDependencies: { config: [__filename] },
  },
  entry: join(here, 'host/main.tsx'),
  output: { path: join(here, '.out/host'), filename: 'host.js' },
  resolve: { extensions: ['.tsx', '.ts', '.mjs', '.js'] },
  ignoreWarnings: [/./],
  performance: { hints: false },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
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
      },
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
      { test: /\.(woff2?|ttf|svg|png)$/, type: 'asset/resource' },
      { test: /\.m?js$/, resolve: { fullySpecified: false } },
    ],
  },
};

/** Before the tests: builds the host page. The plugin and the collector are built already. */
export default async function buildHost(): Promise<void> {
  for (const file of [join(PLUGIN_FOLDER, 'module.js'), join(ROOT, 'dist/server/main.js')]) {
    if (!existsSync(file)) throw new Error(`${file} is lacking: npm run build`);
  }
  const compiler = webpack(HOST);
  await new Promise<void>((resolve, reject) => {
    compiler?.run((error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
      else compiler.close(() => resolve());
    });
  });
}
