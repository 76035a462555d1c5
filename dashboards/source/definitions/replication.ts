import { metric } from '../metrics';
import type { DashboardDefinition } from '../model';
import { ALL_UP, UP_DOWN } from '../states';

const REPLICA = '{{instance}} → {{slave_ip}}:{{slave_port}}';

export const replication: DashboardDefinition = {
  name: 'replication',
  title: 'replication',
  description:
    'Who replicates from whom, how far behind each replica is, whether links hold, and what synchronising costs.',
  from: 'now-1h',
  rows: [
    {
      panels: [
        {
          look: 'value',
          title: 'Links to the master',
          description:
            'Does each replica have its master right now? One that has not serves old data, and cannot take over well.',
          targets: [metric('redis_master_link_up', '{{instance}}', { function: 'last' })],
          values: UP_DOWN,
          thresholds: ALL_UP,
          noValue: 'No replica among the chosen instances',
          width: 8,
          height: 5,
        },
        {
          look: 'value',
          title: 'Greatest lag',
          description:
            'How long has the slowest replica not confirmed what it has? A replica confirms every second: up to 2 s is normal, more means a slow network, a busy replica or a full synchronisation.',
          targets: [metric('replication_lag_seconds', 'lag', { aggregate: { op: 'max' } })],
          thresholds: [
            [null, 'green'],
            [5, 'orange'],
            [30, 'red'],
          ],
          noValue: 'No master with replicas among the chosen instances',
          width: 8,
          height: 5,
        },
        {
          look: 'value',
          title: 'Connected replicas',
          description: 'How many replicas does each master have? Without one, a failure of the master loses data.',
          targets: [metric('redis_connected_slaves', '{{instance}}', { function: 'last' })],
          width: 8,
          height: 5,
        },
        {
          look: 'graph',
          title: 'Topology',
          description:
            'Who replicates from whom, right now? An edge leads from a master to its replica and shows how far behind that is; sentinels stand beside what they watch.',
          targets: [{ ask: 'topology' }],
          width: 12,
          height: 11,
        },
        {
          look: 'states',
          title: 'Link to the master',
          description: 'When was each replica without its master?',
          targets: [
            metric('redis_master_link_up', '{{instance}} ← {{master_host}}:{{master_port}}', { function: 'min' }),
          ],
          values: UP_DOWN,
          thresholds: ALL_UP,
          noValue: 'No replica among the chosen instances',
          width: 12,
          height: 11,
        },
        {
          look: 'table',
          title: 'Masters and their replicas',
          description:
            'What does each master say of its replicas, and each replica of its link? They are asked at this moment.',
          targets: [{ ask: 'table', table: 'replication' }],
          overrides: [{ of: 'Instance', width: 130, leadsTo: 'memory' }],
          width: 24,
          height: 8,
        },
      ],
    },
    {
      title: 'Lag',
      panels: [
        {
          look: 'lines',
          title: 'Lag in bytes',
          description:
            'How much has each replica yet to confirm? What grows without end will outgrow the backlog, and then costs a full synchronisation.',
          targets: [metric('replication_lag_bytes', REPLICA)],
          noValue: 'No master with replicas among the chosen instances',
          width: 12,
        },
        {
          look: 'lines',
          title: 'Lag in seconds',
          description: 'How long ago did each replica last confirm its position? It does so every second.',
          targets: [metric('replication_lag_seconds', REPLICA)],
          noValue: 'No master with replicas among the chosen instances',
          width: 12,
        },
        {
          look: 'lines',
          title: 'Silence of the master',
          description:
            'How long ago did each replica last hear of its master? Beyond repl-timeout (60 s by default) the link is given up; -1 stands for a link that is down.',
          targets: [metric('redis_master_last_io_seconds_ago', '{{instance}}', { function: 'max' })],
          noValue: 'No replica among the chosen instances',
          width: 24,
        },
      ],
    },
    {
      title: 'Stream and backlog',
      panels: [
        {
          look: 'lines',
          title: 'Replication stream',
          description: 'How fast does the stream of changes grow, and so how soon is the backlog overwritten?',
          targets: [metric('redis_master_repl_offset', '{{instance}}', { function: 'rate' })],
          unit: 'binBps',
          width: 12,
        },
        {
          look: 'area',
          title: 'Backlog',
          description:
            'How much of the stream is held for replicas that come back? One that is away for longer than this lasts needs a full synchronisation.',
          targets: [
            metric('redis_repl_backlog_history_bytes', '{{instance}} held'),
            metric('redis_replication_backlog_bytes', '{{instance}} size'),
          ],
          overrides: [{ of: '/ size$/', dashed: true }],
          width: 12,
        },
        {
          look: 'bars',
          title: 'Full synchronisations',
          description:
            'How often did a replica have to take over everything? Each costs the master a child process, memory and the network; repeated ones ask for a larger backlog.',
          targets: [metric('full_syncs', '{{instance}}')],
          width: 12,
        },
        {
          look: 'bars',
          title: 'Partial synchronisations',
          description: 'How often could a replica go on where it had stopped, and how often was that refused?',
          targets: [
            metric('redis_replica_partial_resync_accepted', '{{instance}} accepted', { function: 'increase' }),
            metric('redis_replica_partial_resync_denied', '{{instance}} refused', { function: 'increase' }),
          ],
          unit: 'short',
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
          title: 'Offsets',
          description: 'Up to where has each server come? Lines that run apart are replicas that fall behind.',
          targets: [
            metric('redis_master_repl_offset', '{{instance}} written', { function: 'last' }),
            metric('redis_slave_repl_offset', '{{instance}} processed', { function: 'last' }),
          ],
          width: 12,
        },
        {
          look: 'area',
          title: 'Replication buffers',
          description: 'How much memory do replicas and the backlog take (Redis 5 and later)?',
          targets: [
            metric('redis_mem_replication_backlog_bytes', '{{instance}} backlog'),
            metric('redis_mem_clients_slaves', '{{instance}} replicas'),
          ],
          width: 12,
        },
        {
          look: 'lines',
          title: 'Replication traffic',
          description: 'How much of the network does replication take (Redis 7 and later)?',
          targets: [
            metric('redis_net_repl_output_bytes_total', '{{instance}} sent'),
            metric('redis_net_repl_input_bytes_total', '{{instance}} received'),
          ],
          overrides: [{ of: '/ received$/', negative: true }],
          width: 12,
        },
        {
          look: 'lines',
          title: 'Synchronisation in progress',
          description:
            'How far is a full synchronisation that is going on? 0 where the master does not tell the size (diskless).',
          targets: [metric('redis_master_sync_progress_ratio', '{{instance}}')],
          max: 1,
          noValue: 'No synchronisation in this time range',
          width: 12,
        },
      ],
    },
  ],
};
