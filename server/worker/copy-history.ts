import type { StoredSeries } from '../history/interfaces';
import type { Store } from '../history/store';
import { SampleRecorder } from '../model/sample-recorder';

const EVERYTHING = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit: Number.MAX_SAFE_INTEGER };

/** Gives all that one store holds to another: samples poll by poll, slow-log entries and events. */
export function copyHistory(from: Store, to: Store): void {
  for (const target of from.targets()) copyTarget(from, to, target);
  to.log.addEntries(from.log.entries(EVERYTHING));
  to.log.addEvents(from.log.events(EVERYTHING));
}

function copyTarget(from: Store, to: Store, target: string): void {
  const series = from.families().flatMap(({ name }) => from.series(name, [target]));
  const polls = pollsOf(from, series);
  const recorder = new SampleRecorder();
  for (const atMs of [...polls.keys()].sort((a, b) => a - b)) {
    for (const [index, value] of polls.get(atMs) ?? []) {
      const { family, labels, part } = (series[index] as StoredSeries).series; // safe: an index `read` gave
      recorder.add(family, value, labels, part);
    }
    to.append(target, atMs, recorder.finish());
  }
}

/** By time: which series had which value, in the order of the series. */
function pollsOf(from: Store, series: readonly StoredSeries[]): Map<number, Map<number, number>> {
  const polls = new Map<number, Map<number, number>>();
  series.forEach((one, index) =>
    from.read([one], EVERYTHING.fromMs, EVERYTHING.toMs, (_, times, values, start, end) => {
      for (let at = start; at < end; at++) {
        const atMs = times[at] as number;
        let poll = polls.get(atMs);
        if (poll === undefined) polls.set(atMs, (poll = new Map<number, number>()));
        poll.set(index, values[at] as number);
      }
    })
  );
  return polls;
}
