import { metric } from '../metrics';
import type { DashboardDefinition } from '../model';
import { ALL_UP } from '../states';

const OK_FAILED = [
  [1, 'ok', 'green'],
  [0, 'failed', 'red'],
] as const;
const NO_AOF = 'No instance has an append-only file (appendonly no)';

export const persistence: DashboardDefinition = {
  name: 'persistence',
  title: 'persistence',
  description: 'Whether saves succeed, how much a crash would lose, and what saving costs.',
  from: 'now-6h',
  rows: [
    {
      panels: [
        {
          look: 'value',
          title: 'Last RDB save',
          description:
            'Did the last save succeed? After a failed one the server may refuse writes (stop-writes-on-bgsave-error).',
          targets: [metric('redis_rdb_last_bgsave_status', '{{instance}}', { function: 'last' })],
          values: OK_FAILED,
          thresholds: ALL_UP,
          width: 8,
          height: 6,
        },
        {
          look: 'value',
          title: 'Since the last save',
          description:
            'How old is the newest RDB file? What is too old depends on how much may be lost; a server that was never told to save has the age of its start.',
          targets: [metric('seconds_since_last_save', '{{instance}}')],
          noValue: 'The server does not tell its time (Redis 6.2 and later)',
          width: 8,
          height: 6,
        },
        {
          look: 'value',
          title: 'Append-only file',
          description: 'Can the append-only file be written? If not, the server refuses writes.',
          targets: [metric('redis_aof_last_write_status', '{{instance}}', { function: 'last' })],
          values: OK_FAILED,
          thresholds: ALL_UP,
          noValue: NO_AOF,
          width: 8,
          height: 6,
        },
      ],
    },
    {
      title: 'What a crash would lose',
      panels: [
        {
          look: 'lines',
          title: 'Changes not saved',
          description:
            'How many changes does the last RDB file not hold? Without an append-only file and replicas a crash loses them.',
          targets: [metric('redis_rdb_changes_since_last_save', '{{instance}}', { function: 'last' })],
          width: 12,
        },
        {
          look: 'lines',
          title: 'Age of the RDB file',
          description: 'How often is it renewed? Each fall is a save.',
          targets: [metric('seconds_since_last_save', '{{instance}}')],
          noValue: 'The server does not tell its time (Redis 6.2 and later)',
          width: 12,
        },
      ],
    },
    {
      title: 'What saving costs',
      panels: [
        {
          look: 'states',
          title: 'Saves and rewrites',
          description:
            'When was a child process saving? Meanwhile pages that are written are copied, and memory grows.',
          targets: [
            metric('redis_rdb_bgsave_in_progress', '{{instance}} RDB', { function: 'max' }),
            metric('redis_aof_rewrite_in_progress', '{{instance}} AOF', { function: 'max' }),
          ],
          values: [
            [1, 'saving', 'blue'],
            [0, 'idle', 'transparent'],
          ],
          width: 12,
        },
        {
          look: 'lines',
          title: 'Length of saves',
          description:
            'How long did the last save and the last rewrite take? Slow disks and large data show here first.',
          targets: [
            metric('redis_rdb_last_bgsave_duration_sec', '{{instance}} RDB', { function: 'last' }),
            metric('redis_aof_last_rewrite_duration_sec', '{{instance}} AOF', { function: 'last' }),
          ],
          min: 0,
          width: 12,
        },
        {
          look: 'lines',
          title: 'Fork',
          description:
            'How long did starting the child process keep the server from answering? It grows with memory, and with transparent huge pages.',
          targets: [metric('redis_latest_fork_seconds', '{{instance}}', { function: 'last' })],
          width: 12,
        },
        {
          look: 'area',
          title: 'Copied on write',
          description:
            'How much more memory did a save need? It must be free beside maxmemory, or the system kills the server.',
          targets: [
            metric('redis_rdb_last_cow_size_bytes', '{{instance}} last RDB', { function: 'last' }),
            metric('redis_aof_last_cow_size_bytes', '{{instance}} last AOF', { function: 'last' }),
            metric('redis_current_cow_size_bytes', '{{instance}} now', { function: 'max' }),
          ],
          width: 12,
        },
      ],
    },
    {
      title: 'Append-only file',
      panels: [
        {
          look: 'area',
          title: 'Size',
          description:
            'How large is the file, and how much was it after the last rewrite? Growth between them sets off the next one.',
          targets: [
            metric('redis_aof_current_size_bytes', '{{instance}}', { function: 'last' }),
            metric('redis_aof_base_size_bytes', '{{instance}} after rewrite', { function: 'last' }),
          ],
          overrides: [{ of: '/ after rewrite$/', dashed: true }],
          noValue: NO_AOF,
          width: 12,
        },
        {
          look: 'bars',
          title: 'Writes held up by the disk',
          description:
            'How often did a slow flush hold up a write? Then every client waits: the disk is too slow for appendfsync.',
          targets: [metric('redis_aof_delayed_fsync', '{{instance}}', { function: 'increase' })],
          unit: 'short',
          noValue: NO_AOF,
          width: 12,
        },
        {
          look: 'states',
          title: 'Writes and rewrites of the file',
          description: 'When did writing or rewriting the append-only file fail?',
          targets: [
            metric('redis_aof_last_write_status', '{{instance}} write', { function: 'min' }),
            metric('redis_aof_last_bgrewrite_status', '{{instance}} rewrite', { function: 'min' }),
          ],
          values: OK_FAILED,
          thresholds: ALL_UP,
          noValue: NO_AOF,
          width: 24,
          height: 7,
        },
      ],
    },
    {
      title: 'Loading',
      collapsed: true,
      panels: [
        {
          look: 'lines',
          title: 'Load in progress',
          description:
            'How far is a server that is loading its data? Until then it answers most commands with LOADING.',
          targets: [metric('redis_loading_progress_ratio', '{{instance}}')],
          max: 1,
          noValue: 'No server loaded its data in this time range',
          width: 12,
        },
        {
          look: 'states',
          title: 'Loading',
          description: 'When was a server loading?',
          targets: [metric('redis_loading_dump_file', '{{instance}}', { function: 'max' })],
          values: [
            [1, 'loading', 'orange'],
            [0, 'ready', 'transparent'],
          ],
          width: 12,
        },
      ],
    },
  ],
};
