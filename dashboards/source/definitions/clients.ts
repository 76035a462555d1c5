import type { ClientGrouping } from '../../../server/api/contract';
import { metric, total } from '../metrics';
import type { DashboardDefinition, PanelDefinition } from '../model';

function groupTable(groupBy: ClientGrouping, title: string, description: string): PanelDefinition {
  return {
    look: 'table',
    title,
    description,
    targets: [{ ask: 'table', table: 'clients', groupBy }],
    transformations: [
      {
        id: 'organize',
        options: { excludeByName: { 'Query buffers': true, 'Output memory': true }, indexByName: {}, renameByName: {} },
      },
    ],
    overrides: [
      { of: 'Instance', leadsTo: 'fleet' },
      { of: '/^(Name|Library)$/', values: [['', '(not told)']] },
    ],
    width: 12,
  };
}

export const clients: DashboardDefinition = {
  name: 'clients',
  title: 'clients',
  description: 'Who is connected to each instance, how close it is to its limit, who waits, and who is turned away.',
  from: 'now-1h',
  rows: [
    {
      panels: [
        {
          look: 'value',
          title: 'Connected clients',
          description: 'How many clients has each instance? Replicas are not counted.',
          targets: [metric('redis_connected_clients', '{{instance}}', { function: 'last' })],
          width: 8,
          height: 6,
        },
        {
          look: 'bar-gauge',
          title: 'Of maxclients',
          description:
            'How close is each instance to turning clients away? At 100 % it rejects new connections, those of operators, too.',
          targets: [metric('clients_used_ratio', '{{instance}}')],
          min: 0,
          max: 1,
          decimals: 0,
          thresholds: [
            [null, 'green'],
            [0.8, 'orange'],
            [0.9, 'red'],
          ],
          noValue: 'No instance tells its limit (before Redis 6.2, CONFIG must be allowed)',
          width: 8,
          height: 6,
        },
        {
          look: 'value',
          title: 'Rejected',
          description: 'Are clients turned away at this moment, because maxclients is reached?',
          targets: [total('rejected_connections_per_second', 'rejected')],
          thresholds: [
            [null, 'green'],
            [0.0001, 'red'],
          ],
          width: 4,
          height: 6,
        },
        {
          look: 'value',
          title: 'Blocked',
          description:
            'How many clients wait in a command such as BLPOP or XREAD BLOCK? Normal for the workers of a queue; elsewhere something they wait for does not come.',
          targets: [total('redis_blocked_clients', 'blocked', { function: 'last' })],
          width: 4,
          height: 6,
        },
      ],
    },
    {
      title: 'Who is connected',
      panels: [
        groupTable(
          'name',
          'By name',
          'Which application has how many connections at this moment? Names are those clients give themselves (CLIENT SETNAME).'
        ),
        groupTable(
          'address',
          'By address',
          'Which host has how many connections at this moment? One with ever more of them does not close what it opens.'
        ),
      ],
    },
    {
      title: 'Over time',
      panels: [
        {
          look: 'lines',
          title: 'Connected clients',
          description:
            'Does the number of clients grow without end, as it does when connections are not closed, or did it fall all at once?',
          targets: [metric('redis_connected_clients', '{{instance}}', { function: 'max' })],
          width: 12,
        },
        {
          look: 'lines',
          title: 'New connections',
          description:
            'How often does a client connect? As often as it sends commands means that it does not keep connections, which costs both sides more than the commands do.',
          targets: [metric('connections_per_second', '{{instance}}')],
          width: 12,
        },
        {
          look: 'lines',
          title: 'Blocked clients',
          description:
            'When did clients wait in a blocking command? More and more of them: what they wait for is late.',
          targets: [metric('redis_blocked_clients', '{{instance}}', { function: 'max' })],
          width: 12,
        },
        {
          look: 'bars',
          title: 'Turned away and thrown out',
          description:
            'How many connections were rejected (maxclients), and how many closed by the server because of their buffers? A subscriber or replica that reads too slowly is closed by its limit (Redis 7.4 and Valkey 8 count that).',
          targets: [
            metric('redis_rejected_connections_total', '{{instance}} rejected', { function: 'increase' }),
            metric('redis_client_output_buffer_limit_disconnections_total', '{{instance}} output buffer', {
              function: 'increase',
            }),
            metric('redis_client_query_buffer_limit_disconnections_total', '{{instance}} query buffer', {
              function: 'increase',
            }),
            metric('redis_evicted_clients_total', '{{instance}} maxmemory-clients', { function: 'increase' }),
          ],
          width: 12,
        },
      ],
    },
    {
      title: 'Buffers',
      panels: [
        {
          look: 'lines',
          title: 'Memory of all clients',
          description: 'How much memory do the buffers of clients take (Redis 5 and later)? It is taken from the data.',
          targets: [metric('redis_mem_clients_normal', '{{instance}}', { function: 'max' })],
          noValue: 'Redis 5 and later tell it',
          leadsTo: 'memory',
          width: 12,
        },
        {
          look: 'lines',
          title: 'Largest buffers',
          description:
            'Does a single client send or ask for too much at once (Redis 5 and later)? Large output: a reply of megabytes, or one who does not read; large input: a value of megabytes, or an endless pipeline.',
          targets: [
            metric('redis_client_recent_max_output_buffer_bytes', '{{instance}} output', { function: 'max' }),
            metric('redis_client_recent_max_input_buffer_bytes', '{{instance}} input', { function: 'max' }),
          ],
          noValue: 'Redis 5 and later tell it',
          width: 12,
        },
      ],
    },
    {
      // Each table is a CLIENT LIST of every instance: not to be asked for without need.
      title: 'More about who is connected',
      collapsed: true,
      panels: [
        groupTable(
          'library',
          'By library',
          'With which library and version do clients connect at this moment (Redis 7.2 and later)? For upgrades, and to find the one that misbehaves.'
        ),
        {
          look: 'table',
          title: 'Longest idle',
          description:
            'Which connections has nobody used for long? They count towards maxclients; the setting timeout closes them. Subscribers and replicas are idle by nature.',
          targets: [{ ask: 'table', table: 'clients', limit: 5000 }],
          transformations: [
            {
              id: 'organize',
              options: {
                excludeByName: Object.fromEntries(
                  [
                    ...['Id', 'User', 'Database', 'Query buffer', 'Output buffer', 'Replies waiting', 'Output memory'],
                    ...['Channels', 'Channel patterns', 'Shard channels', 'Queued in MULTI'],
                  ].map((title) => [title, true])
                ),
                indexByName: {},
                renameByName: {},
              },
            },
            { id: 'sortBy', options: { fields: {}, sort: [{ field: 'Idle', desc: true }] } },
            { id: 'limit', options: { limitField: 50 } },
          ],
          overrides: [{ of: 'Instance', leadsTo: 'fleet' }],
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
          title: 'Network',
          description:
            'How much does each instance send, and receive (below zero), that of replication included? Compare it with what the network can.',
          targets: [metric('network_output', '{{instance}} sent'), metric('network_input', '{{instance}} received')],
          overrides: [{ of: '/ received$/', negative: true }],
          width: 12,
        },
        {
          look: 'lines',
          title: 'Subscribers',
          description: 'How many clients subscribe, watch keys or keep a cache of their own (Redis 7.4 and Valkey 8)?',
          targets: [
            metric('redis_pubsub_clients', '{{instance}} subscribe', { function: 'last' }),
            metric('redis_watching_clients', '{{instance}} watch keys', { function: 'last' }),
            metric('redis_tracking_clients', '{{instance}} cache themselves', { function: 'last' }),
          ],
          noValue: 'Redis 6 and later tell it',
          width: 12,
        },
      ],
    },
  ],
};
