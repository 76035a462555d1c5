import type { FamilyDescriptor, FamilyType, Unit } from '../model/family';

const OURS = { command: 'the collector itself' };

function family(
  name: string,
  type: FamilyType,
  unit: Unit,
  help: string,
  labelNames: readonly string[] = []
): FamilyDescriptor {
  return { name, type, unit, help, labelNames, source: OURS };
}

/** Families every target has, about its being polled. */
export const self = {
  up: family('redis_up', 'gauge', 'none', '1 when the last poll got an answer from the server, else 0.'),
  lastScrapeError: family(
    'redis_exporter_last_scrape_error',
    'gauge',
    'none',
    '1 when the last poll failed; err is a word for the reason, empty when there was none.',
    ['err']
  ),
  lastScrapeDuration: family(
    'redis_exporter_last_scrape_duration_seconds',
    'gauge',
    'seconds',
    'Length of the last poll.'
  ),
  lastConnectTime: family(
    'redis_exporter_last_scrape_connect_time_seconds',
    'gauge',
    'seconds',
    'How long it took to open the connection in use, with TLS and authentication; 0 when there is none.'
  ),
  keyGroupsDuration: family(
    'redis_last_key_groups_scrape_duration_milliseconds',
    'gauge',
    'milliseconds',
    'Time spent on groups of keys; 0, as none are configured.'
  ),
  collectorSuccess: family(
    'redis_vitals_collector_success',
    'gauge',
    'none',
    '1 when the collector understood its replies in the last poll, 0 when it failed. Collectors that are off are not listed.',
    ['collector']
  ),
  collectorDuration: family(
    'redis_vitals_collector_duration_seconds',
    'gauge',
    'seconds',
    'Time the collector took to turn its replies of the last poll into samples.',
    ['collector']
  ),
  collectorOff: family(
    'redis_vitals_collector_off',
    'gauge',
    'none',
    '1 for a collector that is off because the server refuses or does not know one of its commands; reason says which.',
    ['collector', 'reason']
  ),
  polls: family('redis_vitals_polls_total', 'counter', 'none', 'Polls of the target.'),
  failedPolls: family('redis_vitals_poll_failures_total', 'counter', 'none', 'Polls that got no answer.'),
  skippedPolls: family(
    'redis_vitals_polls_skipped_total',
    'counter',
    'none',
    'Timed polls left out because the poll before was still running.'
  ),
  connections: family('redis_vitals_connections_total', 'counter', 'none', 'Connections opened to the target.'),
  connectFailures: family(
    'redis_vitals_connection_failures_total',
    'counter',
    'none',
    'Attempts to connect that failed.'
  ),
  commands: family('redis_vitals_poll_commands', 'gauge', 'none', 'Commands sent in the last poll.'),
  pollDuration: family(
    'redis_vitals_poll_duration_seconds',
    'gauge',
    'seconds',
    'Length of the last poll, from its first command (or the attempt to connect) to the last sample.'
  ),
  snapshotAge: family(
    'redis_vitals_snapshot_age_seconds',
    'gauge',
    'seconds',
    'Age of the poll these values come from, at the time of reading.'
  ),
};
