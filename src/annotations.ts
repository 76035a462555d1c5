import type { AnnotationSupport } from '@grafana/data';
import { ANNOTATION_KINDS } from './annotation-kinds';
import { AnnotationQueryEditor } from './editors/AnnotationQueryEditor';
import { migrateQuery } from './migrations';
import { type EventsQuery, QUERY_VERSION, type VitalsQuery } from './types';

/** Events on graphs: the frame has the fields by the names Grafana looks for, so its own processing serves. */
export const annotationSupport: AnnotationSupport<VitalsQuery> = {
  QueryEditor: AnnotationQueryEditor,
  getDefaultQuery: (): Partial<EventsQuery> => ({
    version: QUERY_VERSION,
    queryType: 'events',
    kinds: ANNOTATION_KINDS,
  }),
  prepareQuery: ({ target }) => (target === undefined ? undefined : migrateQuery(target)),
};
