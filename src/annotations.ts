import type { AnnotationSupport } from '@grafana/data';
import type { EventKind } from '../server/api/contract';
import { AnnotationQueryEditor } from './editors/AnnotationQueryEditor';
import { migrateQuery } from './migrations';
import { type EventsQuery, QUERY_VERSION, type VitalsQuery } from './types';

/** What explains a graph at a glance; the rest can be chosen. */
const KINDS: EventKind[] = [
  'restart',
  'failover',
  'role_changed',
  'link_lost',
  'link_restored',
  'target_down',
  'target_up',
  'save_failed',
  'aof_failed',
];

/** Events on graphs: the frame has the fields by the names Grafana looks for, so its own processing serves. */
export const annotationSupport: AnnotationSupport<VitalsQuery> = {
  QueryEditor: AnnotationQueryEditor,
  getDefaultQuery: (): Partial<EventsQuery> => ({ version: QUERY_VERSION, queryType: 'events', kinds: KINDS }),
  prepareQuery: ({ target }) => (target === undefined ? undefined : migrateQuery(target)),
};
