import eslint from '@eslint/js';
import grafana from '@grafana/eslint-config';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom inside server/ (docs/architecture in one table). A folder that is not listed in `ours` of
 * another folder cannot be reached from it; a package listed in `owns` is imported by that folder alone.
 */
const FOLDERS = {
  util: { ours: [] },
  api: { ours: ['util', 'errors'], owns: ['re2js'] },
  model: { ours: ['util'] },
  parse: { ours: ['model', 'util', 'errors'] },
  collectors: { ours: ['parse', 'model', 'util', 'errors'] },
  redis: { ours: ['model', 'errors', 'util'], owns: ['ioredis'] },
  poll: { ours: ['collectors', 'model', 'util', 'errors'] },
  exposition: { ours: ['model', 'util'] },
  config: { ours: ['model', 'errors', 'util'], owns: ['yaml'] },
  history: { ours: ['model', 'util', 'errors'], owns: ['node:sqlite'] },
  query: { ours: ['api', 'model', 'util', 'errors'], types: ['history'] },
  tables: { ours: ['api', 'parse', 'model', 'util', 'errors'], types: ['poll', 'history'] },
  events: { ours: ['api', 'model', 'util', 'errors'], types: ['history'] },
  slowlog: { ours: ['parse', 'model', 'util', 'errors'], types: ['poll', 'history'] },
  worker: { ours: ['api', 'events', 'history', 'query', 'model', 'util', 'errors'] },
  commands: { ours: ['history', 'api', 'config', 'exposition', 'model', 'util', 'errors'] },
  telemetry: { ours: ['util'], owns: ['prom-client', 'pino'] },
  page: { ours: [], types: ['api'], owns: ['uplot'] },
  http: {
    ours: ['api', 'query', 'exposition', 'errors', 'model'],
    types: ['poll', 'history'],
    owns: ['express', 'bcryptjs'],
  },
};
const OWNED = Object.entries(FOLDERS).flatMap(([folder, row]) => (row.owns ?? []).map((name) => ({ folder, name })));

const zones = Object.entries(FOLDERS).map(([folder, { ours, types = [] }]) => ({
  files: [`server/${folder}/**/*.ts`],
  ignores: ['**/*.test.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^\\.\\./(?!(?:${[...ours, ...types].join('|') || '-'})(?:/|$))`,
            message: `server/${folder}/ may import only: ${[...ours, ...types].join(', ') || 'itself'}.`,
          },
          ...types.map((name) => ({
            regex: `^\\.\\./${name}/`,
            allowTypeImports: true,
            message: `server/${folder}/ may import only types of ${name}/.`,
          })),
          ...OWNED.filter((owned) => owned.folder !== folder).map(({ folder: owner, name }) => ({
            regex: `^${name}(?:/|$)`,
            message: `${name} is imported by server/${owner}/ alone.`,
          })),
          { regex: '/testing/', message: 'server/testing/ is for tests.' },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'data/', '.config/*', '!.config/release/', 'e2e/.out/'] },
  eslint.configs.recommended,
  {
    files: ['server/**/*.ts', 'bench/**/*.ts', 'dashboards/**/*.ts', 'alerts/**/*.ts', '.config/release/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
      eqeqeq: 'error',
    },
  },
  { files: ['server/**/*.ts'], ignores: ['**/*.test.ts', 'server/testing/**'], rules: { 'no-console': 'error' } },
  ...zones,
  {
    files: ['**/*.test.ts', 'server/testing/**/*.ts', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [grafana],
    languageOptions: { parserOptions: { project: 'src/tsconfig.json' } },
    settings: { react: { version: '19.2' } },
    rules: {
      'react/prop-types': 'off',
      'react/react-in-jsx-scope': 'off',
      'no-undef': 'off', // TypeScript's own check is better
      'no-console': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: 'server/(?!api/contract$)',
              message: 'The plugin shares only server/api/contract with the collector.',
            },
            {
              regex: 'server/api/contract$',
              allowTypeImports: true,
              message: 'Types only: the plugin bundles nothing of the collector.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['e2e/**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: ['e2e/tsconfig.json', 'e2e/grafana/tsconfig.json'] } },
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // What stands in for Grafana has its types, which are often any, and the parts it has not taken away yet.
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      eqeqeq: 'error',
    },
  },
  { files: ['jest.config.js'], languageOptions: { globals: { module: 'writable', require: 'readonly' } } }
);
