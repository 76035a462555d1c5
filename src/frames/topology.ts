import {
  FieldColorModeId,
  FieldType,
  NodeGraphDataFrameFieldNames as Name,
  type DataFrame,
  type Field,
  type FieldConfig,
} from '@grafana/data';
import type { QuerySuccess, TableAnswer } from '../../server/api/contract';
import type { TopologyQuery } from '../types';
import type { FrameContext } from './context';
import { dashboardLinks } from './links';
import { metaOf } from './meta';
import { formatted } from './units';
import { readTopology, type Edge, type Health, type Node } from './topology-model';

/** Asked for beside the table `replication`, for the same targets; without them the graph has less. */
export interface TopologySurroundings {
  /** The table `targets`: servers that do not answer, and sentinels. */
  readonly targets?: TableAnswer;
  /** The instant query of `redis_sentinel_master_status`: which masters a sentinel watches. */
  readonly sentinels?: QuerySuccess;
}

const HEALTH: Readonly<Record<Health, { readonly title: string; readonly color: string }>> = {
  good: { title: 'Up', color: 'green' },
  busy: { title: 'Synchronising or behind', color: 'orange' },
  bad: { title: 'Down', color: 'red' },
  unknown: { title: 'Not a target', color: 'gray' },
};

/**
 * A node graph, from masters to replicas; dashed: from sentinels to the masters they watch. The panel writes numbers with two
 * decimals and the unit's id, so amounts are texts; of fields it shows `displayName` alone.
 */
export function topologyFrames(
  query: TopologyQuery,
  answer: TableAnswer,
  context: FrameContext,
  surroundings: TopologySurroundings = {}
): DataFrame[] {
  const { nodes, edges } = readTopology(answer, surroundings);
  const meta = metaOf(query, answer.notices, { preferredVisualisationType: 'nodeGraph' });
  const { refId } = context;
  return [
    { refId, name: 'nodes', meta, fields: nodeFields(nodes, context), length: nodes.length },
    { refId, name: 'edges', meta: { ...meta, notices: [] }, fields: edgeFields(edges), length: edges.length },
  ];
}

function nodeFields(nodes: readonly Node[], context: FrameContext): Field[] {
  const column = columnsOf(nodes);
  const links = dashboardLinks(context, '__data.fields.title');
  return [
    column(Name.id, FieldType.string, ({ id }) => id),
    column(Name.title, FieldType.string, ({ title }) => title, {
      displayName: 'Instance',
      ...(links.length > 0 && { links }),
    }),
    column(Name.subTitle, FieldType.string, ({ role }) => role, { displayName: 'Role' }),
    column(Name.mainStat, FieldType.string, ({ state }) => state, { displayName: 'State' }),
    column(Name.secondaryStat, FieldType.string, ({ about }) => about, { displayName: 'Replication' }),
    ...Object.entries(HEALTH).map(([health, { title, color }]) =>
      column(`${Name.arc}${health}`, FieldType.number, (node) => (node.health === health ? 1 : 0), {
        displayName: title,
        color: { mode: FieldColorModeId.Fixed, fixedColor: color },
      })
    ),
    column(`${Name.detail}address`, FieldType.string, ({ address }) => address, { displayName: 'Address' }),
    column(`${Name.detail}offset`, FieldType.string, ({ offset }) => formatted('bytes', offset), {
      displayName: 'Offset',
    }),
    column(`${Name.detail}problem`, FieldType.string, ({ problem }) => problem, { displayName: 'Problem' }),
  ];
}

function edgeFields(edges: readonly Edge[]): Field[] {
  const column = columnsOf(edges);
  return [
    column(Name.id, FieldType.string, ({ source, target }) => `${source} → ${target}`),
    column(Name.source, FieldType.string, ({ source }) => source),
    column(Name.target, FieldType.string, ({ target }) => target),
    column(Name.mainStat, FieldType.string, ({ lagSeconds }) => formatted('s', lagSeconds), { displayName: 'Lag' }),
    column(Name.secondaryStat, FieldType.string, ({ lagBytes }) => formatted('bytes', lagBytes), {
      displayName: 'Lag in bytes',
    }),
    column(Name.color, FieldType.string, ({ health }) => HEALTH[health].color),
    column(Name.strokeDasharray, FieldType.string, ({ isWatch }) => (isWatch ? '4 4' : '')),
    column(`${Name.detail}state`, FieldType.string, ({ state }) => state, { displayName: 'State' }),
  ];
}

function columnsOf<Row>(rows: readonly Row[]) {
  return <T>(name: string, type: FieldType, read: (row: Row) => T, config: FieldConfig = {}): Field => ({
    name,
    type,
    config,
    values: rows.map(read),
  });
}
