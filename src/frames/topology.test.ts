import type { DataFrame } from '@grafana/data';
import type { TableAnswer } from '../../server/api/contract';
import { answerTo, linkDownTable, tables } from '../testdata/shop';
import { QUERY_VERSION, type TopologyQuery } from '../types';
import { topologyFrames } from './topology';

const context = { refId: 'A', datasourceUid: 'vitals', datasourceName: 'Redis Vitals', instanceDashboardUid: 'one' };
const query: TopologyQuery = { refId: 'A', version: QUERY_VERSION, queryType: 'topology' };
const surroundings = { targets: tables.targets, sentinels: answerTo('sentinels') };

const rowsOf = ({ fields, length }: DataFrame, ...names: readonly string[]): readonly string[] =>
  Array.from({ length }, (_, row) =>
    names.map((name) => fields.find((field) => field.name === name)!.values[row] ?? '-').join(' | ')
  );
const nodesOf = ([nodes]: readonly DataFrame[]) => rowsOf(nodes!, 'id', 'subtitle', 'mainstat', 'secondarystat');
const edgesOf = ([, edges]: readonly DataFrame[]) =>
  rowsOf(edges!, 'source', 'target', 'mainstat', 'secondarystat', 'color', 'strokedasharray', 'detail__state');
/** Which part of the circle is drawn. */
const arcsOf = ([nodes]: readonly DataFrame[]) =>
  Array.from(
    { length: nodes!.length },
    (_, row) => nodes!.fields.find(({ name, values }) => name.startsWith('arc__') && values[row] === 1)!.name
  );

describe('topologyFrames', () => {
  const frames = topologyFrames(query, tables.replication, context, surroundings);

  it('has nodes and edges for the node graph', () => {
    expect(frames.map(({ name, refId, meta }) => [name, refId, meta?.preferredVisualisationType])).toEqual([
      ['nodes', 'A', 'nodeGraph'],
      ['edges', 'A', 'nodeGraph'],
    ]);
    expect(frames.map(({ meta }) => meta?.notices)).toEqual([tables.replication.notices, []]);
    expect(frames[0]!.fields.find(({ name }) => name === 'title')!.config.links).toHaveLength(1);
  });

  it('shows who replicates whom, who watches, and who is down', () => {
    expect(nodesOf(frames)).toEqual([
      'shop-master | master | up | 2 replicas',
      'shop-replica-1 | replica | link up | ',
      'shop-replica-2 | replica | link up | ',
      'shop-sentinel | sentinel | up | 1 master',
      'sessions |  | down | ',
    ]);
    expect(edgesOf(frames)).toEqual([
      'shop-master | shop-replica-1 | 0 s | 0 B | green |  | link up',
      'shop-master | shop-replica-2 | 0 s | 0 B | green |  | link up',
      'shop-sentinel | shop-master |  |  | gray | 4 4 | watched as shop: ok',
    ]);
    expect(arcsOf(frames)).toEqual(['arc__good', 'arc__good', 'arc__good', 'arc__good', 'arc__bad']);
  });

  it('shows a master that is not there', () => {
    const broken = topologyFrames(query, linkDownTable, context);
    expect(nodesOf(broken).slice(2)).toEqual([
      'shop-replica-2 | replica | link down | ',
      '127.0.0.1:7999 |  |  | 1 replica',
    ]);
    expect(edgesOf(broken)[1]).toBe('127.0.0.1:7999 | shop-replica-2 |  |  | red |  | link down');
    expect(arcsOf(broken)).toEqual(['arc__good', 'arc__good', 'arc__bad', 'arc__unknown']);
  });

  it('finds a master that is down among the targets, by its address', () => {
    const addresses = tables.targets.columns.find(({ name }) => name === 'address')!.values;
    const targets = withColumn(tables.targets, 'address', [...addresses.slice(0, -1), '127.0.0.1:7999']);
    const broken = topologyFrames(query, linkDownTable, context, { targets });
    expect(edgesOf(broken)[1]).toMatch(/^sessions \| shop-replica-2 /);
    expect(nodesOf(broken)).toContain('sessions |  | down | 1 replica');
  });

  it('shows replicas that are no targets', () => {
    const alone = withRows(tables.replication, (row) => row !== 2);
    const told = withColumn(withColumn(alone, 'instance', ['shop-master', 'shop-master']), 'link', [null, null]);
    const frame = topologyFrames(query, told, context);
    expect(nodesOf(frame)).toEqual(['shop-master | master | up | 1 replica', '127.0.0.1:7412 | replica | online | ']);
    expect(arcsOf(frame)).toEqual(['arc__good', 'arc__unknown']);
    expect(edgesOf(frame)).toEqual(['shop-master | 127.0.0.1:7412 | 0 s | 0 B | green |  | online']);
  });

  it.each([
    ['lag_seconds', 11, 'orange', 'link up'],
    ['lag_seconds', 10, 'green', 'link up'],
    ['sync_in_progress', true, 'orange', 'synchronising'],
    ['state', 'wait_bgsave', 'orange', 'wait_bgsave'],
  ])('colours the link of a replica with %s %s %s', (column, value, color, state) => {
    const edges = edgesOf(topologyFrames(query, withColumn(tables.replication, column, [null, value, value]), context));
    expect(edges[0]).toMatch(new RegExp(`${color} \\|  \\| ${state}$`));
  });

  it('is empty where there is nothing', () => {
    const nothing = topologyFrames(query, { status: 'success', columns: [], notices: [] }, context);
    expect(nothing.map(({ length }) => length)).toEqual([0, 0]);
  });
});

function withColumn(answer: TableAnswer, name: string, values: TableAnswer['columns'][number]['values']): TableAnswer {
  return {
    ...answer,
    columns: answer.columns.map((column) => (column.name === name ? { ...column, values } : column)),
  };
}

function withRows(answer: TableAnswer, isKept: (row: number) => boolean): TableAnswer {
  const columns = answer.columns.map((column) => ({
    ...column,
    values: column.values.filter((_, row) => isKept(row)),
  }));
  return { ...answer, columns };
}
