import { FieldType, type DataFrame, type Field, type FieldConfig } from '@grafana/data';
import type { TableAnswer, TableColumn } from '../../server/api/contract';
import type { TableQuery } from '../types';
import { merged } from './cells';
import type { FrameContext } from './context';
import { dashboardLinks, exploreLink } from './links';
import { metaOf } from './meta';
import { cellLook, cellUnit } from './table-cells';
import { inGrafanasUnit } from './units';

const TYPES: Readonly<Record<TableColumn['type'], FieldType>> = {
  string: FieldType.string,
  number: FieldType.number,
  time: FieldType.time,
  boolean: FieldType.boolean,
};

/** A table as the collector has it, with units, links and the look of its cells. */
export function tableFrame(query: TableQuery, answer: TableAnswer, context: FrameContext): DataFrame {
  const { columns, notices } = answer;
  return {
    refId: context.refId,
    meta: metaOf(query, notices, { preferredVisualisationType: 'table' }),
    fields: columns.map((column) => fieldOf(query, column, context)),
    length: columns[0]?.values.length ?? 0,
  };
}

function fieldOf({ table }: TableQuery, column: TableColumn, context: FrameContext): Field {
  const { name, title, type, unit, values } = column;
  // Columns that bear the name of a target are of its own, and a target may be called as a column of others.
  const isOfTarget = (table === 'info' || table === 'config') && name === title;
  const parts: readonly FieldConfig[] = [
    { displayNameFromDS: title },
    ...(type === 'string' ? [{ custom: { filterable: true } }] : []),
    ...(isOfTarget ? [] : [cellUnit(column), cellLook(table, column), linksOf(column, context)]),
  ];
  return {
    name,
    type: TYPES[type],
    config: merged(...parts),
    values: [...inGrafanasUnit(unit, values)],
  };
}

/** An instance can be filtered by in the whole dashboard, as ad-hoc filters know its name. */
function linksOf({ name, type }: TableColumn, context: FrameContext): FieldConfig {
  if (name === 'instance') {
    const links = dashboardLinks(context, '__value.raw');
    return { filterable: true, ...(links.length > 0 && { links }) };
  }
  return type === 'time' ? { links: [exploreLink(context)] } : {};
}
