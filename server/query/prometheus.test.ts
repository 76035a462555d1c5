import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MetricQuery, SeriesAnswer } from '../api/contract';
import { temporaryDirectory } from '../testing/cleanup';
import { startHttpProcess, type HttpProcess } from '../testing/http-process';
import { answerOf, family, queryContext, T0 } from '../testing/query-context';
import { randomInteger, randomNumbers } from '../testing/random';
import { findTool } from '../testing/tool';
import type { FakeSeries } from '../testing/fake-history';

/**
 * The same samples in Prometheus. It extrapolates what it counts to both ends of its range, but by nothing where a
 * sample lies at each end. Samples are 10 s apart; a bucket of a minute that begins at `t` counts from the sample at
 * `t - 10 s` to that at `t + 50 s`. That is `[1m]` as of `t + 50 s`, whose ends are closed, so results must be equal but
 * for rounding. Samples may be missing within a bucket, but not at these ends. The samples themselves, those from `t` to
 * `t + 50 s`, are `[50s]` as of the same time.
 */
const STEP_S = 60;
const INTERVAL_S = 10;
const BUCKETS = 40;

const random = randomNumbers(5);
const below = (most: number): number => randomInteger(random, most);

/** A counter with resets, or a gauge, from 10 s before T0 on. */
function points(next: (value: number) => number): [number, number][] {
  let value = below(1000);
  return Array.from({ length: 1 + BUCKETS * (STEP_S / INTERVAL_S) }, (_, at): [number, number] => {
    value = next(value);
    return [T0 + (at - 1) * INTERVAL_S * 1000, value];
  }).filter((_, at) => at % 6 === 0 || random() < 0.9);
}

const counter = () =>
  points((value) => (random() < 0.05 ? below(3) : value + below(100) * (random() < 0.5 ? 0 : 0.25)));
const gauge = () => points(() => below(1e6) - 5e5);
const commands = family('commands_total');
const series: readonly FakeSeries[] = ['a', 'b', 'c'].flatMap((target): FakeSeries[] => [
  { target, family: commands, labels: ['get'], points: counter() },
  { target, family: commands, labels: ['set'], points: counter() },
  { target, family: family('memory_used_bytes'), points: gauge() },
]);
const context = queryContext(series);

let prometheus: HttpProcess;

beforeAll(async () => {
  const directory = temporaryDirectory();
  const lines = series.flatMap((one) => {
    const labels = [`instance="${one.target}"`, ...(one.labels ?? []).map((cmd) => `cmd="${cmd}"`)].join();
    return one.points.map(([timeMs, value]) => `${one.family.name}{${labels}} ${value} ${timeMs / 1000}\n`);
  });
  const grouped = [...new Set(series.map((one) => one.family.name))].flatMap((name) =>
    lines.filter((line) => line.startsWith(`${name}{`))
  );
  writeFileSync(join(directory, 'samples'), `${grouped.join('')}# EOF\n`);
  writeFileSync(join(directory, 'prometheus.yml'), '');
  const data = join(directory, 'data');
  execFileSync(findTool('promtool'), ['tsdb', 'create-blocks-from', 'openmetrics', join(directory, 'samples'), data]);
  prometheus = await startHttpProcess({
    command: findTool('prometheus'),
    args: (address) => [
      `--config.file=${join(directory, 'prometheus.yml')}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=${address}`,
    ],
    readyPath: '/-/ready',
  });
}, 30_000);

/** Values of an expression as of the end of each bucket, by labels in the order of their names. */
async function ofPrometheus(expression: string): Promise<Record<string, (number | null)[]>> {
  const start = T0 / 1000 + STEP_S - INTERVAL_S;
  const end = start + (BUCKETS - 1) * STEP_S;
  const text = await prometheus.text(
    `/api/v1/query_range?query=${encodeURIComponent(expression)}&start=${start}&end=${end}&step=${STEP_S}`
  );
  // Safe: the shape that the HTTP API is documented to have.
  const { data } = JSON.parse(text) as {
    data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
  };
  return Object.fromEntries(
    data.result.map(({ metric, values }) => [labelText(metric), values.map(([, value]) => Number(value))])
  );
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.keys(labels)
    .filter((name) => name !== '__name__')
    .sort()
    .map((name) => `${name}=${labels[name]}`)
    .join();
}

function ours(query: Partial<MetricQuery>): Record<string, SeriesAnswer['values']> {
  const answer = answerOf(context, query, { to: T0 + BUCKETS * STEP_S * 1000, step: STEP_S * 1000 });
  return Object.fromEntries(answer.series.map(({ labels, values }) => [labelText(labels), values]));
}

/** To ten digits: the two add in different orders. */
function rounded(all: Record<string, readonly (number | null)[]>): Record<string, (string | null)[]> {
  return Object.fromEntries(
    Object.entries(all).map(([labels, values]) => [
      labels,
      values.map((value) => (value === null ? null : (Math.round(value * 1e6) / 1e6 + 0).toPrecision(10))),
    ])
  );
}

const CALLS: Partial<MetricQuery> = { section: 'Commandstats', fields: ['calls'] };

it.each<[string, Partial<MetricQuery>, string]>([
  ['increase', { ...CALLS, function: 'increase' }, 'increase(redis_commands_total[1m])'],
  ['rate', { ...CALLS, function: 'rate' }, 'rate(redis_commands_total[1m])'],
  ['delta', { function: 'delta' }, 'delta(redis_memory_used_bytes[1m])'],
  ['avg', { function: 'avg' }, 'avg_over_time(redis_memory_used_bytes[50s])'],
  ['min', { function: 'min' }, 'min_over_time(redis_memory_used_bytes[50s])'],
  ['max', { function: 'max' }, 'max_over_time(redis_memory_used_bytes[50s])'],
  ['last', { function: 'last' }, 'last_over_time(redis_memory_used_bytes[50s])'],
  ['sum by', { ...CALLS, aggregate: { op: 'sum', by: ['cmd'] } }, 'sum by (cmd) (rate(redis_commands_total[1m]))'],
  [
    'quantile by',
    { ...CALLS, aggregate: { op: 'quantile', quantile: 0.7, by: ['cmd'] } },
    'quantile by (cmd) (0.7, rate(redis_commands_total[1m]))',
  ],
])('%s is what Prometheus says', async (_, query, expression) => {
  const expected = await ofPrometheus(expression);
  expect(Object.values(expected).map(({ length }) => length)).toEqual(Object.values(expected).map(() => BUCKETS));
  expect(Object.keys(expected).length).toBeGreaterThan(1);
  expect(rounded(ours(query))).toEqual(rounded(expected));
});
