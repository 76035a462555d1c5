import { accessSync, constants, statSync } from 'node:fs';
import { asItIs, helpTable, optionRows, readArguments, type Option } from '../config/arguments';
import { formatListen, parseListen, type Listen } from '../config/listen';
import type { Parsed } from '../config/parsed';
import { NOT_A_DURATION } from '../config/values';
import { ConfigError } from '../errors';
import { formatDuration, parseDuration } from '../util/duration';

const DEFAULTS = { listen: { host: '127.0.0.1', port: 9121 }, hours: 6, failoverEveryMs: 3 * 60_000 } as const;
const MOST_HOURS = 48;
/** A sentinel needs so long until all is as it should be again. */
const LEAST_FAILOVER_MS = 15_000;
const MOST_FAILOVER_MS = 24 * 3_600_000;

const OPTIONS: readonly Option[] = [
  {
    name: 'listen',
    value: 'HOST:PORT',
    help: 'where the collector serves; port 0 is any free one',
    default: formatListen(DEFAULTS.listen),
    example: '127.0.0.1:9122',
  },
  {
    name: 'hours',
    value: 'N',
    help: 'how many hours before the start are made up, so that graphs are not empty; 0: none',
    default: `${DEFAULTS.hours}`,
    example: '24',
  },
  {
    name: 'failover-every',
    value: 'DURATION',
    help: 'how often another cache becomes the master; 0s: never',
    default: formatDuration(DEFAULTS.failoverEveryMs),
    example: '1m',
  },
  {
    name: 'redis-server',
    value: 'PATH',
    help: 'the program to run',
    default: 'redis-server or valkey-server of the PATH, else it is installed where that needs no password',
    example: '/opt/redis/bin/redis-server',
  },
  { name: 'help', short: 'h', help: 'print this and exit' },
];

export interface CommandLine {
  readonly help: boolean;
  readonly listen: Listen;
  readonly hours: number;
  readonly failoverEveryMs: number;
  readonly redisServer: string | undefined;
}

/** Throws a ConfigError with all that is wrong. */
export function parseOptions(argv: readonly string[]): CommandLine {
  const { isGiven, take, positionals, problems } = readArguments(argv, OPTIONS);
  const options = {
    help: isGiven('help'),
    listen: take('listen', naming(parseListen)) ?? DEFAULTS.listen,
    hours: take('hours', naming(parseHours)) ?? DEFAULTS.hours,
    failoverEveryMs: take('failover-every', naming(parseFailoverEvery)) ?? DEFAULTS.failoverEveryMs,
    redisServer: take('redis-server', naming(parseProgram)),
  };
  for (const text of positionals) {
    problems.push({ path: JSON.stringify(text), message: 'is no option: the demo brings its own servers, see --help' });
  }
  if (!options.help && problems.length > 0) throw new ConfigError(problems);
  return options;
}

/** Puts the text in front of its problem: no option of the demo holds a secret. */
function naming<T>(parse: (text: string) => Parsed<T>): (text: string) => Parsed<T> {
  return (text) => {
    const parsed = parse(text);
    return 'problem' in parsed ? { problem: `${JSON.stringify(text)} ${parsed.problem}` } : parsed;
  };
}

function parseHours(text: string): Parsed<number> {
  const hours = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
  if (hours === undefined) return { problem: 'is no number of hours: write for example 6' };
  return hours > MOST_HOURS ? { problem: `is too much: it must be ${MOST_HOURS} or less` } : { value: hours };
}

function parseFailoverEvery(text: string): Parsed<number> {
  const ms = parseDuration(text);
  if (ms === undefined) return { problem: NOT_A_DURATION };
  if (ms > 0 && ms < LEAST_FAILOVER_MS) {
    return { problem: `is too short: it must be ${formatDuration(LEAST_FAILOVER_MS)} or more, or 0s for never` };
  }
  if (ms > MOST_FAILOVER_MS) return { problem: `is too long: it must be ${formatDuration(MOST_FAILOVER_MS)} or less` };
  return { value: ms };
}

function parseProgram(text: string): Parsed<string> {
  try {
    accessSync(text, constants.X_OK);
    return statSync(text).isFile() ? asItIs(text) : { problem: 'is a directory: name the program in it' };
  } catch {
    return { problem: 'is no program that can be run: give the path of redis-server or valkey-server' };
  }
}

export function helpText(): string {
  return `Usage: npm run demo -- [options]

Shows Redis Vitals with servers of its own: three caches with a sentinel, a cluster of three nodes, clients that
keep them busy, and the collector. All of it is in a temporary directory and gone with Ctrl-C.

Options
${helpTable(optionRows(OPTIONS))}

Durations are written as in Prometheus: 500ms, 10s, 1m30s.
`;
}
