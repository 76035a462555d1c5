import { useMemo } from 'react';

import type { QueryEditorProps } from '@grafana/data';

import type { VitalsDataSource } from '../datasource';
import { migrateQuery } from '../migrations';
import type { VitalsOptions, VitalsQuery } from '../types';
import { changeType } from './change-type';
import { EventsEditor } from './EventsEditor';
import { QueryTextForm } from './QueryTextForm';
import { saveAndRun } from './save-and-run';
import { CatalogProblem } from './shared/CatalogProblem';
import { Rows } from './shared/Rows';
import { useCatalog } from './shared/useCatalog';

type Props = QueryEditorProps<VitalsDataSource, VitalsQuery, VitalsOptions>;

/** Which events are drawn over the graphs of a dashboard. */
export function AnnotationQueryEditor({ datasource, query: saved, onChange, onRunQuery }: Props) {
  const catalog = useCatalog(datasource);
  const query = useMemo(() => {
    const migrated = migrateQuery(saved);
    return migrated.queryType === 'events' ? migrated : changeType(migrated, 'events');
  }, [saved]);
  const change = saveAndRun({ onChange, onRunQuery });
  return query.queryType === 'events' ? (
    <Rows>
      <CatalogProblem state={catalog} />
      <EventsEditor datasource={datasource} query={query} catalog={catalog} onChange={change} />
      <QueryTextForm query={query} />
    </Rows>
  ) : null;
}
