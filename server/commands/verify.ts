import { readFileSync } from 'node:fs';
import { asItIs, helpTable, type Option, optionRows, readArguments } from '../config/arguments';
import { findDataDirectory } from '../config/data-directory';
import { COMMON_OPTIONS } from '../config/options';
import type { ConfigProblem } from '../errors';
import { verifyStore, type VerifyReport } from '../history/verify';
import { systemClock } from '../util/clock';
import { formatDuration } from '../util/duration';
import { showProgress } from './progress';
import { refuse } from './refuse';
import { refuseMissingStore } from './store-files';
import { type Streams, writePieces } from './streams';
import { count, countOf } from './words';

const CLEAN = 0;
const PROBLEMS = 1;

const OPTIONS: readonly Option[] = [
  { ...COMMON_OPTIONS.config, help: 'YAML file of which only history.directory counts' },
  COMMON_OPTIONS.help,
];

const HELP = `Usage: redis-vitals verify [options] [DIR]

Reads all of the history in DIR (default history.directory of --config, or ./data) and lists what is wrong
with it; also while a collector adds to it. Nothing is changed. The exit code is 0 if all is well, 1 if not,
2 if the arguments are wrong or there is no history.

${helpTable(optionRows(OPTIONS))}
`;

/**
 * `redis-vitals verify`: checks a store. Resolves to the exit code; rejects with a ConfigError for bad arguments, and with
 * a HistoryError when it cannot be opened.
 */
export async function run(argv: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  const { isGiven, take, positionals, problems } = readArguments(argv, OPTIONS);
  if (isGiven('help')) {
    stdout.write(HELP);
    return CLEAN;
  }
  const [dataDirectory, ...tooMany] = positionals;
  const found = findDataDirectory({ dataDirectory, configFile: take('config', asItIs) }, (path) =>
    readFileSync(path, 'utf8')
  );
  refuse([...problems, ...found.problems, ...tooMany.map(tooManyProblem)]);
  const { directory, path } = found;
  refuseMissingStore(directory, path === '--data' ? 'DIR' : path);
  const progress = showProgress(stderr, 'Verifying', 'blocks', systemClock);
  const verified = verifyStore(directory, (done, total) => progress.update({ done, total }));
  progress.end();
  await writePieces(report(directory, verified), stdout);
  return verified.problems.length === 0 ? CLEAN : PROBLEMS;
}

function tooManyProblem(_: string, index: number): ConfigProblem {
  return { path: `argument ${index + 2}`, message: 'is one too many: verify one directory at a time' };
}

function* report(directory: string, verified: VerifyReport): Generator<string> {
  const { blocks, samples, series, targets, journalRows, fromMs, toMs, problems } = verified;
  yield `${directory}\n`;
  yield `  samples  ${count(samples)} of ${count(series)} series of ${countOf(targets, 'target')}\n`;
  yield `  stored   ${countOf(blocks, 'block')}, ${countOf(journalRows, 'journal row')}\n`;
  if (fromMs !== undefined && toMs !== undefined) yield `  time     ${span(fromMs, toMs)}\n`;
  yield problems.length === 0 ? '  No problems.\n' : `  ${countOf(problems.length, 'problem')}:\n`;
  for (const problem of problems) yield `    ${problem}\n`;
}

/** `2026-01-31T18:00:00Z to 2026-02-01T18:30:00Z (24h30m)`. */
function span(fromMs: number, toMs: number): string {
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString().replace(/\.\d+/, ''));
  return `${from} to ${to} (${formatDuration(Math.round((toMs - fromMs) / 1000) * 1000)})`;
}
