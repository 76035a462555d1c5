import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryReader, StoredSeries } from '../history/interfaces';
import type { FamilyDescriptor, FamilyType } from '../model/family';
import type { SamplePart } from '../model/samples';
import { temporaryDirectory } from '../testing/cleanup';
import { findTool } from '../testing/tool';
import { exportText } from './export-text';
import { type FormatName, FORMATS } from './format';
import type { Done } from './progress';
import type { Selection } from './walk';

/** A sample: its family, part and label values, target, time and value. */
type Row = readonly [family: FamilyDescriptor, labels: string, target: string, timeMs: number, value: number];

function family(name: string, type: FamilyType, ...labelNames: string[]): FamilyDescriptor {
  return { name, type, unit: 'none', help: `Help of ${name}.`, labelNames, source: { command: 'INFO' } };
}

/** A history of these samples. Labels are written as `part|value|value`. */
function historyOf(rows: readonly Row[]): HistoryReader {
  const stored = new Map<string, StoredSeries>();
  const points = new Map<StoredSeries, [number, number][]>();
  for (const [family, text, target, timeMs, value] of rows) {
    const [part = '', ...labels] = text.split('|');
    const key = `${target} ${family.name} ${text}`;
    // Safe: the tests below write no other parts.
    const series = { target, series: { family, part: part as SamplePart, labels } };
    const found = stored.get(key) ?? series;
    stored.set(key, found);
    points.set(found, [...(points.get(found) ?? []), [timeMs, value]]);
  }
  const times = (target: string) => rows.filter((row) => row[2] === target).map((row) => row[3]);
  return {
    targets: () => [...new Set(rows.map(([, , target]) => target))],
    families: () => [...new Set(rows.map(([family]) => family))],
    series: (name, targets) =>
      [...stored.values()].filter(
        ({ series, target }) => series.family.name === name && (targets === undefined || targets.includes(target))
      ),
    read(series, fromMs, toMs, visit) {
      series.forEach((one, index) => {
        const found = points.get(one)!.filter(([timeMs]) => timeMs >= fromMs && timeMs <= toMs);
        const all = [[0, 0], ...found] as const; // `from` need not be 0
        visit(
          index,
          Float64Array.from(all, ([time]) => time),
          Float64Array.from(all, ([, v]) => v),
          1,
          all.length
        );
      });
      return true;
    },
    latestMs: (target) => Math.max(...times(target)),
  };
}

const ALL: Selection = { targets: [], families: [] };
const T0 = Date.parse('2026-01-31T17:59:58.500Z');
const HOUR_MS = 3_600_000;

const up = family('redis_up', 'gauge');
const commands = family('redis_commands_total', 'counter', 'cmd');
const reads = family('redis_total_reads_processed', 'counter');
const about = family('redis_instance_info', 'info', 'version');
const latencies = family('redis_commands_latencies_usec', 'histogram', 'cmd');
const percentiles = family('redis_latency_percentiles_usec', 'summary', 'cmd');

const ROWS: readonly Row[] = [
  [up, '', 'b', T0, 1],
  [up, '', 'a', T0, 1],
  [up, '', 'a', T0 + 10_000, 0],
  [up, '', 'a', T0 + 30 * HOUR_MS, 1],
  [commands, '|get', 'a', T0, 5],
  [commands, '|get', 'a', T0 + 10_000, 7.5],
  [commands, '|a "b"\\', 'a', T0, 1e21],
  [reads, '', 'a', T0, 3],
  [about, '|7.2.0', 'a', T0, 1],
  [latencies, '_count|get', 'a', T0, 3],
  [latencies, '_sum|get', 'a', T0, 40],
  [latencies, '_bucket|get|+Inf', 'a', T0, 3],
  [latencies, '_bucket|get|16', 'a', T0, 2],
  [latencies, '_bucket|get|2', 'a', T0, 1],
  [latencies, '_count|get', 'a', T0 + 10_000, 4],
  [latencies, '_sum|get', 'a', T0 + 10_000, 41],
  [latencies, '_bucket|get|+Inf', 'a', T0 + 10_000, 4],
  [latencies, '_bucket|get|16', 'a', T0 + 10_000, 3],
  [latencies, '_bucket|get|2', 'a', T0 + 10_000, 2],
  [percentiles, '|get|50', 'a', T0, 1.003],
  [percentiles, '|get|99.9', 'a', T0, NaN],
  [percentiles, '_sum|get', 'a', T0, -Infinity],
];

function textOf(rows: readonly Row[], format: FormatName, selection: Partial<Selection> = {}): string {
  return [...exportText(historyOf(rows), { ...ALL, ...selection }, FORMATS[format], () => undefined)].join('');
}

describe('an export as CSV', () => {
  it('has a line for each sample', () => {
    expect(textOf(ROWS, 'csv').split('\r\n')).toEqual([
      'time,target,metric,labels,value',
      '2026-01-31T17:59:58.500Z,a,redis_commands_latencies_usec_bucket,"{""cmd"":""get"",""le"":""2""}",1',
      '2026-01-31T17:59:58.500Z,a,redis_commands_latencies_usec_bucket,"{""cmd"":""get"",""le"":""16""}",2',
      '2026-01-31T17:59:58.500Z,a,redis_commands_latencies_usec_bucket,"{""cmd"":""get"",""le"":""+Inf""}",3',
      '2026-01-31T17:59:58.500Z,a,redis_commands_latencies_usec_sum,"{""cmd"":""get""}",40',
      '2026-01-31T17:59:58.500Z,a,redis_commands_latencies_usec_count,"{""cmd"":""get""}",3',
      '2026-01-31T18:00:08.500Z,a,redis_commands_latencies_usec_bucket,"{""cmd"":""get"",""le"":""2""}",2',
      '2026-01-31T18:00:08.500Z,a,redis_commands_latencies_usec_bucket,"{""cmd"":""get"",""le"":""16""}",3',
      '2026-01-31T18:00:08.500Z,a,redis_commands_latencies_usec_bucket,"{""cmd"":""get"",""le"":""+Inf""}",4',
      '2026-01-31T18:00:08.500Z,a,redis_commands_latencies_usec_sum,"{""cmd"":""get""}",41',
      '2026-01-31T18:00:08.500Z,a,redis_commands_latencies_usec_count,"{""cmd"":""get""}",4',
      '2026-01-31T17:59:58.500Z,a,redis_commands_total,"{""cmd"":""get""}",5',
      '2026-01-31T18:00:08.500Z,a,redis_commands_total,"{""cmd"":""get""}",7.5',
      '2026-01-31T17:59:58.500Z,a,redis_commands_total,"{""cmd"":""a \\""b\\""\\\\""}",1e+21',
      '2026-01-31T17:59:58.500Z,a,redis_instance_info,"{""version"":""7.2.0""}",1',
      '2026-01-31T17:59:58.500Z,a,redis_latency_percentiles_usec,"{""cmd"":""get"",""quantile"":""50""}",1.003',
      '2026-01-31T17:59:58.500Z,a,redis_latency_percentiles_usec,"{""cmd"":""get"",""quantile"":""99.9""}",NaN',
      '2026-01-31T17:59:58.500Z,a,redis_latency_percentiles_usec_sum,"{""cmd"":""get""}",-Infinity',
      '2026-01-31T17:59:58.500Z,a,redis_total_reads_processed,{},3',
      '2026-01-31T17:59:58.500Z,b,redis_up,{},1',
      '2026-01-31T17:59:58.500Z,a,redis_up,{},1',
      '2026-01-31T18:00:08.500Z,a,redis_up,{},0',
      '2026-02-01T23:59:58.500Z,a,redis_up,{},1',
      '',
    ]);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['＝1+1', "'＝1+1"],
    ['=a,"b"', `"'=a,""b"""`],
    ['a, b', '"a, b"'],
    ['a=b', 'a=b'],
    ['127.0.0.1:6379', '127.0.0.1:6379'],
  ])('writes the target %j as %s', (target, cell) => {
    expect(textOf([[up, '', target, T0, -1]], 'csv')).toBe(
      `time,target,metric,labels,value\r\n2026-01-31T17:59:58.500Z,${cell},redis_up,{},-1\r\n`
    );
  });

  it.each(['=1+1', 'a;=1+1', 'a\t=1+1', 'a\n=1+1', 'a\r\n=1+1,2', '",=1+1', ';;"=1+1'])(
    'has no cell that begins like a formula with the label %j, also where semicolons part cells',
    (label) => {
      const text = textOf([[commands, `|${label}`, 'a', T0, 1]], 'csv');
      expect(text.split(/[;\t\r\n]"*/).filter((cell) => /^[=+@-]/.test(cell))).toEqual([]);
      const [, json = ''] = /"(\{.*\})"/.exec(text) ?? [];
      expect(JSON.parse(json.replaceAll('""', '"'))).toEqual({ cmd: label });
    }
  );
});

describe('an export as OpenMetrics', () => {
  it('keeps what others wrote within its labels', () => {
    const label = 'a"} 1\nevil_total{x="\\\n# EOF\n';
    const text = textOf([[commands, `|${label}`, label, T0, 1]], 'openmetrics');
    const escaped = label.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
    expect(text.split('\n').slice(2)).toEqual([
      `redis_commands_total{cmd="${escaped}",instance="${escaped}"} 1 1769882398.500`,
      '# EOF',
      '',
    ]);
  });

  it('has each family and series in one piece', () => {
    expect(textOf(ROWS, 'openmetrics').split('\n')).toEqual([
      '# HELP redis_commands_latencies_usec Help of redis_commands_latencies_usec.',
      '# TYPE redis_commands_latencies_usec histogram',
      'redis_commands_latencies_usec_bucket{cmd="get",le="2",instance="a"} 1 1769882398.500',
      'redis_commands_latencies_usec_bucket{cmd="get",le="16",instance="a"} 2 1769882398.500',
      'redis_commands_latencies_usec_bucket{cmd="get",le="+Inf",instance="a"} 3 1769882398.500',
      'redis_commands_latencies_usec_sum{cmd="get",instance="a"} 40 1769882398.500',
      'redis_commands_latencies_usec_count{cmd="get",instance="a"} 3 1769882398.500',
      'redis_commands_latencies_usec_bucket{cmd="get",le="2",instance="a"} 2 1769882408.500',
      'redis_commands_latencies_usec_bucket{cmd="get",le="16",instance="a"} 3 1769882408.500',
      'redis_commands_latencies_usec_bucket{cmd="get",le="+Inf",instance="a"} 4 1769882408.500',
      'redis_commands_latencies_usec_sum{cmd="get",instance="a"} 41 1769882408.500',
      'redis_commands_latencies_usec_count{cmd="get",instance="a"} 4 1769882408.500',
      '# HELP redis_commands Help of redis_commands_total.',
      '# TYPE redis_commands counter',
      'redis_commands_total{cmd="get",instance="a"} 5 1769882398.500',
      'redis_commands_total{cmd="get",instance="a"} 7.5 1769882408.500',
      'redis_commands_total{cmd="a \\"b\\"\\\\",instance="a"} 1e+21 1769882398.500',
      '# HELP redis_instance Help of redis_instance_info.',
      '# TYPE redis_instance info',
      'redis_instance_info{version="7.2.0",instance="a"} 1 1769882398.500',
      '# HELP redis_latency_percentiles_usec Help of redis_latency_percentiles_usec.',
      '# TYPE redis_latency_percentiles_usec unknown',
      'redis_latency_percentiles_usec{cmd="get",quantile="50",instance="a"} 1.003 1769882398.500',
      'redis_latency_percentiles_usec{cmd="get",quantile="99.9",instance="a"} NaN 1769882398.500',
      '# HELP redis_latency_percentiles_usec_sum Help of redis_latency_percentiles_usec.',
      '# TYPE redis_latency_percentiles_usec_sum unknown',
      'redis_latency_percentiles_usec_sum{cmd="get",instance="a"} -Inf 1769882398.500',
      '# HELP redis_total_reads_processed Help of redis_total_reads_processed.',
      '# TYPE redis_total_reads_processed unknown',
      'redis_total_reads_processed{instance="a"} 3 1769882398.500',
      '# HELP redis_up Help of redis_up.',
      '# TYPE redis_up gauge',
      'redis_up{instance="b"} 1 1769882398.500',
      'redis_up{instance="a"} 1 1769882398.500',
      'redis_up{instance="a"} 0 1769882408.500',
      'redis_up{instance="a"} 1 1769990398.500',
      '# EOF',
      '',
    ]);
  });

  it('is taken in by Prometheus, every sample of it', () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'export.txt');
    writeFileSync(file, textOf(ROWS, 'openmetrics'));
    const run = (...args: string[]) => spawnSync(findTool('promtool'), ['tsdb', ...args], { encoding: 'utf8' });
    const blocks = join(directory, 'blocks');
    expect(run('create-blocks-from', 'openmetrics', file, blocks)).toMatchObject({ status: 0, stderr: '' });
    mkdirSync(join(blocks, 'wal')); // dump asks for one
    const lines = run('dump', blocks).stdout.trim().split('\n');
    const exported = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => /^[^#]/.test(line));
    expect(lines.length).toBe(exported.length);
    expect(lines).toContain('{__name__="redis_up", instance="a"} 0 1769882408500');
  });
});

describe('exportText', () => {
  const linesOf = (selection: Partial<Selection>) => textOf(ROWS, 'csv', selection).trim().split('\r\n').slice(1);

  it.each<[string, Partial<Selection>, number]>([
    ['everything', {}, 22],
    ['from a time on', { fromMs: T0 + 1 }, 8],
    ['from the time of a sample on', { fromMs: T0 + 10_000 }, 8],
    ['up to a time', { toMs: T0 + 9_999 }, 14],
    ['up to the time of a sample', { toMs: T0 }, 14],
    ['at one time', { fromMs: T0 + 10_000, toMs: T0 + 10_000 }, 7],
    ['before all', { toMs: T0 - 1 }, 0],
    ['after all', { fromMs: T0 + 100 * HOUR_MS }, 0],
    ['one target', { targets: ['b'] }, 1],
    ['several families', { families: ['redis_up', 'redis_commands_total'] }, 7],
    ['a family of a target in a while', { families: ['redis_up'], targets: ['a'], fromMs: T0 + 1 }, 2],
  ])('writes %s', (_, selection, lines) => {
    expect(linesOf(selection)).toHaveLength(lines);
  });

  it.each<[FormatName, string]>([
    ['csv', 'time,target,metric,labels,value\r\n'],
    ['openmetrics', '# EOF\n'],
  ])('of no samples as %s is %j', (format, text) => {
    expect(textOf([], format)).toBe(text);
  });

  it('hands a long text on in pieces, and says how far it is', () => {
    const long = Array.from({ length: 10_000 }, (_, i): Row => [up, '', i % 2 === 0 ? 'a' : 'b', T0 + i * 10_000, i]);
    const told: Done[] = [];
    const pieces = [...exportText(historyOf(long), ALL, FORMATS.csv, (done) => told.push(done))];
    expect(pieces.join('').split('\r\n')).toHaveLength(10_000 + 2);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(told.length).toBeGreaterThan(8);
    expect(told.at(-1)).toEqual({ done: 2, total: 2, samples: 10_000 });
  });
});
