import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import { findTool } from './stack/tool';

const out = join(__dirname, '.out');

/** One worker, with one stack and one browser for all tests. */
export default defineConfig({
  testDir: 'specs',
  outputDir: join(out, 'results'),
  workers: 1,
  // A stack that does not start fails them all.
  maxFailures: 8,
  timeout: 30_000,
  globalTimeout: 420_000,
  expect: { timeout: 8_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: join(out, 'results.json') }]],
  globalSetup: './stack/build-host.ts',
  use: {
    headless: true,
    launchOptions: {
      executablePath: findTool('chromium', 'chromium-browser', 'google-chrome'),
      // Chromium's sandbox does not work for root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
