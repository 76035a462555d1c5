import { once } from 'node:events';
import { connect } from 'node:net';
import { makeCertificates } from '../testing/certificates';
import { startCollector, type CollectorOptions, type CollectorProcess } from '../testing/collector-process';
import { parseExposition, sampleValue } from '../testing/exposition';
import { startHostileServer } from '../testing/hostile-server';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(30_000);

async function readMetrics(collector: CollectorProcess) {
  return parseExposition((await collector.get('/metrics')).text);
}

describe('a target that came by redis-url', () => {
  it('has no instance label, is down when its server stops, and up again when it starts', async () => {
    const server = await startRedis();
    // Scrapes are answered by timed polls alone.
    const configText = 'scrape: { maxAge: 1d }';
    const collector = await startCollector({ args: [server.url, '--interval', '500ms'], configText });
    const value = async (name: string) => sampleValue(await readMetrics(collector), name);
    await until(async () => (await value('redis_up')) === 1, 'the target to be up');

    const polls = (await value('redis_vitals_polls_total'))!;
    await server.stop();
    await until(async () => (await value('redis_up')) === 0, 'the target to be down');
    // The one that may have been running when the server stopped, and the next one.
    expect(await value('redis_vitals_polls_total')).toBeLessThanOrEqual(polls + 2);
    expect(await value('redis_uptime_in_seconds')).toBeUndefined();

    await server.restart();
    await until(async () => (await value('redis_up')) === 1, 'the target to be up again');
    expect(await value('redis_vitals_connections_total')).toBe(2);
    const changes = () => collector.output().match(/target is (up|down)/g) ?? [];
    await until(() => changes().length >= 3, 'the log to tell of it');
    expect(changes()).toEqual(['target is up', 'target is down', 'target is up']);
  });
});

describe('targets of a file', () => {
  it('carry their names and labels on /metrics, and none on /scrape', async () => {
    const servers = await Promise.all([startRedis(), startRedis()]);
    const [first, second] = servers.map(({ url }) => url);
    const collector = await startCollector({
      configText: JSON.stringify({
        targets: [{ name: 'first', url: first, labels: { tier: 'gold' } }, { url: second }],
      }),
    });
    const metrics = await readMetrics(collector);
    expect(metrics.get('redis_up')?.samples.map(({ labels }) => labels)).toEqual([
      { instance: 'first', tier: 'gold' },
      { instance: `127.0.0.1:${servers[1].port}` },
    ]);
    for (const target of ['first', first, `127.0.0.1:${servers[1].port}`]) {
      const { text } = await collector.get(`/scrape?target=${target}`);
      expect(sampleValue(parseExposition(text), 'redis_up')).toBe(1);
    }
  });
});

describe('a signal', () => {
  const { certFile: cert, keyFile: key } = makeCertificates();
  const TLS = { cert, key };

  /** A collector with a request that waits for a server that never answers. */
  async function startBusy() {
    const hung = await startHostileServer('hang');
    const collector = await startCollector({
      args: ['127.0.0.1:1'],
      configText: "scrape: { allow: ['127.0.0.1:*'] }",
    });
    const headers = { 'X-Prometheus-Scrape-Timeout-Seconds': '1.5' };
    const answer = collector.get(`/scrape?target=127.0.0.1:${hung.port}`, headers);
    await until(() => hung.connections === 1, 'the request to run');
    return { collector, answer };
  }

  it.concurrent.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets a running request end, accepts no other, and exits with 0',
    async (signal) => {
      const { collector, answer } = await startBusy();
      let isAnswered = false;
      void answer.then(() => (isAnswered = true));
      collector.signal(signal);
      await until(() => collector.output().includes('"msg":"stopping"'), 'the collector to be stopping');
      await expect(fetch(`${collector.url}/health`)).rejects.toThrow('fetch failed');
      expect([isAnswered, collector.hasExited]).toEqual([false, false]);

      const { status, text } = await answer;
      expect(status).toBe(200);
      expect(sampleValue(parseExposition(text), 'redis_up')).toBe(0);
      expect(await collector.exit).toBe(0);
    }
  );

  it.concurrent.each<[string, string, CollectorOptions]>([
    ['request', 'GET /metrics HTTP/1.1\r\nHost: x\r\n', { args: ['127.0.0.1:1'] }],
    ['TLS handshake', '\x16\x03\x01', { args: ['127.0.0.1:1'], configText: JSON.stringify({ web: { tls: TLS } }) }],
  ])('SIGTERM waits at most 10 s, for a client that never ends its %s, too', async (_, beginning, options) => {
    const collector = await startCollector(options);
    const socket = connect(Number(new URL(collector.url).port), '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(beginning);
    await until(() => collector.output().includes('target is down'), 'the collector to be at work');
    collector.signal('SIGTERM');
    await until(() => collector.hasExited, 'the collector to exit', 10_000);
    expect(await collector.exit).toBe(0);
    socket.destroy();
  });

  it.concurrent('a second SIGTERM ends it at once', async () => {
    const { collector, answer } = await startBusy();
    const cut = expect(answer).rejects.toThrow();
    collector.signal('SIGTERM');
    await until(() => collector.output().includes('"msg":"stopping"'), 'the collector to be stopping');
    collector.signal('SIGTERM');
    expect(await collector.exit).toBe(1);
    await cut;
  });
});
