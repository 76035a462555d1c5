import type { HistoryReader } from '../history/interfaces';
import type { FamilyDescriptor } from '../model/family';
import { SampleRecorder } from '../model/sample-recorder';
import type { SampleSet } from '../model/samples';

/** A moment at which a window of ten minutes begins. */
export const START_MS = Date.UTC(2026, 0, 31, 18);

const families = new Map<string, FamilyDescriptor>();

/** A family of this name, with the label `db`; the same object each time. */
export function historyFamily(name: string): FamilyDescriptor {
  let family = families.get(name);
  if (family === undefined) {
    const source = { command: 'INFO', section: 'stats', field: name };
    family = { name, type: 'gauge', unit: 'none', help: `Help of ${name}.`, labelNames: ['db'], source };
    families.set(name, family);
  }
  return family;
}

/** Samples by series, written `family` or `family/label`. */
export function samplesOf(values: Readonly<Record<string, number>>): SampleSet {
  const recorder = new SampleRecorder();
  for (const [name, value] of Object.entries(values)) {
    const [family = '', label = ''] = name.split('/');
    recorder.add(historyFamily(family), value, [label]);
  }
  return recorder.finish();
}

/** Points as `[time, value]`, by `target family/label`, or `target family` without a label. */
export type Points = Record<string, [number, number][]>;

/** All points of a store of that time. */
export function pointsOf(reader: HistoryReader, fromMs = 0, toMs = Infinity): Points {
  const series = reader.families().flatMap(({ name }) => reader.series(name));
  const points: Points = {};
  const names = series.map(({ target, series: { family, labels } }) =>
    labels[0] ? `${target} ${family.name}/${labels[0]}` : `${target} ${family.name}`
  );
  reader.read(series, fromMs, toMs, (index, times, values, from, to) => {
    const list = (points[names[index]!] ??= []);
    for (let at = from; at < to; at++) list.push([times[at]!, values[at]!]);
  });
  return points;
}

/** Series of which two stores do not have the same points; for more than an assertion can show. */
export function differences(found: Points, expected: Points): string[] {
  return [...new Set([...Object.keys(found), ...Object.keys(expected)])].filter((name) => {
    const [one = [], other = []] = [found[name], expected[name]];
    return (
      one.length !== other.length || one.some(([atMs, value], at) => atMs !== other[at]![0] || value !== other[at]![1])
    );
  });
}
