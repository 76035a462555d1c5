import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics, type HeapInfo } from 'node:v8';
import { Counter, Gauge, type Registry } from 'prom-client';
import { countOpenFiles, readLimits, readNetworkBytes, readVirtualBytes, type Limits, type NetworkBytes } from './proc';

/** A metric, and its value in what was read for several of them at once. */
interface Row<Reading> {
  readonly type: 'counter' | 'gauge';
  readonly name: string;
  readonly help: string;
  readonly value: (reading: Reading) => number;
}

type LagHistogram = ReturnType<typeof monitorEventLoopDelay>;

const LAG_RESOLUTION_MS = 20;

const CPU: readonly Row<NodeJS.CpuUsage>[] = [
  counter('process_cpu_user_seconds_total', 'User CPU time spent in seconds.', ({ user }) => user / 1e6),
  counter('process_cpu_system_seconds_total', 'System CPU time spent in seconds.', ({ system }) => system / 1e6),
  counter(
    'process_cpu_seconds_total',
    'User and system CPU time spent in seconds.',
    ({ user, system }) => (user + system) / 1e6
  ),
];
const START: readonly Row<number>[] = [
  gauge('process_start_time_seconds', 'Unix time of the start of the process in seconds.', (ms) => ms / 1000),
];
const RESIDENT: readonly Row<number>[] = [
  gauge('process_resident_memory_bytes', 'Resident memory in bytes.', (bytes) => bytes),
];
const VIRTUAL: readonly Row<number>[] = [
  gauge('process_virtual_memory_bytes', 'Virtual memory in bytes.', (bytes) => bytes),
];
const OPEN_FILES: readonly Row<number>[] = [gauge('process_open_fds', 'Open file descriptors.', (count) => count)];
const LIMITS: readonly Row<Limits>[] = [
  gauge('process_max_fds', 'Most file descriptors the process may have open.', ({ openFiles }) => openFiles),
  gauge(
    'process_virtual_memory_max_bytes',
    'Most virtual memory the process may have in bytes.',
    ({ virtualBytes }) => virtualBytes
  ),
];
const NETWORK: readonly Row<NetworkBytes>[] = [
  counter(
    'process_network_receive_bytes_total',
    'Bytes received over the network by all processes of this network namespace.',
    ({ received }) => received
  ),
  counter(
    'process_network_transmit_bytes_total',
    'Bytes sent over the network by all processes of this network namespace.',
    ({ sent }) => sent
  ),
];
const HEAP: readonly Row<HeapInfo>[] = [
  gauge(
    'nodejs_heap_size_total_bytes',
    'Heap that the JavaScript engine has taken from the system in bytes.',
    (heap) => heap.total_heap_size
  ),
  gauge('nodejs_heap_size_used_bytes', 'Heap in use in bytes.', (heap) => heap.used_heap_size),
  gauge(
    'nodejs_external_memory_bytes',
    'Memory outside the heap that belongs to objects on it in bytes.',
    (heap) => heap.external_memory
  ),
];
const LAG: readonly Row<LagHistogram>[] = [
  gauge('nodejs_eventloop_lag_max_seconds', 'Longest delay of the event loop since it was last read.', (lag) =>
    lagSeconds(lag, lag.max)
  ),
  gauge('nodejs_eventloop_lag_mean_seconds', 'Mean delay of the event loop since it was last read.', (lag) =>
    lagSeconds(lag, lag.mean)
  ),
  gauge('nodejs_eventloop_lag_p50_seconds', 'Median delay of the event loop since it was last read.', (lag) =>
    lagSeconds(lag, lag.percentile(50))
  ),
  gauge(
    'nodejs_eventloop_lag_p99_seconds',
    '99th percentile of the delays of the event loop since it was last read.',
    (lag) => lagSeconds(lag, lag.percentile(99))
  ),
];

/** Registers what is known of our own process, under the names all Prometheus clients use. */
export function registerProcessMetrics(registry: Registry): void {
  const limits = readLimits();
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  lag.enable();
  register(registry, () => process.cpuUsage(), CPU);
  register(registry, () => performance.timeOrigin, START);
  register(registry, () => process.memoryUsage.rss(), RESIDENT);
  register(registry, readVirtualBytes, VIRTUAL);
  register(registry, countOpenFiles, OPEN_FILES);
  register(registry, () => limits, LIMITS);
  register(registry, readNetworkBytes, NETWORK);
  register(registry, getHeapStatistics, HEAP);
  register(
    registry,
    () => lag,
    LAG,
    () => lag.reset()
  );
  new Gauge({
    name: 'nodejs_version_info',
    help: 'Version of Node.js; the value is always 1.',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version: process.version }, 1);
}

/** Registers metrics that are read together; none where there is nothing to read. */
function register<Reading>(
  registry: Registry,
  read: () => Reading | undefined,
  rows: readonly Row<Reading>[],
  whenRead?: () => void
): void {
  if (read() === undefined) return;
  const metrics = rows.map(({ type, name, help, value }, index) => {
    // A registry reads its metrics in order: the first one reads for all.
    const config = { name, help, registers: [registry], ...(index === 0 && { collect: readAll }) };
    return { metric: type === 'counter' ? new Counter(config) : new Gauge(config), value };
  });

  function readAll(): void {
    const reading = read();
    if (reading === undefined) return;
    for (const { metric, value } of metrics) {
      metric.reset();
      metric.inc(value(reading));
    }
    whenRead?.();
  }
}

function counter<Reading>(name: string, help: string, value: (reading: Reading) => number): Row<Reading> {
  return { type: 'counter', name, help, value };
}

function gauge<Reading>(name: string, help: string, value: (reading: Reading) => number): Row<Reading> {
  return { type: 'gauge', name, help, value };
}

/** The histogram holds whole turns of its timer; what is beyond the timer's own time is lag. */
function lagSeconds(lag: LagHistogram, turnNanoseconds: number): number {
  return lag.count === 0 ? 0 : Math.max(0, turnNanoseconds / 1e9 - LAG_RESOLUTION_MS / 1e3);
}
