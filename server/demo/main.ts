import { formatListen, isLoopback } from '../config/listen';
import { ConfigError } from '../errors';
import { formatDuration } from '../util/duration';
import { startDemo, type Demo } from './demo';
import { helpText, parseOptions, type CommandLine } from './options';

const EXIT = { ok: 0, failure: 1, badArguments: 2 } as const;

/** npm hands a Ctrl-C on to us, who have got it already: so soon it is the same one. */
const SAME_SIGNAL_MS = 300;

function say(line: string): void {
  const time = new Date().toTimeString().slice(0, 8);
  process.stdout.write(`${time}  ${line}\n`);
}

/** Aborted by the first signal; a second one ends this process at once, and the guard does the rest. */
function untilStopped(): AbortSignal {
  const stopping = new AbortController();
  let firstMs = Infinity;
  const stop = (): void => {
    if (stopping.signal.aborted && performance.now() - firstMs > SAME_SIGNAL_MS) process.exit(EXIT.failure);
    if (stopping.signal.aborted) return;
    firstMs = performance.now();
    say('stopping; everything is removed');
    stopping.abort(new Error('it was stopped'));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  return stopping.signal;
}

async function run(options: CommandLine): Promise<number> {
  const { listen, hours, failoverEveryMs, redisServer } = options;
  const signal = untilStopped();
  const startedAt = performance.now();
  try {
    const demo = await startDemo({
      listen,
      hours,
      failoverEveryMs,
      log: say,
      signal,
      ...(redisServer !== undefined && { redisServer }),
    });
    say(`ready after ${Math.round((performance.now() - startedAt) / 1000)} s`);
    process.stdout.write(whatToOpen(demo, options));
    const failed = await Promise.race([demo.failure, aborted(signal)]);
    if (failed === undefined) await demo.close();
    else throw failed;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return EXIT.ok;
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined));
  });
}

function whatToOpen({ url, targets }: Demo, { listen, hours, failoverEveryMs }: CommandLine): string {
  const servers = Object.entries(targets).map(([name, { port }]) => `${name} ${port}`);
  const open = isLoopback(listen.host)
    ? ''
    : `\n  It serves on ${formatListen(listen)}: whoever reaches that can see it.`;
  const past =
    hours === 0
      ? ''
      : `\n  The ${hours} h before the start are made up from a few real polls; what is since then is real.`;
  const next = failoverEveryMs === 0 ? '' : ` A failover comes every ${formatDuration(failoverEveryMs)}.`;
  return `
  Open         ${url}/
  Metrics      ${url}/metrics
  Ask the API  curl -s ${url}/api/v1/query -H 'Content-Type: application/json' \\
                 -d '{"from": "now-1h", "to": "now", "queries": [{"refId": "A", "fields": ["hit_ratio"]}]}'
  Grafana      add a data source "Redis Vitals" with the URL ${url}
  Servers      ${servers.join(', ')} (ports of 127.0.0.1)
${past}${open}
  Slow commands come every minute or so.${next} Ctrl-C ends all of it.

`;
}

async function main(argv: readonly string[]): Promise<number> {
  const options = parseOptions(argv);
  if (!options.help) return run(options);
  process.stdout.write(helpText());
  return EXIT.ok;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isRefused = error instanceof ConfigError;
    const message = error instanceof Error ? error.message : String(error);
    const lines = message.replace(/^/gm, '  ');
    process.stderr.write(isRefused ? `The options are refused:\n${lines}\n` : `The demo has failed:\n${lines}\n`);
    process.exit(isRefused ? EXIT.badArguments : EXIT.failure);
  }
);
