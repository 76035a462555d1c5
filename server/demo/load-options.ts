import { helpTable, optionRows, readArguments, type Option } from '../config/arguments';
import { parseHostPort, type HostPort } from '../config/host-port';
import type { Parsed } from '../config/parsed';
import { parseTargetUrl } from '../config/target-url';
import { ConfigError } from '../errors';
import { placeOfSentinels, placeOfUrl, type Place } from './load/place';

const DEFAULT_MASTER = 'mymaster';

const OPTIONS: readonly Option[] = [
  {
    name: 'redis',
    value: 'URL',
    repeatable: true,
    help: 'a server to keep busy; several, separated by commas, or the option several times',
    example: 'redis://cache-1:6379',
  },
  {
    name: 'sentinel',
    value: 'HOST:PORT',
    repeatable: true,
    help: 'a sentinel that knows the master; several are those of one master',
    example: 'sentinel-1:26379',
  },
  {
    name: 'master',
    value: 'NAME',
    help: 'what the sentinels call the master',
    default: DEFAULT_MASTER,
    example: 'cache',
  },
  { name: 'help', short: 'h', help: 'print this and exit' },
];

export interface LoadOptions {
  readonly help: boolean;
  readonly places: readonly Place[];
}

/** Throws a ConfigError with all that is wrong. */
export function parseLoadOptions(argv: readonly string[]): LoadOptions {
  const { isGiven, take, takeAll, positionals, problems } = readArguments(argv, OPTIONS);
  const help = isGiven('help');
  const urls = takeAll('redis', listOf(parseTargetUrl)).flat();
  const sentinels = takeAll('sentinel', listOf(parseSentinel)).flat();
  const master = take('master', (text) => ({ value: text })) ?? DEFAULT_MASTER;
  positionals.forEach((_, index) =>
    problems.push({ path: `argument ${index + 1}`, message: 'is no option: write --redis in front of a URL' })
  );
  if (isGiven('master') && !isGiven('sentinel')) {
    problems.push({ path: '--master', message: 'means nothing without --sentinel: give it, too' });
  }
  if (!isGiven('redis') && !isGiven('sentinel')) {
    problems.push({ path: '--redis', message: 'is missing: give it, or --sentinel, or both' });
  }
  if (!help && problems.length > 0) throw new ConfigError(problems);
  const places = [...urls.map(placeOfUrl), ...(sentinels.length > 0 ? [placeOfSentinels(sentinels, master)] : [])];
  return { help, places };
}

/** Texts between commas; the first one that is refused speaks for all. */
function listOf<T>(parse: (text: string) => Parsed<T>): (text: string) => Parsed<readonly T[]> {
  return (text) => {
    const values: T[] = [];
    for (const [index, one] of text.split(',').entries()) {
      const parsed = parse(one);
      if ('problem' in parsed)
        return { problem: index === 0 ? parsed.problem : `number ${index + 1} ${parsed.problem}` };
      values.push(parsed.value);
    }
    return { value: values };
  };
}

function parseSentinel(text: string): Parsed<HostPort> {
  const parsed = parseHostPort(text);
  return 'value' in parsed && parsed.value.host === '' ? { problem: 'has no host: write sentinel-1:26379' } : parsed;
}

export function loadHelpText(): string {
  return `Usage: node dist/server/demo/load-main.js --redis URL [--sentinel HOST:PORT --master NAME]

Keeps Redis and Valkey servers busy, as the clients of a shop would: sessions, carts, queues, streams, a few
slow commands and mistakes, more and less by turns. It writes to keys of its own and deletes nothing else, but
fills a memory that has a limit: use it with servers for demonstrations only.

Options
${helpTable(optionRows(OPTIONS))}

A URL is written as for redis-vitals. A replica is only read; a node of a cluster gets keys of its own slots. The
master of sentinels is followed through failovers, and its replicas are read. Servers that vanish are waited for.
SIGTERM and Ctrl-C end it.
`;
}
