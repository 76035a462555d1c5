import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { FIRST_PAGE, withGoals } from './first-page';
import { LoadWatch } from './load-watch';
import { describeMachine } from './machine';
import { evaluate } from './measurement';
import type { PartPage, PartSize } from './part';
import { drawCurve } from './picture';
import type { Processes } from './processes';
import { ROOT } from './project';
import { renderReport } from './report';
import type { Section } from './section';

const PICTURES = 'docs/img';

export interface PartRun {
  readonly name: string;
  readonly page: PartPage;
  readonly size: PartSize;
  /** The page is written to stdout, not to its file. */
  readonly isShown: boolean;
}

export interface PartOutcome {
  /** Goals that were missed. */
  readonly missed: readonly string[];
  /** Why there is no page. */
  readonly failure?: string;
}

/** Measures a part and writes, or only shows, its page. A failure is its own: what other parts measured stays. */
export async function runPart(run: PartRun, processes: Processes): Promise<PartOutcome> {
  const watch = new LoadWatch(processes);
  try {
    const part = run.page.make({ processes, watch }, run.size);
    const sections = await part.measure();
    const text = renderReport({
      ...part,
      date: new Date().toISOString().slice(0, 10),
      setup: [...describeMachine(), ...part.tools],
      otherShares: watch.otherShares,
      sections,
      command: `npm run bench -- --only ${run.name}`,
    });
    await publish(run, text, sections);
    return { missed: sections.flatMap(missedGoals) };
  } catch (error) {
    return { missed: [], failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    await processes.stopAll();
  }
}

/** Writes the first page with the goals of all pages. */
export async function writeFirstPage(pages: readonly PartPage[]): Promise<void> {
  const path = join(ROOT, FIRST_PAGE);
  writeFileSync(path, await formatted(path, withGoals(readPage(FIRST_PAGE) ?? '# Benchmarks\n', pages, readPage)));
}

/** Undefined: it has not been written yet. */
function readPage(document: string): string | undefined {
  const path = join(ROOT, document);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

async function publish({ page, isShown }: PartRun, text: string, sections: readonly Section[]): Promise<void> {
  const path = join(ROOT, page.document);
  const document = await formatted(path, text);
  if (isShown) process.stdout.write(document);
  else writeFileSync(path, document);
  for (const { curve } of isShown ? [] : sections)
    if (curve !== undefined) writePicture(curve.picture, drawCurve(curve));
}

function writePicture(name: string, picture: string): void {
  const path = join(ROOT, PICTURES, `${name}.svg`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, picture);
}

async function formatted(path: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(path)), parser: 'markdown' });
}

function missedGoals({ title, measurements }: Section): string[] {
  return measurements.filter((row) => evaluate(row).isMet === false).map((row) => `${title}: ${row.name}`);
}
