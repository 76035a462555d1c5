import type { QueryAnswer, QuerySuccess, StreamLine } from '../api/contract';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { openStream, type OpenStream } from '../testing/ndjson-client';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

const QUERIES = [
  { refId: 'gauge', fields: ['uptime_in_seconds'], function: 'last' },
  { refId: 'counter', fields: ['total_commands_processed'] },
  { refId: 'derived', fields: ['latency_mean'] },
];

let collector: CollectorProcess;

beforeAll(async () => {
  const servers = [await startRedis(), await startRedis()];
  const targets = servers.map(({ url }, index) => ({ name: `cache-${index + 1}`, url }));
  const args = ['--interval', '200ms', '--timeout', '200ms'];
  collector = await startCollector({ args, configText: JSON.stringify({ targets }) });
});

function open(): Promise<OpenStream> {
  return openStream(`${collector.url}/api/v1/stream`, { from: 'now-5s', step: '1s', queries: QUERIES });
}

/** The values of an answer by query, target and time. */
function valuesOf(results: QueryAnswer['results']): Map<string, number> {
  const values = new Map<string, number>();
  for (const [refId, result] of Object.entries(results)) {
    const { series, times } = result as QuerySuccess;
    for (const { labels, values: column } of series) {
      column.forEach((value, at) => value !== null && values.set(`${refId} ${labels['instance']} ${times[at]}`, value));
    }
  }
  return values;
}

describe('a stream', () => {
  it('gives, put together, what a query gives', async () => {
    const stream = await open();
    const firstMs = Date.now();
    await until(() => stream.lines.length >= 10 && Date.now() > firstMs + 4000, 'polls to come', 20_000);
    stream.leave();
    // The contract's, as the test of its schemas says.
    const lines = stream.lines as unknown as readonly StreamLine[];
    expect(lines[0]).toMatchObject({ type: 'history' });
    const together = new Map(
      lines.flatMap((line) => (line.type === 'history' || line.type === 'data' ? [...valuesOf(line.results)] : []))
    );

    const request = { from: firstMs - 5000, to: 'now', step: '1s', queries: QUERIES };
    const { results } = JSON.parse((await collector.post('/api/v1/query', request)).text) as QueryAnswer;
    const queried = valuesOf(results);
    const lastMs = Math.max(...[...together.keys()].map((key) => Number(key.split(' ')[2])));
    // The last bucket was still filling when the stream was left.
    const isWhole = ([key]: [string, number]) => Number(key.split(' ')[2]) < lastMs;
    expect([...together].filter(isWhole).sort()).toEqual([...queried].filter(isWhole).sort());
    expect([...together].filter(isWhole).length).toBeGreaterThan(3 * QUERIES.length);
  });

  it('ends when the collector stops', async () => {
    const stream = await open();
    await stream.line(1);
    collector.signal('SIGTERM');
    await stream.ended;
    expect(await collector.exit).toBe(0);
  });
});
