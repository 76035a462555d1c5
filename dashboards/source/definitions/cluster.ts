import { metric } from '../metrics';
import type { DashboardDefinition } from '../model';
import { ALL_UP } from '../states';

const NO_CLUSTER = 'No cluster node among the chosen instances';
const WHOLE = 16_384;

export const cluster: DashboardDefinition = {
  name: 'cluster',
  title: 'cluster',
  description:
    'Whether the cluster is whole, which slots are not served, who its nodes are, and how the load is shared.',
  from: 'now-1h',
  rows: [
    {
      panels: [
        {
          look: 'value',
          title: 'State',
          description:
            'Does each node accept queries? It does not when slots are uncovered or most masters are out of its reach.',
          targets: [metric('redis_cluster_state', '{{instance}}', { function: 'last' })],
          values: [
            [1, 'ok', 'green'],
            [0, 'fail', 'red'],
          ],
          thresholds: ALL_UP,
          noValue: NO_CLUSTER,
          width: 9,
          height: 5,
        },
        {
          look: 'value',
          title: 'Slots not served',
          description: `How many of the ${WHOLE} slots have a node that failed, or is suspected to? Their keys cannot be read or written.`,
          targets: [
            metric('redis_cluster_slots_fail', 'failed', { aggregate: { op: 'max' } }),
            metric('redis_cluster_slots_pfail', 'suspected', { aggregate: { op: 'max' } }),
          ],
          thresholds: [
            [null, 'green'],
            [1, 'red'],
          ],
          noValue: NO_CLUSTER,
          width: 9,
          height: 5,
        },
        {
          look: 'value',
          title: 'Slots assigned',
          description: `Does every slot belong to a node? Below ${WHOLE} some keys have no home.`,
          targets: [metric('redis_cluster_slots_assigned', 'assigned', { aggregate: { op: 'min' } })],
          unit: 'none',
          decimals: 0,
          thresholds: [
            [null, 'text'],
            [0, 'red'],
            [WHOLE, 'green'],
          ],
          noValue: NO_CLUSTER,
          width: 6,
          height: 5,
        },
        {
          look: 'table',
          title: 'Nodes',
          description:
            'Who are the nodes, which slots do they have, and how do the others see them? They are asked at this moment.',
          targets: [{ ask: 'table', table: 'cluster' }],
          noValue: NO_CLUSTER,
          overrides: [
            { of: 'Instance', width: 130, leadsTo: 'memory' },
            { of: 'Id', width: 90 },
            { of: 'Role', width: 80 },
            { of: 'Link', width: 100 },
            { of: 'Slots', width: 80 },
            { of: 'Epoch', width: 80 },
          ],
          width: 24,
        },
      ],
    },
    {
      title: 'Health over time',
      panels: [
        {
          look: 'states',
          title: 'State by node',
          description: 'When did which node refuse queries?',
          targets: [metric('redis_cluster_state', '{{instance}}', { function: 'min' })],
          values: [
            [1, 'ok', 'green'],
            [0, 'fail', 'red'],
          ],
          thresholds: ALL_UP,
          noValue: NO_CLUSTER,
          width: 12,
        },
        {
          look: 'lines',
          title: 'Slots ok, suspected and failed',
          description:
            'As how many slots does each node see them? Nodes that disagree may be separated by the network.',
          targets: [
            metric('redis_cluster_slots_ok', '{{instance}} ok', { function: 'last' }),
            metric('redis_cluster_slots_pfail', '{{instance}} suspected', { function: 'last' }),
            metric('redis_cluster_slots_fail', '{{instance}} failed', { function: 'last' }),
          ],
          noValue: NO_CLUSTER,
          width: 12,
        },
      ],
    },
    {
      title: 'Balance',
      panels: [
        {
          look: 'lines',
          title: 'Commands',
          description: 'Is the load shared evenly? A hot slot shows as one node far above the others.',
          targets: [metric('ops_per_second', '{{instance}}')],
          width: 8,
        },
        {
          look: 'lines',
          title: 'Memory',
          description: 'Is the data shared evenly? A huge key, or hash tags, shows as one node far above the others.',
          targets: [metric('redis_memory_used_bytes', '{{instance}}')],
          width: 8,
        },
        {
          look: 'lines',
          title: 'Keys',
          description: 'How many keys does each node have?',
          targets: [metric('total_keys', '{{instance}}')],
          width: 8,
        },
      ],
    },
    {
      title: 'Bus',
      collapsed: true,
      panels: [
        {
          look: 'lines',
          title: 'Messages',
          description:
            'How much do the nodes talk to each other? A sudden change is a change of membership or a failing link.',
          targets: [
            metric('redis_cluster_messages_sent_total', '{{instance}} sent', { function: 'rate' }),
            metric('redis_cluster_messages_received_total', '{{instance}} received', { function: 'rate' }),
          ],
          unit: 'cps',
          overrides: [{ of: '/ received$/', negative: true }],
          noValue: NO_CLUSTER,
          width: 12,
        },
        {
          look: 'lines',
          title: 'Epoch',
          description: 'When did slots change hands? Every failover and every move raises the epoch.',
          targets: [metric('redis_cluster_current_epoch', '{{instance}}', { function: 'last' })],
          noValue: NO_CLUSTER,
          width: 12,
        },
        {
          look: 'area',
          title: 'Memory of links',
          description:
            'How much memory do the links to other nodes take (Redis 7 and later)? Much of it is a node that reads too slowly.',
          targets: [metric('redis_mem_cluster_links_bytes', '{{instance}}')],
          noValue: 'The server does not tell (Redis 7 and later)',
          width: 12,
        },
        {
          look: 'lines',
          title: 'Nodes known',
          description: 'How many nodes does each node know? They should agree.',
          targets: [metric('redis_cluster_known_nodes', '{{instance}}', { function: 'last' })],
          noValue: NO_CLUSTER,
          width: 12,
        },
      ],
    },
  ],
};
