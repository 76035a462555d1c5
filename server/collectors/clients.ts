import { infoCollector, infoFields, times } from './info-fields';

const { gauge } = infoFields('Clients');

// prettier-ignore
const FIELDS = [
  gauge('connected_clients', 'redis_connected_clients', 'none',
    'Connected clients, replicas not counted.'),
  gauge('blocked_clients', 'redis_blocked_clients', 'none',
    'Clients waiting in a blocking command such as BLPOP, XREAD BLOCK or WAIT.'),
  gauge('maxclients', 'redis_max_clients', 'none',
    'Connections the server accepts at most; it rejects those beyond (Redis 6.2+).'),
  gauge('tracking_clients', 'redis_tracking_clients', 'none',
    'Clients that use client-side caching, CLIENT TRACKING (Redis 6.0+).'),
  gauge('clients_in_timeout_table', 'redis_clients_in_timeout_table', 'none',
    'Blocked clients that wait with a timeout (Redis 6.0+).'),
  gauge('pubsub_clients', 'redis_pubsub_clients', 'none',
    'Clients subscribed to at least one channel or pattern (Redis 7.4+, Valkey 8.0+).'),
  gauge('watching_clients', 'redis_watching_clients', 'none',
    'Clients that watch keys for a transaction, WATCH (Redis 7.4+, Valkey 8.0+).'),
  gauge('total_watched_keys', 'redis_total_watched_keys', 'none',
    'Keys watched by at least one client (Redis 7.4+, Valkey 8.0+).'),
  gauge('total_blocking_keys', 'redis_total_blocking_keys', 'none',
    'Keys at least one client is blocked on (Redis 7.2+).'),
  gauge('total_blocking_keys_on_nokey', 'redis_total_blocking_keys_on_nokey', 'none',
    'Keys whose deletion, too, would wake a client blocked on them, as with XREADGROUP (Redis 7.2+).'),
  gauge('client_longest_output_list', 'redis_client_longest_output_list', 'none',
    'Most replies waiting to be sent to one client (until Redis 4.0).'),
  gauge('client_biggest_input_buf', 'redis_client_biggest_input_buf', 'bytes',
    'Largest query buffer of a client (until Redis 4.0).'),
  gauge('client_recent_max_input_buffer', 'redis_client_recent_max_input_buffer_bytes', 'bytes',
    'Largest query buffer a client had in the last few seconds (Redis 5.0+).'),
  gauge('client_recent_max_output_buffer', 'redis_client_recent_max_output_buffer_bytes', 'bytes',
    'Largest output buffer a client had in the last few seconds (Redis 5.0+).'),
  gauge('paused_timeout_milliseconds', 'redis_clients_paused_remaining_seconds', 'seconds',
    'How much longer clients stay paused by CLIENT PAUSE, a failover or a shutdown; 0 when none is (Valkey 8.1+).',
    times(1e-3)),
];

/** INFO section Clients. */
export const clients = infoCollector({
  name: 'clients',
  help: 'Connected, blocked, tracking and subscribed clients and their buffers.',
  fields: FIELDS,
});
