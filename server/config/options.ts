import { formatDuration } from '../util/duration';
import { DEFAULTS, LOG_LEVELS } from './config';
import { VARIABLES } from './environment';
import { formatListen } from './listen';

export interface Option {
  readonly name: string;
  readonly short?: string;
  /** Name of its value in the help; absent: a switch. */
  readonly value?: string;
  readonly help: string;
}

/** What the program is asked to do; the first of these that is given counts. */
const ACTIONS = ['help', 'version', 'check-config', 'print-config'] as const;
export type Action = 'run' | (typeof ACTIONS)[number];

const interval = formatDuration(DEFAULTS.intervalMs);
const timeout = formatDuration(DEFAULTS.timeoutMs);

export const OPTIONS: readonly Option[] = [
  { name: 'config', value: 'FILE', help: 'YAML file with targets and all other settings' },
  {
    name: 'listen',
    value: 'HOST:PORT',
    help: `where to serve (default ${formatListen(DEFAULTS.listen)}; :9121 is every interface)`,
  },
  { name: 'interval', value: 'DURATION', help: `how often every target is polled (default ${interval})` },
  {
    name: 'timeout',
    value: 'DURATION',
    help: `how long a poll may take (default ${timeout}, or the interval if shorter)`,
  },
  { name: 'log-level', value: 'LEVEL', help: `${LOG_LEVELS.join(', ')} (default ${DEFAULTS.logLevel})` },
  { name: 'allow-unauthenticated', help: 'serve beyond this machine although anybody can read the metrics' },
  { name: 'check-config', help: 'list every problem of the configuration and exit, with 2 if there is any' },
  { name: 'print-config', help: 'print the effective configuration, secrets hidden, and exit' },
  { name: 'version', help: 'print the version and exit' },
  { name: 'help', short: 'h', help: 'print this and exit' },
];

export function actionOf(isGiven: (name: string) => boolean): Action {
  return ACTIONS.find(isGiven) ?? 'run';
}

/** The answer to --help. */
export function helpText(): string {
  const options = OPTIONS.map(({ name, short, value, help }): Row => {
    const spelling = `${short === undefined ? '' : `-${short}, `}--${name}`;
    return [value === undefined ? spelling : `${spelling} ${value}`, help];
  });
  return `Usage: redis-vitals [options] [redis-url...]

Polls Redis and Valkey servers and serves their vital signs as Prometheus metrics.

A redis-url (default ${DEFAULTS.url}) is one of
${table([
  ['host[:port]', 'plain TCP; IPv6 in brackets: [::1]:6379'],
  ['redis://[user:password@]host[:port]', 'the same, also valkey://'],
  ['rediss://[user:password@]host[:port]', 'with TLS, also valkeys://'],
  ['unix://[user:password@]/path', 'a socket'],
])}

Options
${table(options)}

Environment, as for redis_exporter (options win over it, and it wins over the file)
${table(VARIABLES)}

Durations are written as in Prometheus: 500ms, 10s, 1m30s.
`;
}

type Row = readonly [name: string, help: string];

function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`).join('\n');
}
