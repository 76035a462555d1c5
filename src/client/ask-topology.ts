import { catchError, forkJoin, map, type Observable, of } from 'rxjs';
import type { QuerySuccess, TableAnswer } from '../../server/api/contract';
import type { TopologySurroundings } from '../frames';
import type { TopologyQuery } from '../types';
import type { Run } from './run';

/** Which masters a sentinel watches: a label says it, so it is no table. */
const WATCHED = 'redis_sentinel_master_status';
const REF_ID = 'sentinels';

export interface Topology {
  readonly replication: TableAnswer;
  readonly surroundings: TopologySurroundings;
}

/** Replication, and what is around it; only the first has to be had. */
export function askTopology({ targets }: TopologyQuery, { client, request }: Run): Observable<Topology> {
  const chosen = targets && { targets };
  const query = { refId: REF_ID, fields: [WATCHED], instant: true, ...chosen };
  const to = request.range.to.valueOf();
  return forkJoin({
    replication: client.table({ table: 'replication', ...chosen }),
    targets: orNothing(client.table({ table: 'targets', ...chosen })),
    sentinels: orNothing(client.query({ from: to - 300_000, to, queries: [query] })),
  }).pipe(
    map(({ replication, targets: states, sentinels }) => {
      const watched = sentinels?.results[REF_ID];
      return { replication, surroundings: { ...(states && { targets: states }), ...success(watched) } };
    })
  );
}

function success(answer: { readonly status: string } | QuerySuccess | undefined): TopologySurroundings {
  return answer !== undefined && 'series' in answer ? { sentinels: answer } : {};
}

function orNothing<Answer>(answer: Observable<Answer>): Observable<Answer | undefined> {
  return answer.pipe(catchError(() => of(undefined)));
}
