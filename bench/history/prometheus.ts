import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../server/testing/free-port';
import { until } from '../../server/testing/wait';
import type { Processes } from '../lib/processes';
import { startSide, type Side } from '../lib/side';
import type { HistoryBench } from './bench';
import { bytesBelow } from './bytes';
import type { Dataset, Poll } from './dataset';
import { SampleLines } from './sample-lines';
import type { Sink } from './sink';

/** The shortest block, and the longest that promtool makes. */
const BLOCK_MS = 2 * 60 * 60 * 1000;
const WRITE_CHARACTERS = 1 << 20;
/** It looks once a minute for what to compact. */
const COMPACTED_WITHIN_MS = 180_000;
const SETTLED_AFTER_LOOKS = 300;

/** Prometheus' blocks, made by `promtool tsdb create-blocks-from openmetrics` from one file for each two hours. */
export class PrometheusSink implements Sink {
  readonly directory: string;
  private readonly bench: HistoryBench;
  private readonly lines: SampleLines;
  private readonly dataset: Dataset;
  private file: { readonly path: string; readonly descriptor: number; readonly endMs: number } | undefined;
  private text = '';
  private imports: Promise<void> = Promise.resolve();

  constructor(bench: HistoryBench, dataset: Dataset, directory: string) {
    this.bench = bench;
    this.dataset = dataset;
    this.directory = directory;
    this.lines = new SampleLines(dataset);
    mkdirSync(directory);
  }

  add(poll: Poll): void {
    if (poll.atMs >= (this.file?.endMs ?? -Infinity)) this.openNext(poll.atMs);
    this.text += this.lines.of(poll, `${poll.atMs / 1000}`);
    if (this.text.length >= WRITE_CHARACTERS) this.write();
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Behind the data there is a sample in each of the next two blocks: Prometheus leaves its newest blocks as they are,
   * and is to compact all that count.
   */
  async end(): Promise<void> {
    for (const atMs of [this.dataset.toMs, this.dataset.toMs + BLOCK_MS]) {
      this.openNext(atMs);
      this.text = `bench_behind_the_data 1 ${atMs / 1000}\n`;
    }
    this.finish();
    await this.imports;
  }

  private openNext(atMs: number): void {
    this.finish();
    const endMs = (Math.floor(atMs / BLOCK_MS) + 1) * BLOCK_MS;
    const path = `${this.directory}-${endMs}.om`;
    this.file = { path, descriptor: openSync(path, 'w'), endMs };
  }

  private write(): void {
    if (this.file === undefined) return;
    writeSync(this.file.descriptor, this.text);
    this.text = '';
  }

  private finish(): void {
    if (this.file === undefined) return;
    const { path, descriptor } = this.file;
    this.text += '# EOF\n';
    this.write();
    closeSync(descriptor);
    this.imports = this.imports.then(() => this.import(path));
  }

  private async import(path: string): Promise<void> {
    const { processes, tools } = this.bench;
    const args = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', path, this.directory];
    const promtool = processes.start(tools.promtool, args);
    if ((await promtool.exit) !== 0) throw new Error(`promtool failed:\n${promtool.output()}`);
    rmSync(path);
  }
}

/** Starts it on what was imported, scraping nothing. */
export async function startPrometheus(processes: Processes, program: string, directory: string): Promise<Side> {
  const configFile = `${directory}.yml`;
  writeFileSync(configFile, 'scrape_configs: []\n');
  const listen = `127.0.0.1:${await freePort()}`;
  const args = [`--config.file=${configFile}`, `--storage.tsdb.path=${directory}`, `--web.listen-address=${listen}`];
  const isReady = async (url: string): Promise<boolean> => (await fetch(`${url}/-/ready`)).ok;
  return startSide(processes, program, [...args, '--log.level=warn'], listen, isReady);
}

/** Resolves when Prometheus has made larger blocks of those of two hours, where there are several. */
export async function blocksCompacted(directory: string, { fromMs, toMs }: Dataset): Promise<void> {
  if (toMs - fromMs <= BLOCK_MS) return;
  const isSmall = (block: Block): boolean => block.maxMs <= toMs && block.maxMs - block.minMs <= BLOCK_MS;
  let before = '';
  let looks = 0;
  await until(
    () => {
      const found = blocks(directory);
      const names = found.map(({ path }) => path).join();
      looks = names === before ? looks + 1 : 0;
      before = names;
      return looks > SETTLED_AFTER_LOOKS && !found.some(isSmall);
    },
    'Prometheus to compact its blocks',
    COMPACTED_WITHIN_MS
  );
}

/** Bytes of the blocks; the write-ahead log is not counted. */
export function blockBytes(directory: string): number {
  return blocks(directory).reduce((sum, { path }) => sum + bytesBelow(path), 0);
}

interface Block {
  readonly path: string;
  readonly minMs: number;
  readonly maxMs: number;
}

function blocks(directory: string): Block[] {
  const names = readdirSync(directory).filter((name) => /^[0-9A-Z]{26}$/.test(name));
  return names.map((name) => {
    const path = join(directory, name);
    // Safe: every block has this file.
    const meta = JSON.parse(readFileSync(join(path, 'meta.json'), 'utf8')) as { minTime: number; maxTime: number };
    return { path, minMs: meta.minTime, maxMs: meta.maxTime };
  });
}
