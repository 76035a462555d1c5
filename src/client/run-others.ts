import type { Observable } from 'rxjs';
import type { DataFrame } from '@grafana/data';
import type { CatalogAnswer } from '../../server/api/contract';
import { eventLogsFrame, eventsFrame, slowLogFrame, tableFrame, topologyFrames } from '../frames';
import type { EventsQuery, LogsQuery, TableQuery, TopologyQuery } from '../types';
import { askTopology } from './ask-topology';
import { asOutcome, type Outcome } from './outcome';
import type { Run } from './run';

type OtherQuery = TableQuery | LogsQuery | EventsQuery | TopologyQuery;

/** One request for one query. */
export function runOther(query: OtherQuery, run: Run): Observable<Outcome> {
  const { refId } = query;
  const ask = <Answer>(
    answer: Observable<Answer>,
    toFrames: (answer: Answer, context: ReturnType<Run['context']>) => DataFrame[]
  ): Observable<Outcome> =>
    asOutcome(refId, run.withCatalog(answer), ([given, catalog]: [Answer, CatalogAnswer | undefined]) =>
      toFrames(given, run.context(refId, catalog))
    );
  switch (query.queryType) {
    case 'table':
      return ask(run.client.table(tableRequest(query, run)), (answer, context) => [tableFrame(query, answer, context)]);
    case 'logs':
      return query.source === 'slowlog'
        ? ask(run.client.table(slowLogRequest(query, run)), (answer, context) => [slowLogFrame(query, answer, context)])
        : ask(run.client.events(eventsRequest(query, run)), (answer, context) => [
            eventLogsFrame(query, answer, context),
          ]);
    case 'events':
      return ask(run.client.events(eventsRequest(query, run)), (answer, context) => [
        eventsFrame(query, answer, context),
      ]);
    case 'topology':
      return ask(askTopology(query, run), ({ replication, surroundings }, context) =>
        topologyFrames(query, replication, context, surroundings)
      );
  }
}

function between({ request }: Run) {
  return { from: request.range.from.valueOf(), to: request.range.to.valueOf() };
}

function tableRequest({ table, targets, sections, groupBy, limit }: TableQuery, run: Run) {
  const hasTimes = table === 'slowlog' || table === 'commands' || table === 'keyspace';
  return {
    table,
    ...(targets && { targets }),
    ...(hasTimes && between(run)),
    ...(table === 'info' && sections && sections.length > 0 && { sections }),
    ...(table === 'clients' && groupBy && { groupBy }),
    ...(limit && { limit }),
  };
}

function slowLogRequest({ targets, limit }: LogsQuery, run: Run) {
  return { table: 'slowlog' as const, ...between(run), ...(targets && { targets }), ...(limit && { limit }) };
}

function eventsRequest(query: EventsQuery | LogsQuery, run: Run) {
  const { kinds, severities } = query.queryType === 'events' ? query : {};
  return {
    ...between(run),
    ...(query.targets && { targets: query.targets }),
    ...(kinds && kinds.length > 0 && { kinds }),
    ...(severities && severities.length > 0 && { severities }),
    ...(query.limit && { limit: query.limit }),
  };
}
