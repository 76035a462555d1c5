import { metric } from '../metrics';
import type { DashboardDefinition, MetricTarget } from '../model';
import { ALL_UP } from '../states';

const NO_SENTINEL = 'No sentinel among the chosen instances';
const OF_MASTER = '{{instance}} {{master_name}}';

/** A field as one sentinel has it of one master, whatever the master's address, state or quorum message is. */
function ofMaster(of: string, legend: string, fn: 'last' | 'min' | 'max', op: 'min' | 'max'): MetricTarget {
  return metric(of, legend, { function: fn, aggregate: { op, by: ['instance', 'master_name'] } });
}

export const sentinel: DashboardDefinition = {
  name: 'sentinel',
  title: 'sentinel',
  description: 'Whether the sentinels see their masters, could carry out a failover, and when they did.',
  from: 'now-6h',
  rows: [
    {
      panels: [
        {
          look: 'value',
          title: 'Masters as the sentinels see them',
          description: 'Does each sentinel call its masters ok? Down is its own opinion, a failover needs the quorum.',
          targets: [ofMaster('redis_sentinel_master_status', OF_MASTER, 'last', 'max')],
          values: [
            [1, 'ok', 'green'],
            [0, 'down', 'red'],
          ],
          thresholds: ALL_UP,
          noValue: NO_SENTINEL,
          width: 8,
          height: 6,
        },
        {
          look: 'value',
          title: 'Quorum',
          description:
            'Could a failover be agreed on and carried out right now? Without enough sentinels within reach, none happens.',
          targets: [ofMaster('redis_sentinel_master_ckquorum_status', OF_MASTER, 'last', 'min')],
          values: [
            [1, 'reached', 'green'],
            [0, 'not reached', 'red'],
          ],
          thresholds: ALL_UP,
          noValue: NO_SENTINEL,
          width: 8,
          height: 6,
        },
        {
          look: 'value',
          title: 'TILT',
          description:
            'Does a sentinel distrust its clock? In TILT mode it starts no failover; a stalled or overloaded machine is the usual cause.',
          targets: [metric('redis_sentinel_tilt', '{{instance}}', { function: 'last' })],
          values: [
            [1, 'TILT', 'red'],
            [0, 'normal', 'green'],
          ],
          thresholds: [
            [null, 'green'],
            [1, 'red'],
          ],
          noValue: NO_SENTINEL,
          width: 8,
          height: 6,
        },
        {
          look: 'graph',
          title: 'Topology',
          description: 'Which sentinels watch which masters, and who replicates from them, right now?',
          targets: [{ ask: 'topology' }],
          width: 12,
          height: 10,
        },
        {
          look: 'logs',
          title: 'Events',
          description: 'What happened: failovers, changes of role, lost links, servers that went down or came back?',
          targets: [{ ask: 'logs', source: 'events', limit: 200 }],
          noValue: 'Nothing happened in this time range',
          width: 12,
          height: 10,
        },
      ],
    },
    {
      title: 'Over time',
      panels: [
        {
          look: 'states',
          title: 'State of the masters',
          description: 'When did a sentinel call a master down?',
          targets: [ofMaster('redis_sentinel_master_status', OF_MASTER, 'min', 'max')],
          values: [
            [1, 'ok', 'green'],
            [0, 'down', 'red'],
          ],
          thresholds: ALL_UP,
          noValue: NO_SENTINEL,
          width: 12,
        },
        {
          look: 'lines',
          title: 'Failovers',
          description: 'When was a failover? Each raises the version of the configuration by one.',
          targets: [ofMaster('redis_sentinel_master_config_epoch', OF_MASTER, 'last', 'max')],
          noValue: NO_SENTINEL,
          width: 12,
        },
        {
          look: 'lines',
          title: 'Replicas',
          description:
            'How many replicas are there to be promoted? Dashed: those the sentinel knows; the others answer.',
          targets: [
            ofMaster('redis_sentinel_master_ok_slaves', `${OF_MASTER} ok`, 'last', 'min'),
            ofMaster('redis_sentinel_master_slaves', `${OF_MASTER} known`, 'last', 'max'),
          ],
          overrides: [{ of: '/ known$/', dashed: true }],
          noValue: NO_SENTINEL,
          width: 12,
        },
        {
          look: 'lines',
          title: 'Sentinels',
          description:
            'How many sentinels watch a master, and how many of them are within reach? Dashed: those it knows.',
          targets: [
            ofMaster('redis_sentinel_master_ok_sentinels', `${OF_MASTER} ok`, 'last', 'min'),
            ofMaster('redis_sentinel_master_sentinels', `${OF_MASTER} known`, 'last', 'max'),
          ],
          overrides: [{ of: '/ known$/', dashed: true }],
          noValue: NO_SENTINEL,
          width: 12,
        },
        {
          look: 'lines',
          title: 'Since the last good ping',
          description:
            'How long ago did a master last answer a sentinel? Beyond down-after-milliseconds it is called down.',
          targets: [ofMaster('redis_sentinel_master_last_ok_ping_reply_seconds', OF_MASTER, 'max', 'max')],
          noValue: NO_SENTINEL,
          width: 12,
        },
        {
          look: 'lines',
          title: 'Scripts',
          description: 'Do notification scripts pile up? A queue that grows means they hang.',
          targets: [
            metric('redis_sentinel_running_scripts', '{{instance}} running', { function: 'max' }),
            metric('redis_sentinel_scripts_queue_length', '{{instance}} waiting', { function: 'max' }),
          ],
          noValue: NO_SENTINEL,
          width: 12,
        },
      ],
    },
  ],
};
