import type { FamilyDescriptor, FamilyType } from '../model/family';
import { SampleRecorder } from '../model/sample-recorder';
import type { SamplePart, SampleSet } from '../model/samples';
import { parseExposition, sampleValue } from '../testing/exposition';
import { randomInteger, randomNumbers } from '../testing/random';
import type { Format, PageEntry } from './page';
import { PageWriter } from './page-writer';

type Sample = readonly [family: FamilyDescriptor, value: number, labels?: readonly string[], part?: SamplePart];

function family(type: FamilyType, name: string, ...labelNames: readonly string[]): FamilyDescriptor {
  return { name, type, unit: 'none', help: 'Help.', labelNames, source: { command: 'INFO' } };
}

const up = family('gauge', 'redis_up');
const forks = family('counter', 'redis_forks_total');
const reads = family('counter', 'redis_total_reads_processed');
const keys = family('gauge', 'redis_db_keys', 'db');
const instance = {
  ...family('info', 'redis_instance_info', 'role', 'version', 'stage'),
  optionalLabelNames: ['stage'],
};
const moduleInfo = { ...family('info', 'redis_module_info', 'name'), optionalLabelNames: ['name'] };
const latencies = family('histogram', 'redis_latencies_usec', 'cmd');
const percentiles = family('summary', 'redis_percentiles_usec', 'cmd');
const polls = family('counter', 'redis_vitals_polls_total');

function samplesOf(...samples: readonly Sample[]): SampleSet {
  const recorder = new SampleRecorder();
  for (const sample of samples) recorder.add(...sample);
  return recorder.finish();
}

function alone(...samples: readonly Sample[]): readonly PageEntry[] {
  return [{ labels: {}, samples: samplesOf(...samples) }];
}

/** The lines of a page without HELP, joined by line feeds. */
function write(entries: readonly PageEntry[], format: Format, namespace = 'redis', ownText?: string): string {
  const page = new PageWriter({ namespace }).write(entries, format, ownText).toString();
  return page.replace(/^# HELP .*\n/gm, '').trimEnd();
}

/** What both formats have in common is written once: `TEXT | OPENMETRICS` where they differ; `-` is no line. */
function expectedIn(format: Format, lines: readonly string[]): string {
  const chosen = lines
    .map((line) => line.split(' | '))
    .map(([text, other = text]) => (format === 'text' ? text : other));
  return [...chosen.filter((line) => line !== '-'), ...(format === 'text' ? [] : ['# EOF'])].join('\n');
}

const PAGES: readonly (readonly [what: string, entries: readonly PageEntry[], lines: readonly string[]])[] = [
  ['nothing', [], []],
  ['a target that says nothing', alone(), []],
  ['a gauge', alone([up, 1]), ['# TYPE redis_up gauge', 'redis_up 1']],
  [
    'a counter',
    alone([forks, 3]),
    ['# TYPE redis_forks_total counter | # TYPE redis_forks counter', 'redis_forks_total 3'],
  ],
  [
    'a counter without the ending, which keeps its name',
    alone([reads, 3]),
    [
      '# TYPE redis_total_reads_processed counter | # TYPE redis_total_reads_processed unknown',
      'redis_total_reads_processed 3',
    ],
  ],
  [
    'an info; a label without a value is written unless it is optional',
    alone([instance, 1, ['', '7.2.6', '']]),
    ['# TYPE redis_instance_info gauge | # TYPE redis_instance info', 'redis_instance_info{role="",version="7.2.6"} 1'],
  ],
  [
    'an optional label with a value',
    alone([instance, 1, ['master', '9.1.0', 'rc2']]),
    [
      '# TYPE redis_instance_info gauge | # TYPE redis_instance info',
      'redis_instance_info{role="master",version="9.1.0",stage="rc2"} 1',
    ],
  ],
  [
    'a series all of whose labels are left out',
    alone([moduleInfo, 1, ['']]),
    ['# TYPE redis_module_info gauge | # TYPE redis_module info', 'redis_module_info 1'],
  ],
  [
    'families sorted by name, each in one piece, its series in the order of the server',
    alone([up, 1], [keys, 5, ['db1']], [forks, 3], [keys, 4, ['db0']]),
    [
      '# TYPE redis_db_keys gauge',
      'redis_db_keys{db="db1"} 5',
      'redis_db_keys{db="db0"} 4',
      '# TYPE redis_forks_total counter | # TYPE redis_forks counter',
      'redis_forks_total 3',
      '# TYPE redis_up gauge',
      'redis_up 1',
    ],
  ],
  [
    'histograms one after the other: buckets, sum, count',
    alone(
      [latencies, 70, ['get'], '_sum'],
      [latencies, 1, ['set', '1'], '_bucket'],
      [latencies, 2, ['get', '33'], '_bucket'],
      [latencies, 1, ['set'], '_count'],
      [latencies, 3, ['get', '+Inf'], '_bucket'],
      [latencies, 3, ['get'], '_count'],
      [latencies, 1, ['set', '+Inf'], '_bucket'],
      [latencies, 1, ['set'], '_sum']
    ),
    [
      '# TYPE redis_latencies_usec histogram',
      'redis_latencies_usec_bucket{cmd="get",le="33"} 2',
      'redis_latencies_usec_bucket{cmd="get",le="+Inf"} 3',
      'redis_latencies_usec_sum{cmd="get"} 70',
      'redis_latencies_usec_count{cmd="get"} 3',
      'redis_latencies_usec_bucket{cmd="set",le="1"} 1',
      'redis_latencies_usec_bucket{cmd="set",le="+Inf"} 1',
      'redis_latencies_usec_sum{cmd="set"} 1',
      'redis_latencies_usec_count{cmd="set"} 1',
    ],
  ],
  [
    'a summary; its quantiles are percentages, which OpenMetrics does not know as such',
    alone(
      [percentiles, 0.5, ['get', '50']],
      [percentiles, 3, ['get'], '_count'],
      [percentiles, 5.023, ['get', '99.9']],
      [percentiles, 70, ['get'], '_sum']
    ),
    [
      '# TYPE redis_percentiles_usec summary | # TYPE redis_percentiles_usec unknown',
      'redis_percentiles_usec{cmd="get",quantile="50"} 0.5',
      'redis_percentiles_usec{cmd="get",quantile="99.9"} 5.023',
      'redis_percentiles_usec_sum{cmd="get"} 70 | # TYPE redis_percentiles_usec_count unknown',
      'redis_percentiles_usec_count{cmd="get"} 3',
      '- | # TYPE redis_percentiles_usec_sum unknown',
      '- | redis_percentiles_usec_sum{cmd="get"} 70',
    ],
  ],
  [
    'numbers of all kinds',
    alone(
      ...[0, -0, -1, 0.1, 1e-7, 123456789012345, 1e21, NaN, Infinity, -Infinity].map((value, db): Sample => [
        keys,
        value,
        [`${db}`],
      ])
    ),
    [
      '# TYPE redis_db_keys gauge',
      ...['0', '0', '-1', '0.1', '1e-7', '123456789012345', '1e+21', 'NaN', '+Inf', '-Inf'].map(
        (text, db) => `redis_db_keys{db="${db}"} ${text}`
      ),
    ],
  ],
  [
    'label values with quotes, backslashes, line feeds and letters beyond ASCII',
    alone([keys, 1, ['a"b\\c\nd']], [keys, 2, ['ü€😀']]),
    ['# TYPE redis_db_keys gauge', 'redis_db_keys{db="a\\"b\\\\c\\nd"} 1', 'redis_db_keys{db="ü€😀"} 2'],
  ],
  [
    'several targets, told apart by their labels, in one piece per family',
    [
      { labels: { instance: 'cache-1', team: 'a"b' }, samples: samplesOf([up, 1], [keys, 5, ['db0']]) },
      { labels: { instance: 'cache-2' }, samples: samplesOf([up, 0]) },
      {
        labels: { instance: 'cache-3' },
        samples: samplesOf([up, 1], [forks, 2], [keys, 6, ['db0']], [moduleInfo, 1, ['']]),
      },
    ],
    [
      '# TYPE redis_db_keys gauge',
      'redis_db_keys{db="db0",instance="cache-1",team="a\\"b"} 5',
      'redis_db_keys{db="db0",instance="cache-3"} 6',
      '# TYPE redis_forks_total counter | # TYPE redis_forks counter',
      'redis_forks_total{instance="cache-3"} 2',
      '# TYPE redis_module_info gauge | # TYPE redis_module info',
      'redis_module_info{instance="cache-3"} 1',
      '# TYPE redis_up gauge',
      'redis_up{instance="cache-1",team="a\\"b"} 1',
      'redis_up{instance="cache-2"} 0',
      'redis_up{instance="cache-3"} 1',
    ],
  ],
];

describe.each<Format>(['text', 'openmetrics'])('a page of %s', (format) => {
  it.each(PAGES)('has %s', (_, entries, lines) => {
    expect(write(entries, format)).toBe(expectedIn(format, lines));
  });

  it('has another namespace for what is said of targets', () => {
    expect(write(alone([up, 1], [polls, 2]), format, 'cache')).toBe(
      expectedIn(format, [
        '# TYPE cache_up gauge',
        'cache_up 1',
        '# TYPE redis_vitals_polls_total counter | # TYPE redis_vitals_polls counter',
        'redis_vitals_polls_total 2',
      ])
    );
  });

  it('ends with the text it is given', () => {
    const own = '# TYPE process_open_fds gauge\nprocess_open_fds 5\n';
    expect(write(alone([up, 1]), format, 'redis', own)).toBe(
      expectedIn(format, ['# TYPE redis_up gauge', 'redis_up 1', ...own.trimEnd().split('\n')])
    );
  });

  it('has the help in front of the type', () => {
    const page = new PageWriter({ namespace: 'redis' }).write(alone([up, 1]), format).toString();
    expect(page).toMatch(/^# HELP redis_up Help\.\n# TYPE redis_up gauge\nredis_up 1\n/);
  });

  it('is longer than the room that was made for it, whatever its letters', () => {
    const long = Array.from({ length: 3000 }, (_, index): Sample => [
      keys,
      index,
      [`${index % 2 === 0 ? 'a' : '€'}${index}`],
    ]);
    const page = write(
      [...alone(...long), { labels: { instance: 'ü' }, samples: samplesOf(...long, [up, 1]) }],
      format
    );
    expect(page.split('\n').filter((line) => line.startsWith('redis_db_keys{'))).toHaveLength(6000);
    expect(page).toContain('redis_db_keys{db="€2999",instance="ü"} 2999\n');
  });
});

describe('a page in text', () => {
  it.each(PAGES)('can be read: %s', (_, entries) => {
    const page = new PageWriter({ namespace: 'redis' }).write(entries, 'text').toString();
    const families = parseExposition(page);
    const series = entries.flatMap(({ samples }) => samples.layout.series);
    expect([...families.values()].flatMap(({ samples }) => samples)).toHaveLength(series.length);
  });

  it('says the very values and labels it was given', () => {
    const page = new PageWriter({ namespace: 'redis' }).write(alone([keys, 0.1 + 0.2, ['a"b\\c\nd,e="f"']]), 'text');
    expect(sampleValue(parseExposition(page.toString()), 'redis_db_keys', { db: 'a"b\\c\nd,e="f"' })).toBe(0.1 + 0.2);
  });
});

describe('a writer that has written other pages before', () => {
  it('writes what a new one writes, whatever came and went', () => {
    const random = randomNumbers(3);
    const writer = new PageWriter({ namespace: 'redis' });
    const recorders = Array.from({ length: 4 }, () => new SampleRecorder());
    const labels = [{}, { instance: 'a' }, { instance: 'b' }, { instance: 'b', team: 'c' }];
    let samples = recorders.map(() => randomSamples(random));
    const kept = new Map<Buffer, string>();
    for (let round = 0; round < 300; round++) {
      samples = samples.map((one) => (random() < 0.3 ? randomSamples(random) : one));
      const sets = samples.map((one, at) => {
        for (const sample of one) recorders[at]!.add(...sample);
        return recorders[at]!.finish();
      });
      const used = sets.flatMap((set, at) => (random() < 0.7 ? [{ labels: labels[at]!, samples: set }] : []));
      const format = random() < 0.5 ? 'text' : 'openmetrics';
      const fresh = new PageWriter({ namespace: 'redis' }).write(used.map(copyOf), format);
      const page = writer.write(used, format);
      expect(page.toString()).toBe(fresh.toString());
      kept.set(page, fresh.toString());
      const [oldest] = kept.keys();
      if (kept.size > 5) {
        expect(oldest!.toString()).toBe(kept.get(oldest!)); // nothing was written over a page still in use
        kept.delete(oldest!);
        if (random() < 0.8) writer.recycle(oldest!);
      }
    }
  });
});

describe('the memory of pages that were given back', () => {
  const short = alone([up, 1]);
  const labels = Array.from({ length: 50_000 }, (_, at) => [`db${at}`]);
  const long = alone(...labels.map((label): Sample => [keys, 1, label]));

  it('is used for pages about as long, not for short ones', () => {
    const writer = new PageWriter({ namespace: 'redis' });
    const first = writer.write(long, 'text');
    writer.recycle(first);
    expect(writer.write(short, 'text').buffer).not.toBe(first.buffer);
    expect(writer.write(long, 'text').buffer).toBe(first.buffer);
  });
});

/** Some of the series there may be, in some order, with some values. */
function randomSamples(random: () => number): readonly Sample[] {
  const all: Sample[] = [up, forks, reads, polls].map((one) => [one, random()]);
  for (const name of ['get', 'set', '€']) {
    all.push([keys, random(), [name]]);
    all.push([percentiles, random(), [name, '50']], [percentiles, random(), [name], '_sum']);
    for (const le of ['1', '+Inf']) all.push([latencies, random(), [name, le], '_bucket']);
    all.push([latencies, random(), [name], '_count']);
  }
  const kept = all.filter(() => random() < 0.8);
  const from = random() < 0.5 ? 0 : randomInteger(random, kept.length);
  return [...kept.slice(from), ...kept.slice(0, from)];
}

/** The same samples in a layout and series no writer has seen. */
function copyOf({ labels, samples: { layout, values } }: PageEntry): PageEntry {
  return { labels, samples: { layout: { series: layout.series.map((one) => ({ ...one })) }, values } };
}
