import { queryText } from './query-text';
import type { VitalsQuery } from './types';

const common = { refId: 'A', version: 1 };
const metrics = { ...common, queryType: 'metrics' as const, section: 'Stats', fields: ['total_commands_processed'] };

it.each<[VitalsQuery, string]>([
  [metrics, 'Stats total_commands_processed'],
  [{ ...metrics, section: '', fields: ['a', 'b', 'c'] }, 'a, b and c'],
  [{ ...metrics, fields: [] }, 'no field chosen'],
  [
    {
      ...metrics,
      function: 'rate',
      aggregate: { op: 'sum', by: ['instance'] },
      topK: 5,
      targets: { roles: ['master'] },
    },
    'sum by instance of rate of Stats total_commands_processed, top 5, of role master',
  ],
  [
    {
      ...metrics,
      aggregate: { op: 'quantile', quantile: 0.99 },
      labels: [{ label: 'cmd', op: '=~', value: 'get|set' }],
      targets: { names: ['cache-1', '$instance'], labels: [{ label: 'env', op: '=', value: 'prod' }] },
      instant: true,
      live: true,
      timeShift: '1d',
    },
    'quantile 0.99 of Stats total_commands_processed where cmd =~ "get|set", one value, 1d earlier, live, ' +
      'of cache-1 and $instance, of targets where env = "prod"',
  ],
  [
    { ...common, queryType: 'table', table: 'info', sections: ['Memory', 'Stats'], groupBy: 'name' },
    'table of info, sections Memory and Stats',
  ],
  [
    { ...common, queryType: 'table', table: 'clients', groupBy: 'address', sections: ['Memory'], limit: 10 },
    'table of clients by address, at most 10 rows',
  ],
  [
    { ...common, queryType: 'logs', source: 'slowlog', targets: { names: ['cache-1'] } },
    'slow log as logs, of cache-1',
  ],
  [{ ...common, queryType: 'logs', source: 'events', limit: 50 }, 'events as logs, at most 50 lines'],
  [{ ...common, queryType: 'events' }, 'events'],
  [
    { ...common, queryType: 'events', kinds: ['restart', 'failover'], severities: ['critical'], limit: 5 },
    'events restart and failover, severity critical, at most 5 events',
  ],
  [{ ...common, queryType: 'topology', targets: {} }, 'topology'],
])('reads %j', (query, text) => {
  expect(queryText(query)).toBe(text);
});
