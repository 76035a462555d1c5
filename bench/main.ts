import { parseArgs } from 'node:util';
import { collectorPart } from './collector/part';
import { framesPart } from './frames/part';
import { historyPart } from './history/part';
import { FIRST_PAGE } from './lib/first-page';
import type { PartPage } from './lib/part';
import { Processes } from './lib/processes';
import { runPart, writeFirstPage } from './lib/run-part';
import { scalingPart } from './scaling/part';
import { soakPart } from './soak/part';

const PAGES: Readonly<Record<string, PartPage>> = {
  collector: { make: collectorPart, title: 'Beside redis_exporter', document: FIRST_PAGE },
  history: { make: historyPart, title: 'The history', document: 'docs/benchmarks-history.md' },
  frames: { make: framesPart, title: 'Data frames', document: 'docs/benchmarks-frames.md' },
  scaling: { make: scalingPart, title: 'Scale', document: 'docs/benchmarks-scaling.md' },
  soak: { make: soakPart, title: 'Soak', document: 'docs/benchmarks-soak.md' },
};
/** Takes an hour: it runs only when it is asked for. A missed goal always makes it fail. */
const LONG = 'soak';

const OPTIONS = {
  only: { type: 'string' },
  check: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  minutes: { type: 'string' },
} as const;

const HELP = `npm run bench -- [--only ${Object.keys(PAGES).join('|')}] [--check] [--quick] [--minutes N]`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS });
  const { only, minutes, quick, check } = values;
  const isShown = quick || check || minutes !== undefined;
  const names = Object.keys(PAGES).filter((name) => (only === undefined ? name !== LONG : name === only));
  if (names.length === 0) throw new Error(`--only is one of: ${Object.keys(PAGES).join(', ')}`);
  if (minutes !== undefined && !(only === LONG && Number(minutes) > 0)) {
    throw new Error(`--minutes is a number above 0, and belongs to --only ${LONG}`);
  }
  const processes = new Processes();
  const size = { isQuick: quick, ...(minutes !== undefined && { minutes: Number(minutes) }) };
  const problems: string[] = [];
  for (const [at, name] of names.entries()) {
    process.stderr.write(`== ${name} (${at + 1} of ${names.length})\n`);
    const { missed, failure } = await runPart({ name, page: PAGES[name]!, size, isShown }, processes);
    if (!isShown) await writeFirstPage(Object.values(PAGES));
    if (failure !== undefined) problems.push(`${name} failed: ${failure}`);
    else if (check || name === LONG) problems.push(...missed.map((goal) => `goal missed: ${goal}`));
    else for (const goal of missed) process.stderr.write(`goal missed: ${goal}\n`);
  }
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${HELP}\n`);
    process.exit(2);
  }
);
