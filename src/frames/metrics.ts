import { DataFrameType, FieldType, type DataFrame, type DataLink, type Field } from '@grafana/data';
import type { CatalogField, QuerySuccess, SeriesAnswer } from '../../server/api/contract';
import type { MetricsQuery } from '../types';
import type { FrameContext } from './context';
import { dashboardLinks } from './links';
import { metaOf } from './meta';
import { seriesNames } from './series-names';
import { inGrafanasUnit, unitOf } from './units';

/**
 * One wide frame: the times once, and a field for each series. A table then is one table, not one for each series to
 * choose from; a panel need not join; stat, gauge and bar panels treat both alike. Without series the frame has only
 * its notices.
 */
export function metricsFrames(query: MetricsQuery, answer: QuerySuccess, context: FrameContext): DataFrame[] {
  const { times, stepMs, series, notices } = answer;
  const isInstant = stepMs === 0;
  const meta = metaOf(query, notices, {
    type: isInstant ? DataFrameType.NumericWide : DataFrameType.TimeSeriesWide,
    typeVersion: [0, 1],
    preferredVisualisationType: isInstant ? 'table' : 'graph',
  });
  if (series.length === 0 && notices.length === 0) {
    return [];
  }
  const fields = series.length === 0 ? [] : [timeField(answer, context), ...valueFields(query, series, context)];
  return [{ refId: context.refId, meta, fields, length: fields.length === 0 ? 0 : times.length }];
}

function timeField({ times, stepMs }: QuerySuccess, { timeShiftMs = 0 }: FrameContext): Field {
  return {
    name: 'Time',
    type: FieldType.time,
    // The step tells panels how wide a bar is and where there is a gap.
    config: stepMs === 0 ? {} : { interval: stepMs },
    // Safe: nobody changes what is in a frame.
    values: timeShiftMs === 0 ? (times as number[]) : times.map((timeMs) => timeMs + timeShiftMs),
  };
}

function valueFields(query: MetricsQuery, all: readonly SeriesAnswer[], context: FrameContext): Field[] {
  const nameOf = seriesNames(all, query.legend, context.catalog);
  const helpOf = helpFinder(query, context);
  const links = dashboardLinks(context, '__field.labels.instance');
  const isShifted = (context.timeShiftMs ?? 0) !== 0;
  const suffix = isShifted && !query.legend ? ` (${query.timeShift ?? 'then'} earlier)` : '';
  return all.map((series) => ({
    name: series.field,
    type: FieldType.number,
    labels: series.labels,
    config: {
      displayNameFromDS: nameOf(series) + suffix,
      ...unitConfig(series),
      ...descriptionConfig(helpOf(series)),
      ...linksConfig(series, links),
      // The past is dashed, to be told from what it is drawn beside.
      ...(isShifted && { custom: { lineStyle: { fill: 'dash', dash: [8, 8] } } }),
    },
    // Safe: nobody changes what is in a frame.
    values: inGrafanasUnit(series.unit, series.values) as Array<number | null>,
  }));
}

function unitConfig({ unit: unitOfSeries }: SeriesAnswer): Field['config'] {
  const unit = unitOf(unitOfSeries);
  return unit === undefined ? {} : { unit };
}

function descriptionConfig(description: string | undefined): Field['config'] {
  return description === undefined ? {} : { description };
}

function linksConfig({ labels }: SeriesAnswer, links: DataLink[]): Field['config'] {
  return labels['instance'] === undefined || links.length === 0 ? {} : { links };
}

/** The catalogue's help for a series; looked up once for each metric. */
function helpFinder(
  { section }: MetricsQuery,
  { catalog }: FrameContext
): (series: SeriesAnswer) => string | undefined {
  const found = new Map<string, string | undefined>();
  const sections = catalog?.sections ?? [];
  const inOrder = [...sections.filter(({ name }) => name === section), ...sections];
  const find = ({ field, metric }: SeriesAnswer): CatalogField | undefined => {
    for (const { fields } of inOrder) {
      const one = fields.find(
        (entry) => entry.metric === metric || (entry.field === field && metric.startsWith(entry.metric))
      );
      if (one !== undefined) {
        return one;
      }
    }
    return undefined;
  };
  return (series) => {
    if (!found.has(series.metric)) {
      found.set(series.metric, find(series)?.help);
    }
    return found.get(series.metric);
  };
}
