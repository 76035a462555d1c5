import { spawnSync } from 'node:child_process';
import { askText } from '../demo/admin';
import { healthcheckOf, readCompose, readStages } from '../testing/compose';
import { ComposeProcesses } from '../testing/compose-processes';
import { parseExposition } from '../testing/exposition';
import { projectText } from '../testing/project-files';
import { findTool } from '../testing/tool';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

const CACHES = ['cache-1', 'cache-2', 'cache-3'] as const;
const stages = readStages();
const { services } = readCompose();
let stack: ComposeProcesses;
let collectorUrl: string;
let prometheusUrl: string;

const ask = (service: string, command: string, ...args: string[]) => {
  const port = service === 'sentinel-1' ? 26_379 : 6379;
  return askText(stack.port(`${service}:${port}`), command, ...args);
};
const answers = (service: string) => until(async () => (await ask(service, 'PING')) === 'PONG', `${service} to answer`);

beforeAll(async () => {
  const addresses = [...CACHES.map((name) => `${name}:6379`), 'sentinel-1:26379', 'collector:9121', 'prometheus:9090'];
  stack = await ComposeProcesses.plan(addresses, stages);
  for (const name of CACHES) {
    const port = stack.port(`${name}:6379`);
    stack.start(name, '--port', String(port), '--bind', '127.0.0.1', '-::1', '--repl-diskless-sync-delay', '0');
    await answers(name);
  }
  stack.start('sentinel-1');
  await answers('sentinel-1');
  stack.start('load');
  const collector = stack.port('collector:9121');
  stack.start('collector', '--listen', `127.0.0.1:${collector}`);
  collectorUrl = `http://127.0.0.1:${collector}`;
  await until(async () => (await fetch(`${collectorUrl}/ready`)).ok, 'the collector to be ready', 20_000);
  const prometheus = stack.port('prometheus:9090');
  stack.start('prometheus', `--web.listen-address=127.0.0.1:${prometheus}`);
  prometheusUrl = `http://127.0.0.1:${prometheus}`;
  await until(async () => (await fetch(`${prometheusUrl}/-/ready`)).ok, 'Prometheus to be ready', 20_000);
});

/** The values of a family by instance, with other labels in front where there are any: `master cache-1`. */
async function exposed(family: string, ...labels: string[]): Promise<Readonly<Record<string, number>>> {
  const page = parseExposition(await (await fetch(`${collectorUrl}/metrics`)).text());
  const samples = page.get(family)?.samples ?? [];
  return Object.fromEntries(
    samples.map((sample) => [[...labels, 'instance'].map((label) => sample.labels[label]).join(' '), sample.value])
  );
}

describe('the services of docker-compose.yml, as processes', () => {
  it('are replicas of cache-1, and a Sentinel that knows them by name', async () => {
    const replicas = async () =>
      (await ask('cache-1', 'INFO', 'replication')).match(/slave\d+:ip=localhost,.*state=online/g);
    await until(async () => (await replicas())?.length === 2, 'two replicas');
    const master = async () => await ask('sentinel-1', 'SENTINEL', 'master', 'cache');
    await until(async () => (await master()).includes('num-slaves,2'), 'the Sentinel to know the replicas', 20_000);
    expect(await master()).toContain('ip,localhost,');
    expect(await ask('sentinel-1', 'SENTINEL', 'get-master-addr-by-name', 'cache')).toBe(
      `localhost,${stack.port('cache-1:6379')}`
    );
  });

  it('are seen by the collector, each under its name', async () => {
    expect(await exposed('redis_up')).toEqual({ 'cache-1': 1, 'cache-2': 1, 'cache-3': 1, 'sentinel-1': 1 });
  });

  it('are kept busy', async () => {
    await until(async () => Number(await ask('cache-1', 'DBSIZE')) > 1000, 'keys', 30_000);
    const clients = async () => await ask('cache-1', 'CLIENT', 'LIST');
    await until(async () => (await clients()).includes('name=web-1'), 'clients of the load', 30_000);
  });

  it('keep the settings of redis.conf', async () => {
    for (const line of ['appendonly yes', 'maxmemory-policy allkeys-lru', 'slowlog-log-slower-than 3000']) {
      const [name = '', value = ''] = line.split(' ');
      expect(await ask('cache-2', 'CONFIG', 'GET', name)).toBe(`${name},${value}`);
    }
  });

  it('fail over, and the old master follows the new one', async () => {
    await ask('sentinel-1', 'SENTINEL', 'FAILOVER', 'cache');
    const role = async (name: string) => (await ask(name, 'ROLE')).split(',')[0];
    await until(async () => (await role('cache-1')) === 'slave', 'cache-1 to be a replica', 40_000);
    const masters = async () => (await Promise.all(CACHES.map(role))).filter((one) => one === 'master');
    expect(await masters()).toEqual(['master']);
    const port = stack.port('cache-1:6379');
    expect(await ask('sentinel-1', 'SENTINEL', 'get-master-addr-by-name', 'cache')).not.toBe(`localhost,${port}`);
  });

  it('tell that the collector is healthy', async () => {
    const words = healthcheckOf(services['collector']!, stages)!;
    const here = words.map((word) => word.replace('http://127.0.0.1:9121', collectorUrl));
    const check = stack.run('collector', here);
    expect([await check.exit, check.output()]).toEqual([0, '']);
  });
});

describe('Prometheus', () => {
  const api = async <T>(path: string) =>
    // Safe: the shapes that the HTTP API is documented to have.
    ((await (await fetch(`${prometheusUrl}/api/v1/${path}`)).json()) as { data: T }).data;

  it('has a configuration and rules that promtool likes', () => {
    const file = stack.path('prometheus', '/etc/prometheus/prometheus.yml');
    const { status, stdout, stderr } = spawnSync(findTool('promtool'), ['check', 'config', file], { encoding: 'utf8' });
    expect([status, stdout + stderr]).toEqual([
      0,
      expect.stringMatching(/1 rule files found[^]*SUCCESS: \d+ rules found/),
    ]);
  });

  it('scrapes the collector and itself', async () => {
    const targets = async () =>
      (await api<{ activeTargets: { scrapePool: string; health: string }[] }>('targets')).activeTargets;
    const isUp = async () => (await targets()).every(({ health }) => health === 'up');
    await until(isUp, 'all targets to be up', 40_000);
    expect((await targets()).map(({ scrapePool }) => scrapePool).sort()).toEqual(['prometheus', 'redis']);
  });

  it('knows every server by its name', async () => {
    const query = `query?query=${encodeURIComponent('redis_up{job="redis"}')}`;
    const { result } = await api<{ result: { metric: Record<string, string> }[] }>(query);
    expect(result.map(({ metric }) => metric['instance']).sort()).toEqual([...CACHES, 'sentinel-1']);
  });

  it('evaluates every rule without an error', async () => {
    type Rules = { groups: { rules: { name: string; health: string; lastError?: string }[] }[] };
    const rules = async () => (await api<Rules>('rules')).groups.flatMap((group) => group.rules);
    const named = projectText('alerts/redis.rules.yml').match(/^\s*-? *(alert|record): /gm);
    await until(
      async () => (await rules()).every(({ health }) => health !== 'unknown'),
      'all rules to be evaluated',
      40_000
    );
    expect((await rules()).filter(({ health }) => health !== 'ok')).toEqual([]);
    expect(await rules()).toHaveLength(named!.length);
  });
});
