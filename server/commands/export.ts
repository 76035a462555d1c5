import { createWriteStream, readFileSync } from 'node:fs';
import { findDataDirectory } from '../config/data-directory';
import { openDiskStore } from '../history/disk-store';
import type { HistoryReader } from '../history/interfaces';
import { systemClock } from '../util/clock';
import { exportHelp, type ExportOptions, parseExportOptions } from './export-options';
import { exportText } from './export-text';
import { FORMATS } from './format';
import { type Done, showProgress } from './progress';
import { refuse, unknownNames } from './refuse';
import { refuseMissingStore } from './store-files';
import { type Output, type Streams, writePieces } from './streams';
import { countOf, sizeText } from './words';

/**
 * `redis-vitals export`: writes samples as text. Resolves to the exit code; rejects with a ConfigError for bad
 * arguments, and with an Error when the output cannot be written or something cannot be read.
 */
export async function run(argv: readonly string[], streams: Streams): Promise<number> {
  const options = parseExportOptions(argv, systemClock.now());
  if (options.help) {
    streams.stdout.write(exportHelp());
    return 0;
  }
  const { directory, path, problems } = findDataDirectory(options, (path) => readFileSync(path, 'utf8'));
  refuse([...options.problems, ...problems]);
  refuseMissingStore(directory, path);
  const store = openDiskStore({
    directory,
    readOnly: true,
    retentionMs: Number.MAX_SAFE_INTEGER,
    now: () => systemClock.now(),
  });
  try {
    await writeExport(store, options, streams);
    const { problem } = store.status();
    if (problem !== undefined) throw new Error(`the export is not complete: ${problem}`);
  } finally {
    store.close();
  }
  return 0;
}

/** Writes what is selected to where it is asked for; a reader that goes away (`| head`) ends it, without an error. */
export async function writeExport(reader: HistoryReader, options: ExportOptions, streams: Streams): Promise<void> {
  refuse([
    ...unknownNames('--target', options.targets, reader.targets()),
    ...unknownNames(
      '--field',
      options.families,
      reader.families().map(({ name }) => name)
    ),
  ]);
  const { outputFile, format } = options;
  const output: Output = outputFile === undefined ? streams.stdout : createWriteStream(outputFile);
  // On one terminal the bar would stand amid the samples.
  const progress = output.isTTY ? undefined : showProgress(streams.stderr, 'Exporting', 'series', systemClock);
  let samples = 0;
  let bytes = 0;
  const pieces = function* () {
    const report = (done: Done) => {
      samples = done.samples ?? 0;
      progress?.update(done);
    };
    for (const text of exportText(reader, options, FORMATS[format], report)) {
      bytes += Buffer.byteLength(text);
      yield text;
    }
  };
  try {
    await writePieces(pieces(), output, outputFile);
  } finally {
    progress?.end();
  }
  if (!output.isTTY) {
    streams.stderr.write(`Exported ${countOf(samples, 'sample')} (${sizeText(bytes)}).\n`);
  }
}
