import { HOST } from './ports';

/** What the demo's servers are called, as targets of the collector. */
export const DEMO_TARGETS = [
  'cache-1',
  'cache-2',
  'cache-3',
  'sentinel-1',
  'cluster-1',
  'cluster-2',
  'cluster-3',
] as const;
export type DemoTarget = (typeof DEMO_TARGETS)[number];

export type Kind = 'cache' | 'sentinel' | 'cluster';

/** What the sentinel calls the caches. */
export const MASTER_NAME = 'cache';

/** Where each server listens. */
export type Ports = Readonly<Record<DemoTarget, number>>;

export function kindOf(name: DemoTarget): Kind {
  return name.startsWith('cache') ? 'cache' : name.startsWith('sentinel') ? 'sentinel' : 'cluster';
}

export function namesOf(kind: Kind): readonly DemoTarget[] {
  return DEMO_TARGETS.filter((name) => kindOf(name) === kind);
}

/** Labels of the collector's target. */
export function labelsOf(name: DemoTarget): Readonly<Record<string, string>> {
  return { env: 'demo', service: SERVICES[kindOf(name)] };
}

const SERVICES: Readonly<Record<Kind, string>> = { cache: 'shop', sentinel: 'shop', cluster: 'catalog' };

const COMMON = ['latency-monitor-threshold 5', 'slowlog-log-slower-than 3000', 'slowlog-max-len 128'];
/** So little that the load fills it, and keys are evicted. */
const SMALL_MEMORY = ['maxmemory 8mb', 'maxmemory-policy allkeys-lru'];

/** redis.conf, line by line. */
export function configurationOf(name: DemoTarget, ports: Ports, directory: string): readonly string[] {
  return [
    `bind ${HOST}`,
    `port ${ports[name]}`,
    `dir "${directory}"`,
    'daemonize no',
    ...OF_KIND[kindOf(name)](name, ports),
  ];
}

const OF_KIND: Readonly<Record<Kind, (name: DemoTarget, ports: Ports) => readonly string[]>> = {
  cache: (name, ports) => [
    ...COMMON,
    ...SMALL_MEMORY,
    'save 60 1',
    'repl-diskless-sync-delay 0',
    'repl-ping-replica-period 1',
    ...(name === 'cache-1' ? [] : [`replicaof ${HOST} ${ports['cache-1']}`]),
    ...(name === 'cache-3' ? ['appendonly yes'] : []),
  ],
  sentinel: (_, ports) => [
    `sentinel monitor ${MASTER_NAME} ${HOST} ${ports['cache-1']} 1`,
    `sentinel down-after-milliseconds ${MASTER_NAME} 3000`,
    `sentinel failover-timeout ${MASTER_NAME} 10000`,
    `sentinel parallel-syncs ${MASTER_NAME} 2`,
  ],
  cluster: () => [
    ...COMMON,
    ...SMALL_MEMORY,
    'save 120 1',
    'cluster-enabled yes',
    'cluster-node-timeout 1000',
    'cluster-require-full-coverage no',
  ],
};
