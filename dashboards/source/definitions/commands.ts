import { metric, promql, total, where } from '../metrics';
import type { DashboardDefinition, PanelDefinition } from '../model';

const OF_COMMAND = { where: [where('cmd', '=~', '$command')] };
const BY_COMMAND = { ...OF_COMMAND, aggregate: { op: 'sum', by: ['cmd'] }, topK: 10 } as const;

/** Percentiles of the ten slowest commands; Prometheus can take them of the range alone, out of the histogram. */
function percentile(title: string, quantile: string, width: number): PanelDefinition {
  const share = Number(quantile) / 100;
  const buckets =
    'sum by (le, cmd) (rate(redis_commands_latencies_usec_bucket{$S, cmd=~"$command"}[$__rate_interval]))';
  return {
    look: 'lines',
    title,
    description: `Within what time were ${quantile} % of the calls of a command done? The ten slowest; as the server counts it since its start or the last reset (Redis 7 and later), so it moves slowly on a server that has run for long.`,
    targets: [
      metric('redis_latency_percentiles_usec', '{{cmd}}', {
        where: [...OF_COMMAND.where, where('quantile', '=', quantile)],
        aggregate: { op: 'max', by: ['cmd'] },
        topK: 10,
      }),
    ],
    prometheus: [promql(`topk(10, histogram_quantile(${share}, ${buckets}))`, '{{cmd}}')],
    noValue: 'The server counts no percentiles (Redis 7 and later, latency-tracking yes)',
    width,
  };
}

export const commands: DashboardDefinition = {
  name: 'commands',
  title: 'commands and latency',
  description: 'What the servers are asked, how long it takes, what fails, and which commands were slow.',
  from: 'now-1h',
  variables: [{ name: 'command', title: 'Command', of: 'redis_commands_total', label: 'cmd' }],
  rows: [
    {
      panels: [
        {
          look: 'value',
          title: 'Commands',
          description: 'How many commands a second do the chosen instances process, all together?',
          targets: [total('ops_per_second', 'commands')],
          unit: 'cps',
          width: 6,
          height: 4,
        },
        {
          look: 'value',
          title: 'Mean latency',
          description: 'How long does a command take in the mean, without network and queueing?',
          targets: [metric('latency_mean', 'mean', { aggregate: { op: 'avg' } })],
          width: 6,
          height: 4,
        },
        {
          look: 'value',
          title: 'Slow commands',
          description: 'How many commands a second come into the slow log (slowlog-log-slower-than, 10 ms by default)?',
          targets: [total('slow_commands_per_second', 'slow')],
          width: 6,
          height: 4,
        },
        {
          look: 'value',
          title: 'Errors',
          description:
            'What share of all calls fails or is refused (Redis 6.2 and later)? Some errors are normal: NOSCRIPT, MOVED.',
          targets: [metric('error_ratio', 'errors', { aggregate: { op: 'avg' } })],
          decimals: 2,
          noValue: 'The server does not count errors (Redis 6.2 and later)',
          width: 6,
          height: 4,
        },
      ],
    },
    {
      title: 'Load',
      panels: [
        {
          look: 'stacked',
          title: 'Calls by command',
          description: 'What are the servers asked most often? The ten commands with the most calls.',
          targets: [metric('commands_per_second', '{{cmd}}', BY_COMMAND)],
          width: 12,
          height: 9,
        },
        {
          look: 'stacked',
          title: 'Time by command',
          description:
            'Which commands keep the servers busy? Time spent on each, as a share of one core: near 100 % an instance can do no more.',
          targets: [metric('redis_commands_duration_seconds_total', '{{cmd}}', BY_COMMAND)],
          width: 12,
          height: 9,
        },
        {
          look: 'lines',
          title: 'Commands by instance',
          description: 'How is the load shared among the instances?',
          targets: [metric('ops_per_second', '{{instance}}')],
          width: 12,
        },
        {
          look: 'lines',
          title: 'CPU of the main thread',
          description:
            'Which instance is at its limit? All commands run in one thread; at 100 % of a core it is full (Redis 6.2 and later).',
          targets: [metric('cpu_cores_used_main_thread', '{{instance}}')],
          noValue: 'The server does not count the time of its main thread (Redis 6.2 and later)',
          width: 12,
        },
      ],
    },
    {
      title: 'Latency',
      panels: [
        {
          look: 'lines',
          title: 'Mean latency by command',
          description: 'Which commands are slow in the mean? The ten slowest, counted within each step of the graph.',
          targets: [
            metric('latency_per_command', '{{cmd}}', {
              ...OF_COMMAND,
              aggregate: { op: 'max', by: ['cmd'] },
              topK: 10,
            }),
          ],
          width: 12,
        },
        percentile('p50 by command', '50', 12),
        percentile('p99 by command', '99', 12),
        percentile('p99.9 by command', '99.9', 12),
        {
          look: 'lines',
          title: 'Latency events',
          description:
            'What kept a server from answering? The last event of each kind as LATENCY LATEST tells it, such as a fork, a slow command or a flush to disk (latency-monitor-threshold must be set).',
          targets: [
            metric('redis_latency_spike_duration_seconds', '{{instance}} {{event_name}}', { function: 'last' }),
          ],
          noValue: 'No latency events: there were none, or latency-monitor-threshold is 0',
          width: 24,
          height: 7,
        },
      ],
    },
    {
      title: 'Slow log',
      panels: [
        {
          look: 'lines',
          title: 'Slow commands by instance',
          description: 'When, and where, were commands slow?',
          targets: [metric('slow_commands_per_second', '{{instance}}')],
          width: 12,
        },
        {
          look: 'logs',
          title: 'Slow log as it came',
          description: 'Which commands were slow, newest first? Values are left out, keys shortened to their pattern.',
          targets: [{ ask: 'logs', source: 'slowlog', limit: 200 }],
          noValue: 'No slow commands in this time range',
          width: 12,
        },
        {
          look: 'table',
          title: 'Slow commands',
          description: 'Which commands took longest? All that were kept of the slow logs in this time range.',
          targets: [{ ask: 'table', table: 'slowlog', limit: 500 }],
          sortBy: 'Duration',
          noValue: 'No slow commands in this time range',
          overrides: [
            { of: 'Time', width: 170 },
            { of: 'Instance', leadsTo: 'memory' },
            { of: 'Duration', cell: 'gauge' },
          ],
          width: 24,
          height: 10,
        },
      ],
    },
    {
      title: 'Errors',
      panels: [
        {
          look: 'stacked',
          title: 'Errors by kind',
          description:
            'What do clients get wrong, or the servers refuse? By the first word of the error (Redis 6.2 and later).',
          targets: [metric('errors_per_second', '{{err}}', { aggregate: { op: 'sum', by: ['err'] }, topK: 10 })],
          noValue: 'No errors in this time range, or a server older than Redis 6.2',
          width: 12,
        },
        {
          look: 'lines',
          title: 'Error ratio by command',
          description: 'Which commands fail? Share of their calls that failed or were refused (Redis 6.2 and later).',
          targets: [
            metric('error_ratio_per_command', '{{cmd}}', {
              ...OF_COMMAND,
              aggregate: { op: 'max', by: ['cmd'] },
              topK: 10,
            }),
          ],
          noValue: 'The server does not count errors (Redis 6.2 and later)',
          width: 12,
        },
      ],
    },
    {
      title: 'All commands',
      collapsed: true,
      panels: [
        {
          look: 'table',
          title: 'Commands',
          description: 'What is there to know of each command, over this time range?',
          targets: [{ ask: 'table', table: 'commands' }],
          sortBy: 'Calls per second',
          width: 24,
          height: 12,
        },
        {
          look: 'lines',
          title: 'Network',
          description: 'How much is sent (above) and received (below)?',
          targets: [metric('network_output', '{{instance}} sent'), metric('network_input', '{{instance}} received')],
          overrides: [{ of: '/ received$/', negative: true }],
          width: 24,
        },
      ],
    },
  ],
};
