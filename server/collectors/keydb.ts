import { infoCollector, infoFields } from './info-fields';

const ofClients = infoFields('Clients');
const ofMemory = infoFields('Memory');
const ofStats = infoFields('Stats');
const ofReplication = infoFields('Replication');
const ofCpu = infoFields('CPU');
const ofKeyDB = infoFields('KeyDB');

// prettier-ignore
const FIELDS = [
  ofCpu.gauge('server_threads', 'redis_server_threads_total', 'none',
    'Threads that serve clients (KeyDB).'),
  ofCpu.gauge('long_lock_waits', 'redis_long_lock_waits_total', 'none',
    'Times a thread had to wait long for the lock on the data, since the server started (KeyDB).'),
  ofClients.gauge('current_client_thread', 'redis_current_client_thread', 'none',
    'Thread that answered this INFO (KeyDB).'),
  ofStats.gauge('instantaneous_lock_contention', 'redis_instantaneous_lock_contention', 'none',
    'Threads that hold the lock on the data or wait for it (KeyDB).'),
  ofStats.gauge('avg_lock_contention', 'redis_average_lock_contention', 'none',
    'Threads that held the lock on the data or waited for it, on average of late (KeyDB).'),
  ofStats.counter('storage_provider_read_hits', 'redis_storage_provider_read_hits', 'none',
    'Keys read from storage on disk and found there (KeyDB).'),
  ofStats.counter('storage_provider_read_misses', 'redis_storage_provider_read_misses', 'none',
    'Keys looked for in storage on disk and not found there (KeyDB).'),
  ofMemory.gauge('available_system_memory', 'redis_available_system_memory_bytes', 'bytes',
    'Physical memory of the host that programs can still have (KeyDB).'),
  ofReplication.gauge('connected_masters', 'redis_connected_masters', 'none',
    'Masters the replica is connected to; KeyDB may follow several.'),
  ofReplication.gauge('master_global_link_status', 'redis_master_global_link_up', 'none',
    '1 when the links to all masters are up (KeyDB).', (text) => Number(text === 'up')),
  ofKeyDB.counter('cached_keys', 'redis_cached_keys_total', 'none',
    'Keys held in memory when there is storage on disk (KeyDB).'),
  ofKeyDB.gauge('mvcc_depth', 'redis_mvcc_depth', 'none',
    'Snapshots of the data that are stacked upon each other (KeyDB).'),
];

/** What only KeyDB's INFO has, from several sections. */
export const keydb = infoCollector({
  name: 'keydb',
  help: 'Threads, locks, storage and masters of KeyDB.',
  fields: FIELDS,
  applies: (facts) => facts.flavour === 'keydb',
});
