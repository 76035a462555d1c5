import { randomInteger, randomNumbers } from '../testing/random';
import type { FamilyDescriptor } from './family';
import { SampleRecorder, seriesKey } from './sample-recorder';
import type { SamplePart, SampleSet } from './samples';

function family(name: string): FamilyDescriptor {
  return { name, type: 'gauge', unit: 'none', help: '', labelNames: ['label'], source: { command: 'INFO' } };
}

const FAMILIES = ['redis_a', 'redis_b', 'redis_c', 'redis_d'].map(family);
const [a, b, c] = FAMILIES as [FamilyDescriptor, FamilyDescriptor, FamilyDescriptor];

/** A poll in which each of these families gives one sample, 1, 2, 3... */
function poll(recorder: SampleRecorder, ...families: FamilyDescriptor[]): SampleSet {
  families.forEach((one, index) => recorder.add(one, index + 1));
  return recorder.finish();
}

function names({ layout }: SampleSet): string[] {
  return layout.series.map((series) => series.family.name);
}

describe('SampleRecorder', () => {
  it('begins with nothing', () => {
    const empty = new SampleRecorder().finish();
    expect([names(empty), empty.values.length]).toEqual([[], 0]);
  });

  it('gives the samples in the order they came, with part and labels', () => {
    const recorder = new SampleRecorder();
    recorder.add(b, 1.5, ['x']);
    recorder.add(a, -1, ['0.5'], '_bucket');
    const { layout, values } = recorder.finish();
    expect(layout.series).toEqual([
      { family: b, part: '', labels: ['x'] },
      { family: a, part: '_bucket', labels: ['0.5'] },
    ]);
    expect([...values]).toEqual([1.5, -1]);
  });

  it('keeps the layout while nothing comes or goes, and hands out values of their own', () => {
    const recorder = new SampleRecorder();
    const first = poll(recorder, a, b);
    recorder.add(a, 10);
    recorder.add(b, 20);
    const second = recorder.finish();
    expect(second.layout).toBe(first.layout);
    expect([[...first.values], [...second.values]]).toEqual([
      [1, 2],
      [10, 20],
    ]);
  });

  it.each([
    ['one comes first', [a, b], [c, a, b]],
    ['one comes last', [a, b], [a, b, c]],
    ['one goes first', [a, b, c], [b, c]],
    ['one goes in between', [a, b, c], [a, c]],
    ['one goes last', [a, b, c], [a, b]],
    ['all go', [a, b], []],
    ['the order changes', [a, b, c], [c, a, b]],
    ['all are others', [a], [b, c]],
  ])('changes the layout when %s, and keeps the series that stay', (_, before, after) => {
    const recorder = new SampleRecorder();
    const first = poll(recorder, ...before);
    const second = poll(recorder, ...after);
    expect(names(second)).toEqual(after.map(({ name }) => name));
    expect([...second.values]).toEqual(after.map((_, index) => index + 1));
    expect(second.layout).not.toBe(first.layout);
    for (const series of second.layout.series) {
      const known = first.layout.series.find((one) => one.family === series.family);
      if (known !== undefined) expect(series).toBe(known);
    }
    expect(poll(recorder, ...after).layout).toBe(second.layout);
  });

  it('shares series and layout with every other recorder that has the same', () => {
    const [one, other] = [new SampleRecorder(), new SampleRecorder()];
    expect(poll(one, a, b).layout).toBe(poll(other, a, b).layout);
    expect(poll(one, b).layout.series[0]).toBe(poll(other, a, b).layout.series[1]);
  });

  it('tells series apart by labels, part and family', () => {
    const recorder = new SampleRecorder();
    recorder.add(a, 1, ['x', 'y']);
    recorder.add(a, 2, ['x']);
    recorder.add(a, 3, ['x', 'z']);
    recorder.add(a, 4, ['x'], '_sum');
    recorder.add(b, 5, ['x']);
    expect([...recorder.finish().values]).toEqual([1, 2, 3, 4, 5]);
  });

  it('keeps the first of two values for one series, and the layout when that happens again', () => {
    const recorder = new SampleRecorder();
    const twice = () => {
      for (const [value, label] of [
        [1, 'x'],
        [2, 'y'],
        [3, 'x'],
      ] as const)
        recorder.add(a, value, [label]);
      return recorder.finish();
    };
    const first = twice();
    expect([...first.values]).toEqual([1, 2]);
    expect(twice().layout).toBe(first.layout);
  });

  it('takes families of one name for one', () => {
    const recorder = new SampleRecorder();
    const set = poll(recorder, a, family('redis_a'));
    expect([...set.values]).toEqual([1]);
  });

  it('takes back what came after a mark', () => {
    const recorder = new SampleRecorder();
    recorder.add(a, 1);
    const mark = recorder.mark();
    recorder.add(b, 2);
    recorder.add(c, 3);
    recorder.rollback(mark);
    recorder.add(c, 4);
    const set = recorder.finish();
    expect([names(set), [...set.values]]).toEqual([
      ['redis_a', 'redis_c'],
      [1, 4],
    ]);
  });

  it('keeps the layout when what was taken back comes again', () => {
    const recorder = new SampleRecorder();
    const first = poll(recorder, a, b);
    recorder.rollback(recorder.mark());
    recorder.add(a, 1);
    const mark = recorder.mark();
    recorder.add(b, 2);
    recorder.rollback(mark);
    recorder.add(b, 3);
    const second = recorder.finish();
    expect(second.layout).toBe(first.layout);
    expect([...second.values]).toEqual([1, 3]);
  });

  it('gives samples again as they were, within the same layout', () => {
    const recorder = new SampleRecorder();
    const first = (() => {
      recorder.add(a, 1);
      const mark = recorder.mark();
      recorder.add(b, 2, ['x'], '_sum');
      recorder.add(c, 3);
      const samples = recorder.since(mark);
      recorder.add(a, 4, ['last']);
      return { samples, set: recorder.finish() };
    })();
    recorder.add(a, 10);
    recorder.repeat(first.samples);
    recorder.add(a, 40, ['last']);
    const second = recorder.finish();
    expect([...second.values]).toEqual([10, 2, 3, 40]);
    expect(second.layout).toBe(first.set.layout);
  });

  it('holds as many samples as there are', () => {
    const recorder = new SampleRecorder();
    for (let index = 0; index < 1000; index++) recorder.add(a, index, [`${index}`]);
    const { layout, values } = recorder.finish();
    expect(layout.series.map(({ labels }) => Number(labels[0]))).toEqual([...values]);
    expect(values.length).toBe(1000);
  });
});

describe('whatever comes in whatever order, SampleRecorder gives what a Map would', () => {
  const PARTS: readonly SamplePart[] = ['', '_sum'];
  interface Sample {
    readonly family: FamilyDescriptor;
    readonly labels: string[];
    readonly part: SamplePart;
  }

  it.each([1, 2, 3, 4, 5])('seed %d', (seed) => {
    const random = randomNumbers(seed);
    const recorder = new SampleRecorder();
    let before: { keys: string[]; layout: unknown } = { keys: [], layout: recorder.finish().layout };
    let samples: Sample[] = [];
    for (let round = 0; round < 300; round++) {
      samples = changed(samples, random);
      const model = new Map<string, number>();
      samples.forEach(({ family, labels, part }, index) => {
        const mark = recorder.mark();
        recorder.add(family, index, labels, part);
        const key = seriesKey({ family, labels, part });
        if (random() < 0.02) recorder.rollback(mark);
        else if (!model.has(key)) model.set(key, index);
      });
      const { layout, values } = recorder.finish();
      const keys = layout.series.map(seriesKey);
      expect(keys.map((key, index) => [key, values[index]])).toEqual([...model]);
      expect(values.length).toBe(keys.length);
      expect(layout === before.layout).toBe(keys.join() === before.keys.join());
      before = { keys, layout };
    }
  });

  it('does not compare all names with all of before when they are others in each poll', () => {
    const NAMES = 3000;
    let looks = 0;
    const get = (label: string) => {
      looks++;
      return label;
    };
    const counted = (label: string): readonly string[] => Object.defineProperty([label], 0, { get: () => get(label) });
    const recorder = new SampleRecorder();
    for (const poll of ['first', 'second']) {
      for (let name = 0; name < NAMES; name++) recorder.add(a, name, counted(`${poll} ${name}`));
      recorder.finish();
    }
    expect(looks).toBeLessThan(NAMES * 300);
  });

  /** Mostly the samples of the poll before, as with a real server; now and then some come, go, move or double. */
  function changed(before: readonly Sample[], random: () => number): Sample[] {
    const any = <T>(list: readonly T[]): T => list[randomInteger(random, list.length)]!;
    const samples = before.slice();
    for (let changes = random() < 0.5 ? 0 : randomInteger(random, 4); changes > 0; changes--) {
      const sample = { family: any(FAMILIES), labels: [any(['x', 'y', 'z'])], part: any(PARTS) };
      const at = randomInteger(random, samples.length + 1);
      samples.splice(at, randomInteger(random, 3), ...(random() < 0.7 ? [sample] : []));
      if (random() < 0.2 && samples.length > 0) samples.push(samples.splice(0, 1)[0]!);
    }
    return samples.slice(0, 40);
  }
});
