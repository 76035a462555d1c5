import type { FamilyDescriptor } from '../model/family';
import { infoCollector, infoFields, perShape, times } from './info-fields';

const { gauge } = infoFields('Server');

// prettier-ignore
const FIELDS = [
  gauge('uptime_in_seconds', 'redis_uptime_in_seconds', 'seconds',
    'Time since the server started.'),
  gauge('server_time_usec', 'redis_server_time_seconds', 'timestamp',
    'Clock of the server when it answered (Redis 6.2+).', times(1e-6)),
  gauge('process_id', 'redis_process_id', 'none',
    'Process ID of the server.'),
  gauge('hz', 'redis_hz', 'hertz',
    'How often per second the server runs its background tasks; it raises the rate with the number of clients.'),
  gauge('configured_hz', 'redis_configured_hz', 'hertz',
    'How often per second the server runs its background tasks at least: the setting hz (Redis 5.0+).'),
  gauge('clients_hz', 'redis_clients_hz', 'hertz',
    'How often per second the server looks after its clients (Valkey 9.1+).'),
  gauge('io_threads_active', 'redis_io_threads_active', 'none',
    '1 while I/O threads are at work, 0 while the main thread does all reads and writes (Redis 6.0+).'),
  gauge('shutdown_in_milliseconds', 'redis_shutdown_remaining_seconds', 'seconds',
    'How much longer a shutdown waits for replicas at most; there only during a shutdown (Redis 7.0+).', times(1e-3)),
];

const startTime: FamilyDescriptor = {
  name: 'redis_start_time_seconds',
  type: 'gauge',
  unit: 'timestamp',
  help: 'When the server started, by the clock of Redis Vitals.',
  labelNames: [],
  source: { command: 'INFO', section: 'Server', field: 'uptime_in_seconds' },
};

const instance: FamilyDescriptor = {
  name: 'redis_instance_info',
  type: 'info',
  unit: 'none',
  help: 'What the server is: its labels are INFO fields of these names; one the server does not have is empty.',
  labelNames: [
    'role',
    'redis_version',
    'redis_build_id',
    'redis_mode',
    'os',
    'maxmemory_policy',
    'tcp_port',
    'run_id',
    'process_id',
    'master_replid',
    'valkey_version',
    'valkey_release_stage',
  ],
  optionalLabelNames: ['valkey_version', 'valkey_release_stage'],
  source: { command: 'INFO' },
};

/** Valkey calls some fields anew. */
const RENAMED: ReadonlyMap<string, string> = new Map([['redis_mode', 'server_mode']]);

const instanceFields = perShape(({ index }) =>
  instance.labelNames.map((name) => index.get(name) ?? index.get(RENAMED.get(name) ?? ''))
);

/** INFO section Server, and what identifies the instance from other sections. */
export const server = infoCollector({
  name: 'server',
  help: 'Uptime, version and identity of the server.',
  fields: FIELDS,
  families: [startTime, instance],
  collect({ info, facts }, sink) {
    if (info.shape.index.has('uptime_in_seconds')) sink.add(startTime, facts.startTimeSeconds);
    const labels = instanceFields(info.shape).map((at) => (at === undefined ? '' : (info.values[at] as string)));
    sink.add(instance, 1, labels);
  },
});
