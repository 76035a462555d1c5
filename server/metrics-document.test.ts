import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Collector } from './collectors/collector';
import { collectors } from './collectors/registry';
import { metricsDocument } from './metrics-document';
import type { FamilyDescriptor } from './model/family';
import { self } from './poll/self-families';
import { ownFamilies } from './telemetry/own-families';

const FAMILY: FamilyDescriptor = {
  name: 'redis_up',
  type: 'gauge',
  unit: 'none',
  help: 'Up.',
  labelNames: [],
  source: { command: 'INFO', section: 'Server', field: 'up' },
};

function collector(parts: Partial<Collector>): Collector {
  return { name: 'some', help: 'Something.', families: [], commands: () => [], collect: () => undefined, ...parts };
}

describe('docs/metrics.md', () => {
  it('is up to date', () => {
    const written = readFileSync(join(__dirname, '../docs/metrics.md'), 'utf8');
    const expected = metricsDocument(collectors, Object.values(self), ownFamilies());
    if (written !== expected) throw new Error('docs/metrics.md is out of date: run npm run docs');
  });
});

describe('metricsDocument', () => {
  it.each<[string, Partial<FamilyDescriptor>, string]>([
    ['a gauge', {}, '| `redis_up` | gauge |  |  | Up. | `INFO Server up` |'],
    ['a unit', { unit: 'bytes' }, '| `redis_up` | gauge |  | bytes | Up. | `INFO Server up` |'],
    [
      'labels',
      { labelNames: ['cmd', 'stage'], optionalLabelNames: ['stage'] },
      '| `redis_up` | gauge | `cmd`, `stage?` |  | Up. | `INFO Server up` |',
    ],
    [
      'a histogram',
      { type: 'histogram', labelNames: ['cmd'] },
      '| `redis_up` | histogram | `cmd`, `le` |  | Up. | `INFO Server up` |',
    ],
    ['a summary', { type: 'summary' }, '| `redis_up` | summary | `quantile` |  | Up. | `INFO Server up` |'],
    [
      'a command without fields',
      { source: { command: 'SLOWLOG LEN' } },
      '| `redis_up` | gauge |  |  | Up. | `SLOWLOG LEN` |',
    ],
    ['a bar', { help: 'Up | down.' }, '| `redis_up` | gauge |  |  | Up \\| down. | `INFO Server up` |'],
  ])('has a row for %s', (_, parts, row) => {
    const document = metricsDocument([collector({ families: [{ ...FAMILY, ...parts }] })], [], []);
    expect(document.split('\n')).toContain(row);
  });

  it('says of a collector what it is for and what it asks, once', () => {
    const document = metricsDocument(
      [
        collector({
          commands: ({ mode }) => [{ args: ['SLOWLOG', 'LEN'] }, { args: ['CONFIG', 'GET', mode], refreshMs: 60_000 }],
          applies: ({ mode }) => mode !== 'sentinel',
        }),
      ],
      [],
      []
    );
    expect(document).toContain(
      '\n## some\n\nSomething.\n\n' +
        'Asks: `INFO`, `SLOWLOG LEN`, `CONFIG GET standalone` (every 60 s at most), ' +
        '`CONFIG GET cluster` (every 60 s at most).\n'
    );
  });

  it('has what is said of polls and of the process, and families made as fields turn up', () => {
    const document = metricsDocument(
      [collector({ dynamicFamilies: [{ ...FAMILY, name: 'redis_<field>' }] })],
      [{ ...FAMILY, name: 'redis_vitals_polls_total', type: 'counter' }],
      [{ name: 'process_open_fds', type: 'gauge', help: 'Open.', labelNames: ['kind'] }]
    );
    expect(document).toContain('\n| `redis_<field>` | gauge |');
    expect(document).toMatch(
      /\n## About the polls\n[^#]*\n\| `redis_vitals_polls_total` \| counter \| {2}\| {2}\| Up\. \|\n/
    );
    expect(document).toMatch(/\n## About the process\n[^#]*\n\| `process_open_fds` \| gauge \| `kind` \| Open\. \|\n$/);
  });
});
