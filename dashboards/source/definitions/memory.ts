import { metric, promql, total, where } from '../metrics';
import type { DashboardDefinition } from '../model';

export const memory: DashboardDefinition = {
  name: 'memory',
  title: 'memory',
  description: 'How much memory each instance uses, what for, how close it is to its limit, and what it throws away.',
  from: 'now-6h',
  rows: [
    {
      panels: [
        {
          look: 'value',
          title: 'Memory used',
          description: 'How much memory has each instance allocated, for its data and all that serves it?',
          targets: [metric('redis_memory_used_bytes', '{{instance}}')],
          width: 8,
          height: 6,
        },
        {
          look: 'bar-gauge',
          title: 'Of maxmemory',
          description:
            'How close is each instance to its limit? At 100 % it evicts keys or, with the policy noeviction, refuses writes: a cache may stay there for good, anything else needs room before 90 %.',
          targets: [metric('memory_used_ratio', '{{instance}}')],
          min: 0,
          max: 1,
          decimals: 0,
          thresholds: [
            [null, 'green'],
            [0.8, 'orange'],
            [0.9, 'red'],
          ],
          noValue: 'No instance has a limit (maxmemory is 0)',
          width: 8,
          height: 6,
        },
        {
          look: 'value',
          title: 'Refused',
          description:
            'Are commands refused with the error OOM? Then the limit is reached and nothing may, or can, be evicted (Redis 6.2 and later).',
          targets: [total('errors_per_second', 'refused', { where: [where('err', '=', 'OOM')] })],
          thresholds: [
            [null, 'green'],
            [0.0001, 'red'],
          ],
          noValue: 'No command was ever refused with OOM',
          width: 4,
          height: 6,
        },
        {
          look: 'value',
          title: 'Evictions',
          description:
            'How many keys go before their time, because the limit is reached? Normal for a cache, data lost for anything else.',
          targets: [total('evictions_per_second', 'evicted')],
          width: 4,
          height: 6,
        },
      ],
    },
    {
      title: 'Use',
      panels: [
        {
          look: 'lines',
          title: 'Memory used and its limit',
          description:
            'How much room is left below maxmemory (dashed)? An instance whose limit is 0 has none: only the memory of the host ends its growth.',
          targets: [
            metric('redis_memory_used_bytes', '{{instance}}'),
            metric('redis_memory_max_bytes', '{{instance}} limit', { function: 'last' }),
          ],
          prometheus: [
            promql('redis_memory_used_bytes{$S}', '{{instance}}'),
            promql('redis_memory_max_bytes{$S} > 0', '{{instance}} limit'),
          ],
          overrides: [{ of: '/ limit$/', dashed: true }],
          width: 12,
        },
        {
          look: 'stacked',
          title: 'What it is used for',
          description:
            'Is it the data that takes the memory, of all chosen instances together? The rest is start-up, buffers of clients and replicas, and the tables of keys: many small keys make it large.',
          targets: [
            total('redis_memory_used_dataset_bytes', 'data'),
            total('redis_memory_used_overhead_bytes', 'overhead'),
          ],
          width: 12,
        },
        {
          look: 'lines',
          title: 'Allocated, physical and peak',
          description:
            'How much does the system give (physical), and how much was it at most (peak, dashed)? Physical memory seldom falls after a peak; physical below allocated means that part of the process is swapped out.',
          targets: [
            metric('redis_memory_used_bytes', '{{instance}} allocated'),
            metric('redis_memory_used_rss_bytes', '{{instance}} physical'),
            metric('redis_memory_used_peak_bytes', '{{instance}} peak', { function: 'last' }),
          ],
          overrides: [{ of: '/ peak$/', dashed: true }],
          width: 12,
        },
        {
          look: 'area',
          title: 'Now and a week before',
          description:
            'How much more do all chosen instances use than a week before (dashed)? For capacity: look at 30 days.',
          targets: [
            total('redis_memory_used_bytes', 'now'),
            total('redis_memory_used_bytes', 'a week before', { timeShift: '7d' }),
          ],
          overrides: [{ of: 'a week before', dashed: true }],
          width: 12,
        },
      ],
    },
    {
      title: 'Growth and eviction',
      panels: [
        {
          look: 'lines',
          title: 'Growth',
          description:
            'Which instance grows, and how fast? Growth that never turns negative, while keys should expire, is a leak: keys without a time to live.',
          targets: [metric('memory_growth', '{{instance}}')],
          width: 12,
        },
        {
          look: 'lines',
          title: 'Evictions',
          description:
            'Which instance throws keys away? A cache that evicts much and misses much is too small: compare its hit ratio.',
          targets: [metric('evictions_per_second', '{{instance}}')],
          leadsTo: 'hits',
          width: 12,
        },
      ],
    },
    {
      title: 'Fragmentation',
      panels: [
        {
          look: 'lines',
          title: 'Fragmentation',
          description:
            'How much physical memory is there for each allocated byte? Over 1.5 much is wasted, below 1 part is swapped out. It says nothing of a small instance: below some 100 MiB the program itself weighs more than the data.',
          targets: [metric('memory_fragmentation_ratio', '{{instance}}')],
          unit: 'none',
          decimals: 2,
          width: 12,
        },
        {
          look: 'lines',
          title: 'Fragmentation of the allocator',
          description:
            'Is it gaps between values (then active defragmentation helps), or pages that are not given back (MEMORY PURGE)? 1 is none (Redis 5 and later).',
          targets: [
            metric('redis_allocator_frag_ratio', '{{instance}} gaps'),
            metric('redis_allocator_rss_ratio', '{{instance}} not given back'),
          ],
          unit: 'none',
          decimals: 2,
          noValue: 'Redis 5 and later tell it',
          width: 12,
        },
      ],
    },
    {
      title: 'Details',
      collapsed: true,
      panels: [
        {
          look: 'stacked',
          title: 'Where physical memory goes',
          description:
            'What is the physical memory of all chosen instances made of (Redis 5 and later)? Allocated values, gaps between them, pages the allocator could give back, and the program around it.',
          targets: [
            total('redis_allocator_allocated_bytes', 'allocated'),
            total('redis_allocator_frag_bytes', 'gaps'),
            total('redis_allocator_rss_bytes', 'not given back'),
            total('redis_rss_overhead_bytes', 'program'),
          ],
          noValue: 'Redis 5 and later tell it',
          width: 12,
        },
        {
          look: 'lines',
          title: 'Physical memory and that of the host',
          description:
            'Does the process still fit into its host (dashed)? When it does not, the system kills it. A limit of its container is not known here.',
          targets: [
            metric('redis_memory_used_rss_bytes', '{{instance}}'),
            metric('redis_total_system_memory_bytes', '{{instance}} host', { function: 'last' }),
          ],
          overrides: [{ of: '/ host$/', dashed: true }],
          width: 12,
        },
        {
          look: 'lines',
          title: "Clients' buffers",
          description:
            'Is it clients that take the memory? Large replies, subscribers that read slowly and long pipelines show here (Redis 5 and later).',
          targets: [metric('redis_mem_clients_normal', '{{instance}}')],
          noValue: 'Redis 5 and later tell it',
          leadsTo: 'clients',
          width: 12,
        },
        {
          look: 'lines',
          title: 'Buffers of replication and of the append-only file',
          description:
            'Is it replicas that are slow, the backlog, or a disk that is slow (Redis 5 and later)? Buffers of replicas and of the file do not count towards maxmemory.',
          targets: [
            metric('redis_mem_replication_backlog_bytes', '{{instance}} backlog'),
            metric('redis_mem_clients_slaves', '{{instance}} replicas'),
            metric('redis_mem_aof_buffer_bytes', '{{instance}} append-only file'),
          ],
          noValue: 'Redis 5 and later tell it',
          leadsTo: 'replication',
          width: 12,
        },
      ],
    },
  ],
};
