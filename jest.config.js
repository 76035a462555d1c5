/** One Jest project for each side: the collector runs in plain Node, the plugin in a browser's environment. */
const scaffold = require('./.config/jest.config');
const { grafanaESModules, nodeModulesToTransform } = require('./.config/jest/utils');

const swc = [
  '@swc/jest',
  { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
];

const swcReact = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
      target: 'es2022',
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

/** Packages that come as ES modules only, besides those the scaffold knows. */
const ES_MODULES = ['@react-hookz/web', '@ver0/deep-equal', '@marcbachmann/cel-js'];

module.exports = {
  projects: [
    {
      displayName: 'server',
      testEnvironment: 'node',
      roots: ['server', 'bench', 'dashboards/source', 'alerts/source', '.config/release'].map(
        (path) => `<rootDir>/${path}`
      ),
      testMatch: ['**/*.test.ts'],
      transform: { '^.+\\.ts$': swc },
      globalSetup: '<rootDir>/server/testing/require-tools.ts',
    },
    {
      displayName: 'plugin',
      testEnvironment: scaffold.testEnvironment,
      roots: ['<rootDir>/src'],
      testMatch: ['**/*.test.{ts,tsx}'],
      moduleNameMapper: scaffold.moduleNameMapper,
      setupFiles: ['<rootDir>/src/testing/environment.ts'],
      setupFilesAfterEnv: ['<rootDir>/.config/jest-setup.js', '<rootDir>/src/testing/setup.ts'],
      transform: { '^.+\\.(t|j)sx?$': swcReact, '^.+\\.mjs$': swcReact },
      transformIgnorePatterns: [nodeModulesToTransform([...grafanaESModules, ...ES_MODULES])],
    },
  ],
};
