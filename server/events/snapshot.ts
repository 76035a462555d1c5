import type { PollResult } from '../model/poll-result';
import type { Layout, SampleSet, Series } from '../model/samples';
import type { ServerFacts } from '../model/server-facts';
import { planSettings, readSettings, type Setting, type SettingsPlan } from './settings';

/** Values that events are about. */
const NUMBERS = {
  evictedKeys: 'redis_evicted_keys_total',
  rejectedConnections: 'redis_rejected_connections_total',
  isSaved: 'redis_rdb_last_bgsave_status',
  isAofWritten: 'redis_aof_last_write_status',
  isAofRewritten: 'redis_aof_last_bgrewrite_status',
} as const;
type NumberName = keyof typeof NUMBERS;

export interface MasterLink {
  /** `host:port`. */
  readonly master: string;
  readonly isUp: boolean;
  /** Undefined: the server does not tell, or it never was up. */
  readonly downSeconds: number | undefined;
}

/** A master as a sentinel has it. */
export interface WatchedMaster {
  readonly address: string;
  readonly epoch: number;
}

/** What one poll that was answered says of what events are about; undefined is what it does not tell. */
export interface Snapshot {
  readonly atMs: number;
  readonly facts: ServerFacts;
  readonly numbers: Readonly<Partial<Record<NumberName, number>>>;
  /** Of a replica, to its masters: KeyDB may have several. */
  readonly links: readonly MasterLink[] | undefined;
  /** `ip:port` of those connected. */
  readonly replicas: ReadonlySet<string> | undefined;
  readonly settings: ReadonlyMap<string, Setting>;
  /** By name. */
  readonly masters: ReadonlyMap<string, WatchedMaster>;
}

/** Where in a layout what is; made once for each. */
interface Plan {
  readonly numbers: readonly (readonly [name: NumberName, at: number])[];
  readonly links: readonly { readonly master: string; readonly upAt: number; readonly sinceAt: number | undefined }[];
  readonly replicas: ReadonlySet<string> | undefined;
  readonly settings: SettingsPlan;
  readonly masters: readonly { readonly name: string; readonly address: string; readonly epochAt: number }[];
  readonly tellsReplication: boolean;
}

const plans = new WeakMap<Layout, Plan>();

/** Of a poll that was answered. */
export function takeSnapshot({ startedAtMs, samples }: PollResult, facts: ServerFacts): Snapshot {
  const plan = planOf(samples);
  const { values } = samples;
  return {
    atMs: startedAtMs,
    facts,
    numbers: Object.fromEntries(plan.numbers.map(([name, at]) => [name, values[at]])),
    links: plan.tellsReplication
      ? plan.links.map(({ master, upAt, sinceAt }) => ({
          master,
          isUp: values[upAt] === 1,
          downSeconds: since(sinceAt === undefined ? undefined : values[sinceAt]),
        }))
      : undefined,
    replicas: plan.replicas,
    settings: readSettings(plan.settings, values),
    masters: new Map(
      plan.masters.map(({ name, address, epochAt }) => [name, { address, epoch: values[epochAt] ?? 0 }])
    ),
  };
}

function since(seconds: number | undefined): number | undefined {
  return seconds !== undefined && seconds >= 0 ? seconds : undefined;
}

function planOf({ layout }: SampleSet): Plan {
  let plan = plans.get(layout);
  if (plan === undefined) plans.set(layout, (plan = makePlan(layout)));
  return plan;
}

function makePlan({ series }: Layout): Plan {
  const all = series.map((one, at) => ({ one, at }));
  const named = (name: string) => all.filter(({ one }) => one.family.name === name && one.part === '');
  const tellsReplication = named('redis_connected_slaves').length > 0;
  const sinces = named('redis_master_link_down_since_seconds');
  const replicas = new Set(
    named('redis_connected_slave_offset_bytes').map(({ one }) => label(one, 'slave_ip', 'slave_port'))
  );
  return {
    numbers: Object.entries(NUMBERS).flatMap(([name, family]) =>
      // Safe: the entries are those of NUMBERS.
      named(family).map(({ at }) => [name as NumberName, at] as const)
    ),
    links: named('redis_master_link_up').map(({ one, at }) => {
      const master = label(one, 'master_host', 'master_port');
      const down = sinces.find((other) => label(other.one, 'master_host', 'master_port') === master);
      return { master, upAt: at, sinceAt: down?.at };
    }),
    replicas: tellsReplication ? replicas : undefined,
    settings: planSettings(series),
    masters: named('redis_sentinel_master_config_epoch').map(({ one, at }) => ({
      name: label(one, 'master_name'),
      address: label(one, 'master_address'),
      epochAt: at,
    })),
    tellsReplication,
  };
}

/** Values of these labels, with a colon between. */
function label({ family, labels }: Series, ...names: string[]): string {
  return names.map((name) => labels[family.labelNames.indexOf(name)] ?? '').join(':');
}

/** What `after` does not tell, as `before` has it. */
export function fillIn(after: Snapshot, before: Snapshot): Snapshot {
  return {
    atMs: after.atMs,
    facts: after.facts,
    numbers: { ...before.numbers, ...after.numbers },
    links: after.links ?? before.links,
    replicas: after.replicas ?? before.replicas,
    settings: new Map([...before.settings, ...after.settings]),
    masters: new Map([...before.masters, ...after.masters]),
  };
}

/** How long the server had been up. */
export function upMs({ atMs, facts }: Snapshot): number {
  return Math.max(0, atMs - facts.startTimeSeconds * 1000);
}
