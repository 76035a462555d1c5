import { Replies } from '../collectors/replies';
import { ErrorReply, type Reply } from '../model/command';
import { SampleRecorder } from '../model/sample-recorder';
import { makeCollector } from '../testing/make-collector';
import { MOST_SAMPLES, runCollectors, type RestingCollector } from './run-collectors';

const slow = { args: ['SLOWLOG', 'LEN'] } as const;

function replies(slowlog: Reply | ErrorReply): Replies {
  const all = new Map<string, Reply | ErrorReply>([
    ['INFO', 'redis_version:7.2.6\r\n'],
    ['SLOWLOG LEN', slowlog],
  ]);
  return new Replies(all, 'INFO', 0, undefined);
}

/** Names of the series with the values, durations left out. */
function recorded(recorder: SampleRecorder): [string, number][] {
  const { layout, values } = recorder.finish();
  return layout.series.flatMap(({ family, labels }, index): [string, number][] =>
    family.name.endsWith('_seconds') ? [] : [[[family.name, ...labels].join(' '), values[index]!]]
  );
}

const good = makeCollector('good', [slow]);
const broken = makeCollector('broken', [slow], {
  collect(given, sink) {
    good.collect(given, sink);
    throw new TypeError('bad field');
  },
});

describe('runCollectors', () => {
  it('runs them one after the other', () => {
    const recorder = new SampleRecorder();
    const other = makeCollector('other', []);
    expect(runCollectors([good, other], replies(3), recorder, () => 0)).toEqual([]);
    expect(recorded(recorder)).toEqual([
      ['redis_good', 1],
      ['redis_vitals_collector_success good', 1],
      ['redis_other', 0],
      ['redis_vitals_collector_success other', 1],
    ]);
  });

  it.each([
    ['first', [broken, good]],
    ['last', [good, broken]],
  ])('one that throws comes %s: it harms no other and leaves no samples', (_, collectors) => {
    const recorder = new SampleRecorder();
    expect(runCollectors(collectors, replies(3), recorder, () => 0)).toEqual([
      { collector: 'broken', code: 'parse', off: false, message: 'collector broken: bad field' },
    ]);
    expect(recorded(recorder).sort()).toEqual([
      ['redis_good', 1],
      ['redis_vitals_collector_success broken', 0],
      ['redis_vitals_collector_success good', 1],
    ]);
  });

  it('one that gives more than any server has leaves no samples', () => {
    const recorder = new SampleRecorder();
    const flood = (count: number) =>
      makeCollector('flood', [slow], {
        collect(_, sink) {
          for (let number = 0; number < count; number++) sink.add(good.families[0]!, number, [String(number)]);
        },
      });
    expect(runCollectors([flood(MOST_SAMPLES)], replies(3), recorder, () => 0)).toEqual([]);
    expect(recorded(recorder)).toHaveLength(MOST_SAMPLES + 1);
    expect(runCollectors([flood(MOST_SAMPLES + 1), good], replies(3), recorder, () => 0)).toEqual([
      {
        ...{ collector: 'flood', code: 'parse', off: false },
        message: 'collector flood: the server gives more than 100000 samples',
      },
    ]);
    expect(recorded(recorder).map(([name]) => name)).toEqual([
      'redis_vitals_collector_success flood',
      'redis_good',
      'redis_vitals_collector_success good',
    ]);
  });

  it.each([
    ['NOPERM no', 'no_permission', true, 'SLOWLOG LEN answered: NOPERM no: grant +slowlog|len to the user or disable'],
    ["ERR unknown command 'SLOWLOG'", 'unknown_command', true, "answered: ERR unknown command 'SLOWLOG': the server"],
    ['ERR out of luck', 'error_reply', false, 'SLOWLOG LEN answered: ERR out of luck'],
    ['BUSY no', 'busy', false, 'SLOWLOG LEN answered: BUSY no; a script or function'],
  ])('an error reply fails the collector that needs it: %s', (said, code, off, message) => {
    expect(runCollectors([good], replies(new ErrorReply(said)), new SampleRecorder(), () => 0)).toEqual([
      { collector: 'good', code, off, message: expect.stringContaining(message) as string },
    ]);
  });

  it('has a collector rest that wants to: until then it gives its last samples again', () => {
    const recorder = new SampleRecorder();
    const resting = new Map<string, RestingCollector>();
    const counting = makeCollector('dear', [slow], {
      everyMs: 5000,
      collect: (given, sink) => sink.add(counting.families[0]!, given.integer('SLOWLOG LEN')),
    });
    const run = (length: number) => {
      runCollectors([counting], replies(length), recorder, () => 100, resting);
      return Object.fromEntries(recorded(recorder))['redis_dear'];
    };
    expect(run(1)).toBe(1);
    expect(resting.get('dear')?.untilMs).toBe(5100);
    expect(run(2)).toBe(1);
    resting.clear();
    expect(run(3)).toBe(3);
    expect(run(4)).toBe(3);
  });

  it('has no collector rest that failed', () => {
    const resting = new Map<string, RestingCollector>();
    runCollectors([{ ...broken, everyMs: 5000 }, good], replies(1), new SampleRecorder(), () => 0, resting);
    expect(resting.size).toBe(0);
  });

  it('says how long each took, in seconds', () => {
    let nowMs = 1000;
    const recorder = new SampleRecorder();
    runCollectors([good, broken], replies(3), recorder, () => (nowMs += 1.5));
    const { layout, values } = recorder.finish();
    const durations = layout.series.flatMap(({ family, labels }, index) =>
      family.name === 'redis_vitals_collector_duration_seconds' ? [[labels[0], values[index]]] : []
    );
    expect(durations).toEqual([
      ['good', 0.0015],
      ['broken', 0.0015],
    ]);
  });
});
