import type { HistoryReader } from '../history/interfaces';
import type { ExportFormat } from './format';
import type { Done } from './progress';
import { listMetrics, readWindows, type Selection } from './walk';

/** Text is handed on in pieces of about this many characters. */
const PIECE = 64 * 1024;

/**
 * The text of an export, piece by piece: families by name, each series whole, its samples in the order of time.
 * `onProgress` is told how many of the series are written.
 */
export function* exportText(
  reader: HistoryReader,
  selection: Selection,
  format: ExportFormat,
  onProgress: (done: Done) => void
): Generator<string> {
  const metrics = listMetrics(reader, selection);
  let text = format.head;
  let lastName: string | undefined;
  const total = metrics.reduce((sum, { series }) => sum + series.length, 0);
  let done = 0;
  let samples = 0;
  for (const metric of metrics) {
    const writers = metric.series.map((series) => format.lineWriter(series));
    for (const window of readWindows(reader, metric, selection)) {
      if (window.samples.length > 0 && metric.name !== lastName) {
        text += format.familyHead(metric.family, metric.name);
        lastName = metric.name;
      }
      for (const { at, timeMs, value } of window.samples) {
        text += writers[at]?.(timeMs, value) ?? '';
        if (text.length < PIECE) continue;
        yield text;
        text = '';
      }
      samples += window.samples.length;
      onProgress({ done: done + window.progress * metric.series.length, total, samples });
    }
    done += metric.series.length;
  }
  onProgress({ done, total, samples });
  yield text + format.tail;
}
