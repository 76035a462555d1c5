import { writeFileSync } from 'node:fs';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { parseExposition, sampleValue } from '../testing/exposition';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(30_000);

/** Ids of our connections to a server, as it numbers them: a new connection has a new one. */
async function clientIds(server: RedisServer): Promise<readonly string[]> {
  const list = String(await server.command('CLIENT', 'LIST'));
  return [...list.matchAll(/^id=(\d+) .* name=redis-vitals /gm)].map(([, id]) => id!);
}

async function readMetrics(collector: CollectorProcess) {
  return parseExposition((await collector.get('/metrics')).text);
}

async function upByName(collector: CollectorProcess): Promise<Record<string, number>> {
  const samples = (await readMetrics(collector)).get('redis_up')?.samples ?? [];
  return Object.fromEntries(samples.map(({ labels, value }) => [labels['instance'] ?? '', value]));
}

async function post(collector: CollectorProcess): Promise<Outcome> {
  const response = await fetch(`${collector.url}/-/reload`, { method: 'POST' });
  return { status: response.status, body: (await response.json()) as object };
}

interface Outcome {
  readonly status: number;
  readonly body: object;
}

const RELOADED: Outcome = { status: 200, body: { status: 'success' } };

function refusal(problems: RegExp): object {
  const message = `^The configuration is refused; nothing has changed\\.${problems.source}`;
  return { status: 'error', errorType: 'bad_data', error: expect.stringMatching(new RegExp(message)) as string };
}

/** Both ways to have the configuration read anew, until that is done; a POST must be answered as expected. */
const WAYS = {
  SIGHUP: async (collector: CollectorProcess, expected: Outcome) => {
    const word = expected === RELOADED ? '"the configuration was reloaded"' : '"the configuration was not reloaded"';
    const count = () => collector.output().split(word).length;
    const before = count();
    collector.signal('SIGHUP');
    await until(() => count() > before, `the log to say ${word}`);
  },
  'POST /-/reload': async (collector: CollectorProcess, expected: Outcome) => {
    expect(await post(collector)).toEqual(expected);
  },
};

describe.each(['SIGHUP', 'POST /-/reload'] as const)('%s', (way) => {
  let kept: RedisServer, removed: RedisServer, added: RedisServer, changed: RedisServer;
  let collector: CollectorProcess;
  const reload = WAYS[way];
  const write = (targets: object, rest: object = {}) =>
    writeFileSync(collector.configFile, JSON.stringify({ ...rest, targets }));

  /** Values of the process itself are up to a second old. */
  const untilOwn = (name: string, value: number) =>
    until(async () => sampleValue(await readMetrics(collector), name) === value, `${name} to be ${value}`);

  beforeAll(async () => {
    [kept, removed, added, changed] = await Promise.all([startRedis(), startRedis(), startRedis(), startRedis()]);
    const targets = { kept, removed, changed };
    collector = await startCollector({
      configText: JSON.stringify({ targets: Object.entries(targets).map(([name, { url }]) => ({ name, url })) }),
    });
    await until(async () => (await upByName(collector))['changed'] === 1, 'the targets to be up');
  });

  it('of a bad file changes nothing and names all its problems', async () => {
    const before = [await clientIds(kept), await clientIds(removed)];
    write([], { defaults: { intervall: '1s' } });
    const body = refusal(/\ndefaults\.intervall: unknown key.*\ntargets: lists no target.*$/);
    await reload(collector, { status: 400, body });
    for (const key of ['defaults.intervall', 'targets']) {
      await until(() => collector.output().includes(`{"path":"${key}","message":`), `the log to name ${key}`);
    }
    expect(await upByName(collector)).toEqual({ kept: 1, removed: 1, changed: 1 });
    expect([await clientIds(kept), await clientIds(removed)]).toEqual(before);
    await untilOwn('redis_vitals_config_last_reload_successful', 0);
  });

  it('of a good file adds and removes targets, and keeps the connections of others', async () => {
    const [keptBefore, changedBefore] = [await clientIds(kept), await clientIds(changed)];
    expect([keptBefore, changedBefore]).toEqual([[expect.any(String)], [expect.any(String)]]);
    write([
      { name: 'added', url: added.url },
      { name: 'changed', url: changed.url, labels: { tier: 'gold' } },
      { name: 'kept', url: kept.url },
    ]);
    await reload(collector, RELOADED);
    expect(await upByName(collector)).toEqual({ added: 1, changed: 1, kept: 1 });
    expect(await clientIds(kept)).toEqual(keptBefore);
    await until(async () => (await clientIds(removed)).length === 0, 'the connection to the removed target to end');
    await until(async () => !(await clientIds(changed)).includes(changedBefore[0]!), 'the changed target to reconnect');

    const page = await readMetrics(collector);
    expect(sampleValue(page, 'redis_vitals_connections_total', { instance: 'kept' })).toBe(1);
    expect(sampleValue(page, 'redis_up', { instance: 'changed', tier: 'gold' })).toBe(1);
    expect((await collector.get('/scrape?target=removed')).status).toBe(403);
    await untilOwn('redis_vitals_config_last_reload_successful', 1);
    await untilOwn('redis_vitals_targets', 3);
  });

  it('of a file with what only a restart can change, changes nothing', async () => {
    write([{ name: 'kept', url: kept.url }], { namespace: 'cache' });
    await reload(collector, { status: 400, body: refusal(/\nnamespace: changes with a restart only$/) });
    expect(Object.keys(await upByName(collector)).sort()).toEqual(['added', 'changed', 'kept']);
  });
});
