import type { PollResult } from '../model/poll-result';
import type { ServerFacts } from '../model/server-facts';
import { makePoll, type PollParts } from '../testing/poll-results';
import { detectEvents, type Watched } from './detect-events';
import type { NewEvent } from './draft';

const START_MS = 1_700_000_000_000;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** A poll, so long after the first. */
type At = PollParts & { readonly afterMs?: number };

const down = (code: 'refused' | 'timeout' | 'loading'): PollParts => ({
  failure: { code, message: 'as the test says' },
});

/** Facts of a run that began so long before the first poll, or after it when negative. */
function run(runId: string, uptimeMs: number, facts: Partial<ServerFacts> = {}): { facts: Partial<ServerFacts> } {
  return { facts: { runId, startTimeSeconds: (START_MS - uptimeMs) / 1000, ...facts } };
}

/** What is told of some polls, ten seconds apart unless they say otherwise. */
function eventsOf(polls: readonly At[]): readonly NewEvent[] {
  const events: NewEvent[] = [];
  let watched: Watched | undefined;
  let ms = 0;
  for (const { afterMs, ...parts } of polls) {
    const atMs = START_MS + (ms = afterMs ?? ms);
    const found = detectEvents(watched, makePoll({ atMs, ...parts }), atMs);
    watched = found.watched;
    events.push(...found.events);
    ms += 10 * SECOND;
  }
  return events;
}

/** An event as `kind severity: text`, with when it began where it says so. */
const told = (polls: readonly At[]): readonly string[] =>
  eventsOf(polls).map(({ kind, severity, text, startMs, timeMs }) => {
    const began = startMs === undefined ? '' : ` [${(startMs - timeMs) / SECOND} s]`;
    return `${kind} ${severity}: ${text}${began}`;
  });

const replication = (samples: NonNullable<PollParts['samples']> = {}): NonNullable<PollParts['samples']> => ({
  redis_connected_slaves: 0,
  ...samples,
});

const link = (up: 0 | 1, downSeconds?: number, host = '10.0.0.1'): PollParts => {
  const labels = { master_host: host, master_port: '6379' };
  return {
    facts: { role: 'slave' },
    samples: replication({
      redis_master_link_up: [[labels, up]],
      ...(downSeconds !== undefined && { redis_master_link_down_since_seconds: [[labels, downSeconds]] }),
    }),
  };
};

const replicas = (...ports: number[]): PollParts => ({
  samples: {
    redis_connected_slaves: ports.length,
    redis_connected_slave_offset_bytes: ports.map((port, at) => [
      { slave_ip: '10.0.0.2', slave_port: `${port}`, slave_state: at === 0 ? 'online' : 'wait_bgsave' },
      100,
    ]),
  },
});

const value = (family: string, number: number, extra: PollParts = {}): PollParts => ({
  ...extra,
  samples: { [family]: number },
});

const SAVED = 'redis_rdb_last_bgsave_status';
const WRITTEN = 'redis_aof_last_write_status';
const REWRITTEN = 'redis_aof_last_bgrewrite_status';
const EVICTED = 'redis_evicted_keys_total';
const REJECTED = 'redis_rejected_connections_total';

const CASES: Readonly<
  Record<string, readonly (readonly [what: string, polls: readonly At[], expected: readonly string[]])[]>
> = {
  'target down and up': [
    [
      'it goes and comes back',
      [{}, down('refused'), down('refused'), down('loading'), {}],
      [
        'target_down critical: The server cannot be polled: nothing listens at its address.',
        'target_up info: The server answers again, after 30 s. [-30 s]',
      ],
    ],
    ['it was never up', [down('refused'), down('timeout')], []],
    [
      'it was not up at our start',
      [down('refused'), down('refused'), {}],
      ['target_up info: The server answers; it did not when polling began 20 s ago. [-20 s]'],
    ],
    ['it is up', [{}, {}, {}], []],
  ],
  restart: [
    [
      'the run id is another',
      [run('a', DAY), run('b', -7 * SECOND)],
      ['restart warning: The server restarted; it has been up for 3 s. [-3 s]'],
    ],
    [
      'it happened during an outage',
      [run('a', DAY), down('refused'), run('b', -15 * SECOND)],
      [
        'target_down critical: The server cannot be polled: nothing listens at its address.',
        'target_up info: The server answers again, after 10 s. [-10 s]',
        'restart warning: The server restarted; it has been up for 5 s. [-5 s]',
      ],
    ],
    [
      'there are no run ids, and uptime went back',
      [run('', DAY), run('', -9 * SECOND)],
      ['restart warning: The server restarted; it has been up for 1 s. [-1 s]'],
    ],
    ['there are no run ids, and uptime goes on', [run('', DAY), run('', DAY + SECOND)], []],
    ['our clock was set forth', [run('a', DAY), { ...run('a', DAY - 60 * MINUTE), afterMs: 60 * MINUTE }], []],
  ],
  'another server': [
    [
      'another run was up all the time',
      [
        { ...run('a', DAY), samples: replicas(7001).samples! },
        { ...run('b', 2 * DAY, { role: 'slave' }), samples: link(0, 30).samples! },
      ],
      ['failover warning: Another server answers at the address, a replica that has been up for 2 d.'],
    ],
    [
      'it has another version',
      [run('a', DAY), run('b', 2 * DAY, { version: [7, 4, 0] })],
      [
        'failover warning: Another server answers at the address, a master that has been up for 2 d.',
        'version_changed info: The version changed from redis 7.2.5 to redis 7.4.0.',
      ],
    ],
  ],
  version: [
    [
      'it is another after a restart',
      [run('a', DAY), run('b', -8 * SECOND, { flavour: 'valkey', version: [8, 0, 1] })],
      [
        'restart warning: The server restarted; it has been up for 2 s. [-2 s]',
        'version_changed info: The version changed from redis 7.2.5 to valkey 8.0.1.',
      ],
    ],
    ['it cannot be read', [{}, { facts: { version: [0, 0, 0] } }], []],
  ],
  role: [
    [
      'a replica becomes a master',
      [link(1), { samples: replication() }],
      ['failover warning: The server was a replica of 10.0.0.1:6379 and is now a master.'],
    ],
    [
      'a master becomes a replica, which gets its link later',
      [{ samples: replication() }, link(0, -1), link(0, -1), link(1)],
      ['role_changed warning: The server was a master and is now a replica of 10.0.0.1:6379.'],
    ],
    [
      'it happened during an outage',
      [link(1), down('timeout'), { samples: replication() }],
      [
        'target_down critical: The server cannot be polled: there was no answer in time.',
        'target_up info: The server answers again, after 10 s. [-10 s]',
        'failover warning: The server was a replica of 10.0.0.1:6379 and is now a master.',
      ],
    ],
    ['it is not told', [{}, { facts: { role: '' } }, {}], []],
  ],
  'failover seen by a sentinel': [
    [
      'a master has another address and epoch',
      [sentinel('10.0.0.1:6379', 3), sentinel('10.0.0.2:6379', 4)],
      ['failover warning: Master cache moved from 10.0.0.1:6379 to 10.0.0.2:6379 (epoch 4).'],
    ],
    [
      'the epoch came a poll before the address',
      [sentinel('10.0.0.1:6379', 3), sentinel('10.0.0.1:6379', 4), sentinel('10.0.0.2:6379', 4)],
      ['failover warning: Master cache moved from 10.0.0.1:6379 to 10.0.0.2:6379 (epoch 4).'],
    ],
    ['the epoch alone changes', [sentinel('10.0.0.1:6379', 3), sentinel('10.0.0.1:6379', 4)], []],
    ['it was told to watch another', [sentinel('10.0.0.1:6379', 3), sentinel('10.0.0.2:6379', 0)], []],
  ],
  'link to the master': [
    [
      'it is lost and restored',
      [link(1), link(0, 4), link(0, 14), link(1)],
      [
        'link_lost warning: The link to the master 10.0.0.1:6379 is down. [-4 s]',
        'link_restored info: The link to the master 10.0.0.1:6379 is up again, after 24 s. [-24 s]',
      ],
    ],
    [
      'it is restored with another master',
      [link(1), link(0, 4), link(0, -1, '10.0.0.3'), link(1, undefined, '10.0.0.3')],
      [
        'link_lost warning: The link to the master 10.0.0.1:6379 is down. [-4 s]',
        'link_restored info: The link to the master 10.0.0.3:6379 is up again, after 24 s. [-24 s]',
      ],
    ],
    [
      'another master cannot be reached',
      [link(1), link(0, -1, '10.0.0.3'), link(0, -1, '10.0.0.3')],
      ['link_lost warning: The link to the master 10.0.0.3:6379 is down.'],
    ],
    [
      'it was lost before our start',
      [link(0, 100), link(0, 110), link(1)],
      ['link_restored info: The link to the master 10.0.0.1:6379 is up again, after 2 min. [-120 s]'],
    ],
    ['it was never up', [link(0, -1), link(1)], []],
    [
      'a poll without replication comes between',
      [link(1), link(0, 4), { facts: { role: 'slave' } }, link(1)],
      [
        'link_lost warning: The link to the master 10.0.0.1:6379 is down. [-4 s]',
        'link_restored info: The link to the master 10.0.0.1:6379 is up again, after 24 s. [-24 s]',
      ],
    ],
    [
      'the replica becomes a master',
      [link(1), link(0, 4), { samples: replication() }],
      [
        'link_lost warning: The link to the master 10.0.0.1:6379 is down. [-4 s]',
        'failover warning: The server was a replica of 10.0.0.1:6379 and is now a master.',
      ],
    ],
  ],
  replicas: [
    [
      'they come and go',
      [replicas(), replicas(7001), replicas(7001, 7002), replicas(7002), replicas()],
      [
        'replica_joined info: Replica 10.0.0.2:7001 joined; there is now 1 replica.',
        'replica_joined info: Replica 10.0.0.2:7002 joined; there are now 2 replicas.',
        'replica_left warning: Replica 10.0.0.2:7001 left; 1 replica remains.',
        'replica_left warning: Replica 10.0.0.2:7002 left; none remains.',
      ],
    ],
    ['they were there at our start', [replicas(7001, 7002), replicas(7002, 7001)], []],
    ['a poll does not tell', [replicas(7001), {}, replicas(7001)], []],
  ],
  saves: [
    [
      'one fails, another succeeds',
      [value(SAVED, 1), value(SAVED, 0), value(SAVED, 0), value(SAVED, 1)],
      [
        'save_failed critical: The last RDB save failed; unless stop-writes-on-bgsave-error is off, writes are refused.',
        'save_recovered info: An RDB save succeeded again, after 20 s. [-20 s]',
      ],
    ],
    [
      'one had failed before our start',
      [value(SAVED, 0), value(SAVED, 1)],
      ['save_recovered info: An RDB save succeeded again.'],
    ],
    [
      'a restart makes the failure forgotten',
      [value(SAVED, 0, run('a', DAY)), value(SAVED, 1, run('b', -9 * SECOND))],
      ['restart warning: The server restarted; it has been up for 1 s. [-1 s]'],
    ],
  ],
  'the append-only file': [
    [
      'writing fails for a while',
      [value(WRITTEN, 1), value(WRITTEN, 0), value(WRITTEN, 1)],
      [
        'aof_failed critical: Writing to the append-only file fails: the server may refuse writes.',
        'aof_recovered info: Writing to the append-only file succeeds again, after 10 s. [-10 s]',
      ],
    ],
    [
      'a rewrite fails, another succeeds',
      [value(REWRITTEN, 1), value(REWRITTEN, 0), value(REWRITTEN, 1)],
      [
        'aof_failed warning: The last rewrite of the append-only file failed: the file keeps growing.',
        'aof_recovered info: A rewrite of the append-only file succeeded again, after 10 s. [-10 s]',
      ],
    ],
  ],
  evictions: [
    [
      'the first since the server started',
      [value(EVICTED, 0), value(EVICTED, 312), value(EVICTED, 600)],
      ['evictions_started warning: The server began to evict keys (312 keys in 10 s).'],
    ],
    [
      'with the reason',
      [
        { samples: { [EVICTED]: 0, redis_memory_max_bytes: 100 * 2 ** 20 } },
        { samples: { [EVICTED]: 1, redis_memory_max_bytes: 100 * 2 ** 20 } },
      ],
      [
        'evictions_started warning: The server began to evict keys: memory has reached its limit of 100 MiB (1 key in 10 s).',
      ],
    ],
    [
      'after a pause',
      [value(EVICTED, 0), value(EVICTED, 5), { ...value(EVICTED, 5), afterMs: 10 * MINUTE }, value(EVICTED, 9)],
      [
        'evictions_started warning: The server began to evict keys (5 keys in 10 s).',
        'evictions_started warning: The server began to evict keys (4 keys in 10 s, none in the 10 min before).',
      ],
    ],
    ['what may have gone on before our start', [value(EVICTED, 100), value(EVICTED, 200)], []],
    [
      'a counter that was reset while they go on',
      [value(EVICTED, 100), value(EVICTED, 0), value(EVICTED, 20), value(EVICTED, 40)],
      [],
    ],
  ],
  maxclients: [
    [
      'connections are rejected, also right after our start',
      [
        { samples: { [REJECTED]: 7, redis_max_clients: 100 } },
        { samples: { [REJECTED]: 8, redis_max_clients: 100 } },
        { samples: { [REJECTED]: 9, redis_max_clients: 100 } },
      ],
      [
        'maxclients_reached critical: The server rejected connections: maxclients (100) was reached (1 connection in 10 s).',
      ],
    ],
    ['none are', [value(REJECTED, 7), value(REJECTED, 7)], []],
  ],
  settings: [
    [
      'maxmemory and its policy',
      [settings(0, 'noeviction'), settings(1.5 * 2 ** 30, 'allkeys-lru')],
      [
        'config_changed info: maxmemory-policy changed from noeviction to allkeys-lru.',
        'config_changed info: maxmemory changed from no limit to 1.5 GiB.',
      ],
    ],
    [
      'a limit of buffers',
      [buffer(256 * 2 ** 20, 60), buffer(512 * 2 ** 20, 90)],
      [
        'config_changed info: client-output-buffer-limit normal soft changed from 256 MiB to 512 MiB.',
        'config_changed info: client-output-buffer-limit normal soft seconds changed from 1 min to 1 min 30 s.',
      ],
    ],
    [
      'what INFO tells comes before what CONFIG GET told last',
      [
        { samples: { redis_config_maxmemory: 1024, redis_memory_max_bytes: 1024 } },
        { samples: { redis_config_maxmemory: 1024, redis_memory_max_bytes: 2048 } },
        { samples: { redis_config_maxmemory: 2048, redis_memory_max_bytes: 2048 } },
      ],
      ['config_changed info: maxmemory changed from 1 KiB to 2 KiB.'],
    ],
    [
      'it changed while a poll did not tell',
      [value('redis_max_clients', 100), {}, value('redis_max_clients', 200)],
      ['config_changed info: maxclients changed from 100 to 200.'],
    ],
    ['it is told for the first time', [{}, value('redis_max_clients', 200)], []],
  ],
};

function sentinel(address: string, epoch: number): PollParts {
  const labels = { master_name: 'cache', master_address: address };
  return {
    facts: { role: 'sentinel', mode: 'sentinel' },
    samples: { redis_sentinel_master_config_epoch: [[labels, epoch]] },
  };
}

function settings(maxmemory: number, policy: string): PollParts {
  return {
    samples: {
      redis_memory_max_bytes: maxmemory,
      redis_instance_info: [[{ role: 'master', maxmemory_policy: policy }, 1]],
    },
  };
}

function buffer(bytes: number, seconds: number): PollParts {
  const labels = { class: 'normal', limit: 'soft' };
  return {
    samples: {
      redis_config_client_output_buffer_limit_bytes: [[labels, bytes]],
      redis_config_client_output_buffer_limit_overcome_seconds: [[labels, seconds]],
    },
  };
}

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  it.each(cases)('%s', (_what, polls, expected) => {
    expect(told(polls)).toEqual(expected);
  });
});

describe('details', () => {
  it.each([
    ['an outage', [{}, down('timeout'), {}], [{ code: 'timeout' }, { code: 'timeout', durationSeconds: '10' }]],
    ['a restart', [run('a', DAY), run('b', -7 * SECOND)], [{ from: 'a', to: 'b', uptimeSeconds: '3' }]],
    ['a failover', [link(1), { samples: replication() }], [{ from: 'slave', to: 'master', master: '10.0.0.1:6379' }]],
    ['a replica', [replicas(), replicas(7001)], [{ replica: '10.0.0.2:7001' }]],
    [
      'a setting',
      [value('redis_memory_max_bytes', 0), value('redis_memory_max_bytes', 1024)],
      [{ setting: 'maxmemory', from: '0', to: '1024' }],
    ],
    ['a trouble', [value(WRITTEN, 1), value(WRITTEN, 0)], [{ what: 'write' }]],
    ['evictions', [value(EVICTED, 0), value(EVICTED, 3)], [{ count: '3' }]],
  ] as [string, At[], Record<string, string>[]][])('of %s', (_, polls, expected) => {
    expect(eventsOf(polls).map(({ details }) => details)).toEqual(expected);
  });
});

it('events have the time that is given and the name of the target', () => {
  const first = detectEvents(undefined, makePoll({ target: 'cache-7', atMs: START_MS }), START_MS);
  const failed = makePoll({ target: 'cache-7', atMs: START_MS + 1000, ...down('timeout') });
  const { events } = detectEvents(first.watched, failed, START_MS + 3000);
  expect(events).toMatchObject([{ target: 'cache-7', timeMs: START_MS + 3000 }]);
  expect(events[0]).not.toHaveProperty('startMs'); // how long it took to notice is no outage
});

it('a target of the same name at another address is another target', () => {
  const first = makePoll(run('a', DAY));
  const moved: PollResult = {
    ...makePoll(run('b', 0, { role: 'slave' })),
    target: { ...first.target, address: { kind: 'tcp', host: '10.0.0.99', port: 6379 } },
  };
  const { watched } = detectEvents(undefined, first, START_MS);
  expect(detectEvents(watched, moved, START_MS + SECOND).events).toEqual([]);
});

describe('flapping', () => {
  const flaps = (count: number): At[] => Array.from({ length: count }, () => [{}, down('timeout')]).flat();
  const kinds = (polls: At[]): string => {
    const list = eventsOf(polls).map(({ kind }) => kind);
    return ['target_down', 'target_up', 'replica_left']
      .map((kind) => list.filter((one) => one === kind).length)
      .join(' ');
  };

  it('is told of twenty times in ten minutes, and every beginning has its end', () => {
    expect(kinds([...flaps(29), {}])).toBe('20 20 0');
  });

  it('is called so by the last event before the pause', () => {
    const notes = eventsOf(flaps(29)).map(({ text }) => text.includes('too often'));
    expect(notes).toEqual([...Array<boolean>(38).fill(false), true, false]);
  });

  it('of one kind does not keep the others from being told', () => {
    expect(kinds([...flaps(28), replicas(7001), replicas()])).toBe('20 20 1');
  });

  it('that goes on is told of again later, with how much was left out', () => {
    const texts = eventsOf(flaps(60)).map(({ text, details }) => (details['leftOut'] === undefined ? '' : text));
    expect(texts.filter((text) => text !== '')[0]).toBe(
      'The server cannot be polled: there was no answer in time; 10 events of this kind before it were left out; it happens too often, and more of this kind are left out for some minutes.'
    );
  });
});
