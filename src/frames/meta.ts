import type { QueryResultMeta } from '@grafana/data';
import type { Notice } from '../../server/api/contract';
import { queryText } from '../query-text';
import type { VitalsQuery } from '../types';

/** What every frame says of itself: the query as text, for the inspector, and what there is to know of its answer. */
export function metaOf(query: VitalsQuery, notices: readonly Notice[], more: QueryResultMeta = {}): QueryResultMeta {
  return { executedQueryString: queryText(query), notices: notices.map((notice) => ({ ...notice })), ...more };
}
