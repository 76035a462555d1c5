import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { collectorPart } from './collector/part';
import { framesPart } from './frames/part';
import { historyPart } from './history/part';
import { LoadWatch } from './lib/load-watch';
import { describeMachine } from './lib/machine';
import { evaluate } from './lib/measurement';
import type { MakePart } from './lib/part';
import { Processes } from './lib/processes';
import { ROOT } from './lib/project';
import { renderReport } from './lib/report';

const PARTS: Readonly<Record<string, MakePart>> = {
  collector: collectorPart,
  history: historyPart,
  frames: framesPart,
};

interface Flags {
  readonly quick: boolean;
  readonly check: boolean;
}

/** Measures a part and writes, or only shows, its document; gives the goals that were missed. */
async function run(name: string, make: MakePart, processes: Processes, { quick, check }: Flags): Promise<string[]> {
  const watch = new LoadWatch(processes);
  const part = make({ processes, watch }, quick);
  const sections = await part.measure();
  await processes.stopAll();

  const path = join(ROOT, part.document);
  const report = renderReport({
    ...part,
    date: new Date().toISOString().slice(0, 10),
    setup: [...describeMachine(), ...part.tools],
    otherShares: watch.otherShares,
    sections,
    command: `npm run bench -- --only ${name}`,
  });
  const document = await format(report, { ...(await resolveConfig(path)), parser: 'markdown' });
  if (quick || check) process.stdout.write(document);
  else writeFileSync(path, document);
  return sections.flatMap(({ title, measurements }) =>
    measurements.filter((row) => evaluate(row).isMet === false).map((row) => `${title}: ${row.name}`)
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      check: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const chosen = Object.entries(PARTS).filter(([name]) => values.only === undefined || values.only === name);
  if (chosen.length === 0) throw new Error(`--only is one of: ${Object.keys(PARTS).join(', ')}`);
  const processes = new Processes();
  const missed: string[] = [];
  for (const [name, make] of chosen) missed.push(...(await run(name, make, processes, values)));
  for (const goal of missed) process.stderr.write(`goal missed: ${goal}\n`);
  process.exit(values.check && missed.length > 0 ? 1 : 0);
}

void main();
