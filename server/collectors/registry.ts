import type { FamilyDescriptor } from '../model/family';
import { clients } from './clients';
import { cluster } from './cluster';
import type { Collector } from './collector';
import { commandlog } from './commandlog';
import { commandstats } from './commandstats';
import { config } from './config';
import { cpu } from './cpu';
import { errorstats } from './errorstats';
import { infoOf } from './info';
import { keydb } from './keydb';
import { keyspace } from './keyspace';
import { latency } from './latency';
import { latencyHistogram } from './latency-histogram';
import { latencystats } from './latencystats';
import { memory } from './memory';
import { modules } from './modules';
import { persistence } from './persistence';
import { replication } from './replication';
import { scripting } from './scripting';
import { sentinel } from './sentinel';
import { server } from './server';
import { slowlog } from './slowlog';
import { stats } from './stats';
import { tls } from './tls';

const named: readonly Collector[] = [
  server,
  clients,
  memory,
  persistence,
  stats,
  replication,
  cpu,
  commandstats,
  errorstats,
  latencystats,
  latencyHistogram,
  latency,
  keyspace,
  cluster,
  modules,
  tls,
  scripting,
  keydb,
  sentinel,
  slowlog,
  commandlog,
  config,
];

function infoFieldsOf(families: readonly FamilyDescriptor[]): readonly string[] {
  return families.flatMap(({ source }) =>
    source.command === 'INFO' && source.field !== undefined ? [source.field] : []
  );
}

const mapped = new Set(named.flatMap((collector) => infoFieldsOf(collector.families)));

/** Every collector, in the order in which they run. The last one gives what no other has a name for. */
export const collectors: readonly Collector[] = [...named, infoOf(mapped)];

export const collectorNames: readonly string[] = collectors.map((collector) => collector.name);

/** Labels of all families: a target's own labels must have other names. */
export const usedLabelNames: ReadonlySet<string> = new Set([
  ...collectors.flatMap((collector) => collector.families.flatMap((family) => family.labelNames)),
  'le',
  'quantile',
  'instance',
  'err',
  'collector',
  'reason',
]);
