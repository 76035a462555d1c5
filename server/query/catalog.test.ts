import type { CatalogField } from '../api/contract';
import type { FamilyDescriptor } from '../model/family';
import { answerOf, every10s, family, queryContext, seriesOfA, targetInfo } from '../testing/query-context';
import { answerCatalog } from './catalog';

const novelty: FamilyDescriptor = {
  name: 'redis_info_memory_mem_novelty',
  type: 'gauge',
  unit: 'none',
  help: 'Field mem_novelty of INFO section Memory.',
  labelNames: [],
  source: { command: 'INFO', section: 'Memory', field: 'mem_novelty' },
};
const points = every10s(1, 2);
const context = queryContext(
  [
    seriesOfA('memory_used_bytes', points),
    { target: 'past', family: family('memory_used_bytes'), points },
    { target: 'a', family: novelty, points },
    { target: 'a', family: family('commands_latencies_usec'), part: '_sum', labels: ['get'], points },
    seriesOfA('memory_max_bytes', points),
  ],
  { targets: () => [targetInfo('a', { labels: { env: 'prod' } }), targetInfo('down', { state: 'down', role: '' })] }
);
const catalog = answerCatalog(context);

function fieldOf(section: string, field: string): CatalogField | undefined {
  return catalog.sections.find(({ name }) => name === section)?.fields.find((one) => one.field === field);
}

it('has derived fields first, then sections', () => {
  expect(catalog.sections.map(({ name }) => name).slice(0, 5)).toEqual([
    'Derived',
    'Server',
    'INFO',
    'Clients',
    'Memory',
  ]);
  expect(catalog.sections.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['SLOWLOG LEN', 'CONFIG GET', 'Polling'])
  );
});

it('says all there is to know of a field', () => {
  expect(fieldOf('Memory', 'used_memory')).toEqual({
    field: 'used_memory',
    metric: 'redis_memory_used_bytes',
    title: 'Used memory',
    type: 'gauge',
    unit: 'bytes',
    help: 'Memory the server has allocated: the data and all that serves it.',
    source: 'INFO Memory used_memory',
    labels: [],
    defaultFunction: 'avg',
    targets: ['a', 'past'],
  });
});

it.each<[string, string, string, Partial<CatalogField>]>([
  ['a field no collector knows', 'Memory', 'mem_novelty', { metric: 'redis_info_memory_mem_novelty', targets: ['a'] }],
  ['a field nobody has', 'Replication', 'lag', { labels: ['slave_ip', 'slave_port', 'slave_state'], targets: [] }],
  ['a counter', 'Commandstats', 'usec', { type: 'counter', unit: 'seconds', labels: ['cmd'], defaultFunction: 'rate' }],
  [
    'buckets',
    'LATENCY HISTOGRAM',
    'commands_latencies_usec_bucket',
    { type: 'histogram', unit: 'none', labels: ['cmd', 'le'], defaultFunction: 'rate', targets: [] },
  ],
  [
    'a sum',
    'LATENCY HISTOGRAM',
    'commands_latencies_usec_sum',
    { unit: 'microseconds', labels: ['cmd'], defaultFunction: 'rate', targets: ['a'] },
  ],
  [
    'percentiles',
    'Latencystats',
    'latency_percentiles_usec',
    { type: 'summary', labels: ['cmd', 'quantile'], defaultFunction: 'avg' },
  ],
  [
    'a derived field',
    'Derived',
    'memory_used_ratio',
    {
      metric: 'memory_used_ratio',
      type: 'derived',
      unit: 'ratio',
      source: 'used_memory / maxmemory',
      defaultFunction: 'derived',
      targets: ['a', 'past'],
    },
  ],
])('has %s', (_, section, field, expected) => {
  expect(fieldOf(section, field)).toMatchObject(expected);
});

it('has every target, also those that are down or have only a past', () => {
  expect(catalog.targets).toEqual([
    { name: 'a', labels: { env: 'prod' }, role: 'master', state: 'up', intervalMs: 10_000 },
    { name: 'down', labels: {}, role: '', state: 'down', intervalMs: 10_000 },
    { name: 'past', labels: {}, role: '', state: 'past', intervalMs: 0 },
  ]);
});

it('names fields as queries do', () => {
  for (const { name: section, fields } of catalog.sections) {
    for (const { field, metric, title, targets, defaultFunction } of fields.filter((one) => one.targets.length > 0)) {
      const { series } = answerOf(context, { section, fields: [field], targets: { names: targets } });
      for (const one of series)
        expect(one).toMatchObject({ field, metric, displayName: title, function: defaultFunction });
      if (section === 'Memory') expect(series).not.toEqual([]);
    }
  }
});
