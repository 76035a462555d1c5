import { metric, promql, total } from '../metrics';
import type { DashboardDefinition, PanelDefinition } from '../model';
import { ROWS_OF_ALL_QUERIES } from '../merged-rows';
import { HIT_RATIO_OF_RANGE } from '../range-promql';

const BY_DATABASE = '{{instance}} {{db}}';

const DATABASES: PanelDefinition = {
  look: 'table',
  title: 'Databases',
  description:
    'Which databases have how many keys, and how many of them expire? Only the instance as a whole (all) has hits, misses and evictions, those of the time range; a replica does not tell an average time to live.',
  targets: [{ ask: 'table', table: 'keyspace' }],
  prometheus: [
    promql('sum by (instance, db) (redis_db_keys{$S} > 0)', '', { asTable: true }),
    promql('sum by (instance, db) (redis_db_keys_expiring{$S} and redis_db_keys{$S} > 0)', '', { asTable: true }),
    promql('sum by (instance, db) (redis_db_avg_ttl_seconds{$S} > 0)', '', { asTable: true }),
  ],
  prometheusTransformations: [
    ...ROWS_OF_ALL_QUERIES,
    {
      id: 'organize',
      options: {
        excludeByName: {},
        indexByName: { instance: 0, db: 1, 'Value #A': 2, 'Value #B': 3, 'Value #C': 4 },
        renameByName: {
          instance: 'Instance',
          db: 'Database',
          'Value #A': 'Keys',
          'Value #B': 'Expiring keys',
          'Value #C': 'Average TTL',
        },
      },
    },
  ],
  overrides: [
    { of: 'Instance', leadsTo: 'memory' },
    { of: '/^(Keys|Expiring keys)$/', unit: 'locale' },
    { of: 'Average TTL', unit: 's' },
  ],
  width: 24,
};

export const hits: DashboardDefinition = {
  name: 'hits',
  title: 'keyspace hits',
  description: 'Whether look-ups find their keys, how many keys there are, and how they go: expired or evicted.',
  from: 'now-6h',
  rows: [
    {
      panels: [
        {
          look: 'bar-gauge',
          title: 'Hit ratio in the time range',
          description:
            'Which share of the look-ups found its key, over the whole time range? What is good depends on the application: a cache lives on it, a test for what does not exist yet misses on purpose.',
          targets: [{ ask: 'table', table: 'targets' }],
          prometheus: [promql(HIT_RATIO_OF_RANGE, '{{instance}}', { instant: true })],
          transformations: [
            { id: 'filterFieldsByName', options: { include: { names: ['Instance', 'Hit ratio'] } } },
            {
              id: 'filterByValue',
              options: {
                type: 'include',
                match: 'all',
                filters: [{ fieldName: 'Hit ratio', config: { id: 'isNotNull', options: {} } }],
              },
            },
          ],
          prometheusTransformations: [],
          ofRows: true,
          unit: 'percentunit',
          min: 0,
          max: 1,
          decimals: 1,
          // No alarm: nobody but the application knows what is good.
          thresholds: [[null, 'blue']],
          noValue: 'Nobody looked for a key in this time range',
          width: 8,
          height: 6,
        },
        {
          look: 'value',
          title: 'Hit ratio now',
          description:
            'Which share of the look-ups finds its key at this moment? A sudden fall is a restart, a flush, or a deployment that changed the names of keys.',
          targets: [metric('hit_ratio', '{{instance}}')],
          min: 0,
          max: 1,
          decimals: 1,
          noValue: 'Nobody looks for keys',
          width: 8,
          height: 6,
        },
        {
          look: 'value',
          title: 'Evictions',
          description: 'How many keys go before their time, because maxmemory is reached? Each may be a miss later on.',
          targets: [total('evictions_per_second', 'evicted')],
          leadsTo: 'memory',
          width: 4,
          height: 6,
        },
        {
          look: 'value',
          title: 'Keys',
          description:
            'How many keys are there in all databases of the chosen instances? Copies on replicas count, too.',
          targets: [total('redis_db_keys', 'keys', { function: 'last' })],
          noValue: 'There are no databases',
          width: 4,
          height: 6,
        },
      ],
    },
    {
      title: 'Hits and misses',
      panels: [
        {
          look: 'lines',
          title: 'Hit ratio',
          description: 'When did look-ups find fewer keys, and is it worse than a day before (dashed)?',
          targets: [
            metric('hit_ratio', '{{instance}}'),
            metric('hit_ratio', '{{instance}} a day before', { timeShift: '1d' }),
          ],
          min: 0,
          max: 1,
          overrides: [{ of: '/ a day before$/', dashed: true }],
          noValue: 'Nobody looked for a key in this time range',
          width: 12,
        },
        {
          look: 'lines',
          title: 'Hits and misses',
          description:
            'Is a low hit ratio that of many look-ups, or of a few? Misses are drawn below zero; only reading commands count.',
          targets: [
            metric('redis_keyspace_hits_total', '{{instance}} hits'),
            metric('redis_keyspace_misses_total', '{{instance}} misses'),
          ],
          overrides: [{ of: '/ misses$/', negative: true }],
          width: 12,
        },
      ],
    },
    {
      title: 'Keys',
      panels: [
        DATABASES,
        {
          look: 'lines',
          title: 'Keys',
          description:
            'Which instance has more and more keys, and which one fewer? A fall to nothing is a flush, or a restart without its data.',
          targets: [metric('total_keys', '{{instance}}')],
          noValue: 'There are no databases',
          width: 8,
        },
        {
          look: 'lines',
          title: 'Share of keys that expire',
          description:
            'How many of the keys have a time to live? In a cache nearly all should; the policies volatile-* can evict no other.',
          targets: [metric('expiring_ratio', BY_DATABASE)],
          min: 0,
          max: 1,
          noValue: 'There are no keys',
          width: 8,
        },
        {
          look: 'lines',
          title: 'Average time to live',
          description:
            'How long will keys that expire still live, as the server estimates? It falls when times to live were made shorter; a replica, and a database where nothing expires, has 0.',
          targets: [metric('redis_db_avg_ttl_seconds', BY_DATABASE, { function: 'last' })],
          noValue: 'There are no keys',
          width: 8,
        },
      ],
    },
    {
      title: 'How keys go',
      panels: [
        {
          look: 'lines',
          title: 'Expired',
          description:
            'How many keys end their time to live? Peaks are keys that were all written at once: give them times that differ, or they are all missed at once.',
          targets: [metric('expirations_per_second', '{{instance}}')],
          width: 12,
        },
        {
          look: 'lines',
          title: 'Evicted',
          description:
            'How many keys go before their time, because maxmemory is reached? With a falling hit ratio, the cache is too small.',
          targets: [metric('evictions_per_second', '{{instance}}')],
          leadsTo: 'memory',
          width: 12,
        },
      ],
    },
    {
      title: 'Details',
      collapsed: true,
      panels: [
        {
          look: 'lines',
          title: 'Expired, but not yet removed',
          description:
            'How much memory do keys take whose time is over, as the server estimates? Over 10 % the search for them does not keep up.',
          targets: [metric('redis_expired_stale_percentage', '{{instance}}')],
          min: 0,
          width: 12,
        },
        {
          look: 'bars',
          title: 'Search for expired keys cut short',
          description:
            'How often did the search for expired keys run out of its time? Often means that more keys expire than it may remove: raise hz or active-expire-effort.',
          targets: [metric('redis_expired_time_cap_reached_total', '{{instance}}', { function: 'increase' })],
          width: 12,
        },
      ],
    },
  ],
};
