import { infoCollector, infoFields, percentAsRatio } from './info-fields';

const { counter, gauge } = infoFields('Persistence');

// prettier-ignore
const RDB = [
  gauge('rdb_changes_since_last_save', 'redis_rdb_changes_since_last_save', 'none',
    'Changes to the data that the last RDB save does not hold.'),
  gauge('rdb_bgsave_in_progress', 'redis_rdb_bgsave_in_progress', 'none',
    '1 while a child process saves the data, to a file or to a replica.'),
  gauge('rdb_last_save_time', 'redis_rdb_last_save_timestamp_seconds', 'timestamp',
    'When the last RDB save succeeded; the start of the server when there was none.'),
  gauge('rdb_last_bgsave_status', 'redis_rdb_last_bgsave_status', 'none',
    '1 when the last RDB save succeeded or there was none, 0 when it failed.'),
  gauge('rdb_last_bgsave_time_sec', 'redis_rdb_last_bgsave_duration_sec', 'seconds',
    'How long the last RDB save took; -1 means there was none.'),
  gauge('rdb_current_bgsave_time_sec', 'redis_rdb_current_bgsave_duration_sec', 'seconds',
    'How long the RDB save in progress has taken; -1 means there is none.'),
  gauge('rdb_saves', 'redis_rdb_saves_total', 'none',
    'RDB saves since the server started or CONFIG RESETSTAT (Redis 7.0+).'),
  gauge('rdb_last_cow_size', 'redis_rdb_last_cow_size_bytes', 'bytes',
    'Memory copied on write during the last RDB save.'),
  gauge('rdb_last_load_keys_expired', 'redis_rdb_last_load_expired_keys', 'none',
    'Keys dropped as expired when an RDB file was last loaded (Redis 7.0+).'),
  gauge('rdb_last_load_keys_loaded', 'redis_rdb_last_load_loaded_keys', 'none',
    'Keys kept when an RDB file was last loaded (Redis 7.0+).'),
];

// prettier-ignore
const AOF = [
  gauge('aof_enabled', 'redis_aof_enabled', 'none',
    '1 when the server writes an append-only file.'),
  gauge('aof_rewrite_in_progress', 'redis_aof_rewrite_in_progress', 'none',
    '1 while a child process rewrites the append-only file.'),
  gauge('aof_rewrite_scheduled', 'redis_aof_rewrite_scheduled', 'none',
    '1 when a rewrite of the append-only file waits for the RDB save in progress to end.'),
  gauge('aof_last_rewrite_time_sec', 'redis_aof_last_rewrite_duration_sec', 'seconds',
    'How long the last rewrite of the append-only file took; -1 means there was none.'),
  gauge('aof_current_rewrite_time_sec', 'redis_aof_current_rewrite_duration_sec', 'seconds',
    'How long the rewrite of the append-only file in progress has taken; -1 means there is none.'),
  gauge('aof_last_bgrewrite_status', 'redis_aof_last_bgrewrite_status', 'none',
    '1 when the last rewrite of the append-only file succeeded or there was none, 0 when it failed.'),
  gauge('aof_last_write_status', 'redis_aof_last_write_status', 'none',
    '1 when the last write to the append-only file succeeded; at 0 the server may refuse writes.'),
  counter('aof_rewrites', 'redis_aof_rewrites_total', 'none',
    'Rewrites of the append-only file since the server started or CONFIG RESETSTAT (Redis 7.0+).'),
  gauge('aof_rewrites_consecutive_failures', 'redis_aof_rewrites_consecutive_failures', 'none',
    'Rewrites of the append-only file that failed since the last one that succeeded (Redis 7.0+).'),
  gauge('aof_last_cow_size', 'redis_aof_last_cow_size_bytes', 'bytes',
    'Memory copied on write during the last rewrite of the append-only file.'),
  gauge('aof_current_size', 'redis_aof_current_size_bytes', 'bytes',
    'Size of the append-only file; there only when it is enabled, as are the following.'),
  gauge('aof_base_size', 'redis_aof_base_size_bytes', 'bytes',
    'Size the append-only file had after the last rewrite or start; its growth triggers the next rewrite.'),
  gauge('aof_pending_rewrite', 'redis_aof_pending_rewrite', 'none',
    '1 when a rewrite of the append-only file waits for the RDB save in progress to end.'),
  gauge('aof_buffer_length', 'redis_aof_buffer_length', 'bytes',
    'Bytes waiting to be written to the append-only file.'),
  gauge('aof_rewrite_buffer_length', 'redis_aof_rewrite_buffer_length', 'bytes',
    'Bytes of changes that the rewrite in progress has yet to take over (until Redis 6.2).'),
  gauge('aof_pending_bio_fsync', 'redis_aof_pending_bio_fsync', 'none',
    'Flushes of the append-only file to disk that wait in the background queue.'),
  gauge('aof_delayed_fsync', 'redis_aof_delayed_fsync', 'none',
    'Writes to the append-only file that a slow flush to disk held up, since start-up or CONFIG RESETSTAT.'),
];

// prettier-ignore
const FORKS = [
  gauge('current_cow_size', 'redis_current_cow_size_bytes', 'bytes',
    'Memory copied on write so far while a child process runs; 0 when none does (Redis 6.2+).'),
  gauge('current_cow_size_age', 'redis_current_cow_size_age_seconds', 'seconds',
    'Age of the figure for memory copied on write; 0 when no child process runs (Redis 6.2+).'),
  gauge('current_cow_peak', 'redis_current_cow_peak_bytes', 'bytes',
    'Most memory copied on write while a child process runs; 0 when none does (Redis 7.0+).'),
  gauge('current_fork_perc', 'redis_current_fork_progress_ratio', 'ratio',
    'Share of its work the child process has done; 0 when none runs (Redis 6.2+).', percentAsRatio),
  gauge('current_save_keys_processed', 'redis_current_save_keys_processed', 'none',
    'Keys the save or rewrite in progress has written; 0 when there is none (Redis 6.2+).'),
  gauge('current_save_keys_total', 'redis_current_save_keys', 'none',
    'Keys there were when the save or rewrite in progress began; 0 when there is none (Redis 6.2+).'),
  gauge('module_fork_in_progress', 'redis_module_fork_in_progress', 'none',
    '1 while a child process of a module runs (Redis 6.0+).'),
  gauge('module_fork_last_cow_size', 'redis_module_fork_last_cow_size', 'bytes',
    'Memory copied on write during the last child process of a module (Redis 6.0+).'),
  gauge('slot_migration_fork_in_progress', 'redis_slot_migration_fork_in_progress', 'none',
    '1 while a child process sends slots to another node (Valkey 9.0+).'),
];

// prettier-ignore
const LOADING = [
  gauge('loading', 'redis_loading_dump_file', 'none',
    '1 while the server loads its data and answers most commands with LOADING.'),
  gauge('async_loading', 'redis_async_loading', 'none',
    '1 while a replica loads new data from its master and still answers from the old (Redis 7.0+).'),
  gauge('loading_start_time', 'redis_loading_start_timestamp_seconds', 'timestamp',
    'When the load in progress began; there only during a load, as are the following.'),
  gauge('loading_total_bytes', 'redis_loading_size_bytes', 'bytes',
    'Size of what is being loaded; 0 when it comes over the network and its size is not known.'),
  gauge('loading_loaded_bytes', 'redis_loading_loaded_bytes', 'bytes',
    'Bytes loaded so far.'),
  gauge('loading_loaded_perc', 'redis_loading_progress_ratio', 'ratio',
    'Share of the data loaded so far.', percentAsRatio),
  gauge('loading_eta_seconds', 'redis_loading_eta_seconds', 'seconds',
    'How much longer the load takes at the pace so far.'),
  gauge('loading_rdb_used_mem', 'redis_loading_rdb_used_memory_bytes', 'bytes',
    'Memory that the server which wrote the data being loaded used at the time (Redis 6.2+).'),
];

/** INFO section Persistence. */
export const persistence = infoCollector({
  name: 'persistence',
  help: 'RDB saves, the append-only file, copy-on-write and the progress of loading.',
  fields: [...RDB, ...AOF, ...FORKS, ...LOADING],
  applies: (facts) => facts.mode !== 'sentinel',
});
