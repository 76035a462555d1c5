import type { Store } from '../../history/store';
import { openMemoryStore } from '../../history/memory-store';
import type { PollResult } from '../../model/poll-result';
import { collectors } from '../../collectors/registry';
import { SampleRecorder } from '../../model/sample-recorder';
import { self } from '../../poll/self-families';
import { pointsOf } from '../../testing/history-samples';
import { makePoll } from '../../testing/poll-results';
import { DEMO_TARGETS, kindOf, type DemoTarget, type Ports } from '../topology';
import { writePast } from './make-past';
import type { Measurement } from './measure';
import type { Span } from './story';

const HOUR = 3_600_000;
const END = Date.now() - HOUR;
const span: Span = { fromMs: END - HOUR, toMs: END };
/** Safe: one for each. */
const ports = Object.fromEntries(DEMO_TARGETS.map((name, at) => [name, 7001 + at])) as Ports;
const families = new Map(
  [...collectors.flatMap((collector) => collector.families), ...Object.values(self)].map((one) => [one.name, one])
);

/** Two polls of what a server of the demo says, right after its start. */
function measured(name: DemoTarget): readonly PollResult[] {
  return [0, 1].map((poll) => {
    const recorder = new SampleRecorder();
    const add = (family: string, value: number, labels: string[] = []) =>
      recorder.add(families.get(family)!, value, labels);
    add('redis_up', 1);
    add('redis_uptime_in_seconds', 5 + poll);
    add('redis_commands_processed_total', 100 + 200 * poll);
    const role = kindOf(name) === 'sentinel' ? 'sentinel' : /cache-[23]/.test(name) ? 'slave' : 'master';
    if (kindOf(name) === 'sentinel') {
      add('redis_sentinel_master_config_epoch', 0, ['cache', `127.0.0.1:${ports['cache-1']}`]);
    } else {
      add('redis_connected_slaves', name === 'cache-1' ? 2 : 0);
      add('redis_rdb_last_bgsave_status', 1);
      add('redis_slowlog_length', 1);
    }
    if (name === 'cache-1') {
      for (const replica of ['cache-2', 'cache-3'] as const) {
        add('redis_connected_slave_offset_bytes', 10, ['127.0.0.1', `${ports[replica]}`, 'online']);
      }
    }
    if (role === 'slave') add('redis_master_link_up', 1, ['127.0.0.1', `${ports['cache-1']}`]);
    const facts = { role, runId: `now-${name}`, startTimeSeconds: Math.floor(END / 1000) };
    return { ...makePoll({ target: name, atMs: END + 5000 + poll * 1000, facts }), samples: recorder.finish() };
  });
}

const measurement: Measurement = new Map(DEMO_TARGETS.map((name) => [name, measured(name)]));

async function makeStore(): Promise<Store> {
  const store = openMemoryStore({ retentionMs: 24 * HOUR, now: Date.now });
  const signal = new AbortController().signal;
  await writePast(store, measurement, { span, ports, say: () => undefined, signal });
  return store;
}

describe('writePast', () => {
  let store: Store;
  beforeAll(async () => {
    store = await makeStore();
  });
  afterAll(() => store.close());

  it('has samples of each target from the beginning to the real polls', () => {
    const points = pointsOf(store);
    for (const name of DEMO_TARGETS) {
      const times = points[`${name} redis_up`]!.map(([atMs]) => atMs);
      expect(times[0]).toBeLessThan(span.fromMs + 20_000);
      expect(times.slice(-2)).toEqual([END + 5000, END + 6000]);
      expect(Math.max(...times.slice(1).map((atMs, at) => atMs - times[at]!))).toBeLessThanOrEqual(16_000);
    }
  });

  it('has counters that fall only where a server began anew', () => {
    const points = pointsOf(store);
    for (const name of DEMO_TARGETS) {
      const values = points[`${name} redis_commands_processed_total`]!.map(([, value]) => value);
      const falls = values.filter((value, at) => value < (values[at - 1] ?? 0));
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect([name, falls.length]).toEqual([name, name === 'cluster-2' ? 2 : 1]);
    }
  });

  it('tells of what happened, in order', () => {
    const events = store.log.events({ fromMs: span.fromMs, toMs: span.toMs, limit: 100 });
    expect(events.map(({ target, kind }) => `${target} ${kind}`)).toEqual([
      'cluster-2 target_down',
      'cluster-2 target_up',
      'cluster-2 restart',
      ...['cache-3 link_lost', 'cache-2 replica_left', 'cache-3 link_restored', 'cache-2 replica_joined'],
      ...['cache-1 failover', 'cache-1 replica_joined', 'cache-1 replica_joined'],
      'sentinel-1 failover',
      ...['cache-2 role_changed', 'cache-2 replica_left', 'cache-2 replica_left'],
      'cache-1 save_failed',
      'cache-1 save_recovered',
    ]);
    const border = store.log.events({ fromMs: span.toMs, toMs: Date.now(), limit: 100 });
    expect(border.map(({ kind }) => kind)).toEqual(DEMO_TARGETS.map(() => 'restart'));
  });

  it('has slow commands of masters, each with an id of its own in its run', () => {
    const entries = store.log.entries({ fromMs: 0, toMs: Date.now(), limit: 10_000 });
    const targets = new Set(entries.map(({ target }) => target));
    expect([...targets].sort()).toEqual(['cache-1', 'cache-2', 'cluster-1', 'cluster-2', 'cluster-3']);
    expect(new Set(entries.map(({ target, runId, id }) => `${target} ${runId} ${id}`)).size).toBe(entries.length);
    expect(entries.some(({ runId }) => runId.startsWith('now-'))).toBe(false);
  });
});

describe('writePast that is given up', () => {
  it('rejects', async () => {
    const store = openMemoryStore({ retentionMs: 24 * HOUR, now: Date.now });
    const signal = AbortSignal.abort(new Error('enough'));
    const written = writePast(store, measurement, { span, ports, say: () => undefined, signal });
    await expect(written).rejects.toThrow('The operation was aborted');
    store.close();
  });
});
