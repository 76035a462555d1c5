import { join } from 'node:path';
import type { PluginOptions } from '@grafana/plugin-e2e';
import { defineConfig } from '@playwright/test';
import { findTool } from '../stack/tool';

const HOW = `Set GRAFANA_URL to a Grafana (12.3 or newer) that has the plugin: build it with npm run build:plugin, put dist/ into the folder of
its plugins as redisvitals-redis-datasource, and let it load unsigned plugins:

  GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS=redisvitals-redis-datasource

  GRAFANA_URL=http://localhost:3000 npm run e2e:grafana

COLLECTOR_URL is the collector's address as Grafana's server sees it (http://localhost:9121); it polls one Redis or more.
GRAFANA_ADMIN_USER and GRAFANA_ADMIN_PASSWORD are admin and admin unless given.
`;

const baseURL = process.env.GRAFANA_URL;
if (baseURL === undefined || baseURL === '') {
  process.stderr.write(HOW);
  process.exit(2);
}

const out = join(__dirname, '../.out/grafana');
const signedIn = join(process.cwd(), `playwright/.auth/${process.env.GRAFANA_ADMIN_USER ?? 'admin'}.json`);

/** Signs in once, then runs against a Grafana that is there already. */
export default defineConfig<PluginOptions>({
  testDir: '.',
  outputDir: join(out, 'results'),
  workers: 1,
  timeout: 60_000,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
  use: {
    baseURL,
    headless: true,
    launchOptions: {
      executablePath: findTool('chromium', 'chromium-browser', 'google-chrome'),
      // Chromium's sandbox does not work for root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    {
      name: 'sign in',
      testDir: join(__dirname, '../../node_modules/@grafana/plugin-e2e/dist/auth'),
      testMatch: /auth\.setup\.(js|ts)$/,
    },
    { name: 'plugin', use: { storageState: signedIn }, dependencies: ['sign in'] },
  ],
});
