import type { LabelMatcher } from '../server/api/contract';
import type {
  AggregateChoice,
  EventsQuery,
  LogsQuery,
  MetricsQuery,
  TableQuery,
  TargetChoice,
  VitalsQuery,
} from './types';

/** A query as one line to read: `sum by cmd of rate of Stats total_commands_processed, top 5, of role master`. */
export function queryText(query: VitalsQuery): string {
  return [...partsOf(query), ...targetsText(query.targets)].join(', ');
}

function partsOf(query: VitalsQuery): string[] {
  switch (query.queryType) {
    case 'metrics':
      return metricsParts(query);
    case 'table':
      return tableParts(query);
    case 'logs':
      return logsParts(query);
    case 'events':
      return eventsParts(query);
    case 'topology':
      return ['topology'];
  }
}

function metricsParts(query: MetricsQuery): string[] {
  const { section, fields = [], labels = [], aggregate, topK, instant, live, timeShift } = query;
  if (fields.length === 0) {
    return ['no field chosen'];
  }
  const aggregation = aggregate === undefined ? '' : `${aggregateText(aggregate)} of `;
  const calculation = query.function === undefined ? '' : `${query.function} of `;
  const what = `${section === undefined || section === '' ? '' : `${section} `}${list(fields)}`;
  const where = labels.length === 0 ? '' : ` where ${matchersText(labels)}`;
  return [
    `${aggregation}${calculation}${what}${where}`,
    ...(topK === undefined ? [] : [`top ${topK}`]),
    ...(instant === true ? ['one value'] : []),
    ...(timeShift === undefined || timeShift === '' ? [] : [`${timeShift} earlier`]),
    ...(live === true ? ['live'] : []),
  ];
}

function aggregateText({ op, by = [], quantile }: AggregateChoice): string {
  const name = op === 'quantile' && quantile !== undefined ? `quantile ${quantile}` : op;
  return by.length === 0 ? name : `${name} by ${list(by)}`;
}

function tableParts({ table, sections = [], groupBy, limit }: TableQuery): string[] {
  const grouping = table === 'clients' && groupBy !== undefined ? ` by ${groupBy}` : '';
  const chosen = table === 'info' && sections.length > 0 ? [`sections ${list(sections)}`] : [];
  return [`table of ${table}${grouping}`, ...chosen, ...limitText(limit, 'rows')];
}

function logsParts({ source, limit }: LogsQuery): string[] {
  return [`${source === 'slowlog' ? 'slow log' : 'events'} as logs`, ...limitText(limit, 'lines')];
}

function eventsParts({ kinds = [], severities = [], limit }: EventsQuery): string[] {
  const which = kinds.length === 0 ? 'events' : `events ${list(kinds)}`;
  const severity = severities.length === 0 ? [] : [`severity ${list(severities)}`];
  return [which, ...severity, ...limitText(limit, 'events')];
}

function limitText(limit: number | undefined, what: string): string[] {
  return limit === undefined ? [] : [`at most ${limit} ${what}`];
}

function targetsText({ names = [], roles = [], labels = [] }: TargetChoice = {}): string[] {
  return [
    ...(names.length === 0 ? [] : [`of ${list(names)}`]),
    ...(roles.length === 0 ? [] : [`of role ${list(roles)}`]),
    ...(labels.length === 0 ? [] : [`of targets where ${matchersText(labels)}`]),
  ];
}

function matchersText(labels: readonly LabelMatcher[]): string {
  return labels.map(({ label, op, value }) => `${label} ${op} ${JSON.stringify(value)}`).join(' and ');
}

/** `a`, `a and b`, `a, b and c`. */
function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
