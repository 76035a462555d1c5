import { ConfigError } from '../errors';
import { Load } from './load/load';
import { LOAD_RUNS } from './load/words';
import { loadHelpText, parseLoadOptions } from './load-options';

const EXIT = { ok: 0, badArguments: 2 } as const;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function run(argv: readonly string[]): Promise<void> {
  const { help, places } = parseLoadOptions(argv);
  if (help) {
    process.stdout.write(loadHelpText());
    return;
  }
  const loads = places.map((place) => new Load(place, { say, random: Math.random }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      for (const load of loads) load.close();
      process.exit(EXIT.ok);
    });
  }
  say(`keeping busy: ${places.map(({ name }) => name).join(', ')}`);
  await Promise.all(loads.map((load) => load.start()));
  say(LOAD_RUNS);
}

run(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`The arguments are refused:\n${error.message.replace(/^/gm, '  ')}\n`);
  process.exitCode = EXIT.badArguments;
});
