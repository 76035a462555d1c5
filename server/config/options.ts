import { formatDuration } from '../util/duration';
import { helpTable, type Option, optionRows, withDefault } from './arguments';
import { DEFAULTS, LOG_LEVELS } from './config';
import { VARIABLES } from './environment';
import { formatListen } from './listen';

/** What the program is asked to do; the first of these that is given counts. */
const ACTIONS = ['help', 'version', 'check-config', 'print-config'] as const;
export type Action = 'run' | (typeof ACTIONS)[number];

/** What the program can do instead of polling: the first argument that is no option says so. */
export const COMMANDS = [
  { name: 'verify', usage: 'verify [DIR]', help: 'read all of the history and list what is wrong with it' },
  { name: 'export', usage: 'export [options]', help: 'write the history, or a part of it, as CSV or OpenMetrics' },
] as const;
export type CommandName = (typeof COMMANDS)[number]['name'];

/** Options that commands understand as the program itself does. */
export const COMMON_OPTIONS = {
  config: {
    name: 'config',
    value: 'FILE',
    help: 'YAML file with targets and all other settings',
    example: 'vitals.yml',
  },
  data: {
    name: 'data',
    value: 'DIR',
    help: 'directory for the history of what is polled',
    default: `./${DEFAULTS.dataDirectory}`,
    example: '/var/lib/redis-vitals',
  },
  help: { name: 'help', short: 'h', help: 'print this and exit' },
} as const satisfies Readonly<Record<string, Option>>;

export const OPTIONS: readonly Option[] = [
  COMMON_OPTIONS.config,
  {
    name: 'listen',
    value: 'HOST:PORT',
    help: 'where to serve; :9121 is every interface',
    default: formatListen(DEFAULTS.listen),
    example: '127.0.0.1:9122',
  },
  {
    name: 'interval',
    value: 'DURATION',
    help: 'how often every target is polled',
    default: formatDuration(DEFAULTS.intervalMs),
    example: '30s',
  },
  {
    name: 'timeout',
    value: 'DURATION',
    help: 'how long a poll of any target may take',
    default: `${formatDuration(DEFAULTS.timeoutMs)}, or the interval if shorter`,
    example: '500ms',
  },
  COMMON_OPTIONS.data,
  { name: 'no-history', help: 'keep no history' },
  { name: 'log-level', value: 'LEVEL', help: LOG_LEVELS.join(', '), default: DEFAULTS.logLevel, example: 'warn' },
  { name: 'allow-unauthenticated', help: 'serve beyond this machine although anybody can read the metrics' },
  { name: 'check-config', help: 'list every problem of the configuration and exit, with 2 if there is any' },
  { name: 'print-config', help: 'print the effective configuration, secrets hidden, and exit' },
  { name: 'version', help: 'print the version and exit' },
  COMMON_OPTIONS.help,
];

/** The forms of a redis-url, and what they mean. */
export const URL_FORMS = [
  ['host[:port]', 'plain TCP; IPv6 in brackets: [::1]:6379'],
  ['redis://[user:password@]host[:port]', 'the same, also valkey://'],
  ['rediss://[user:password@]host[:port]', 'with TLS, also valkeys://'],
  ['unix://[user:password@]/path', 'a socket'],
] as const;

export function actionOf(isGiven: (name: string) => boolean): Action {
  return ACTIONS.find(isGiven) ?? 'run';
}

/** The answer to --help. */
export function helpText(): string {
  return `Usage: redis-vitals [options] [redis-url...]
${COMMANDS.map(({ usage }) => `       redis-vitals ${usage}`).join('\n')}

Polls Redis and Valkey servers, serves their vital signs as Prometheus metrics, and keeps their history.

Commands; each has its own --help
${helpTable(COMMANDS.map(({ usage, help }) => [usage, help]))}

A redis-url (default ${DEFAULTS.url}) is one of
${helpTable(URL_FORMS)}

Options
${helpTable(optionRows(OPTIONS))}

Environment, as for redis_exporter (options win over it, and it wins over the file)
${helpTable(VARIABLES.map((variable) => [variable.name, withDefault(variable)]))}

Durations are written as in Prometheus: 500ms, 10s, 1m30s. A server that is called like a command is
written with its port: verify:6379.
`;
}
