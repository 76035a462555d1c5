import { useMemo } from 'react';

import type { QueryEditorProps } from '@grafana/data';

import type { VitalsDataSource } from '../datasource';
import { migrateQuery } from '../migrations';
import type { VitalsOptions, VitalsQuery } from '../types';
import type { EditorProps } from './editor-props';
import { EventsEditor } from './EventsEditor';
import { LogsEditor } from './LogsEditor';
import { MetricsEditor } from './MetricsEditor';
import { QueryHeader } from './QueryHeader';
import { QueryTextForm } from './QueryTextForm';
import { saveAndRun } from './save-and-run';
import { CatalogProblem } from './shared/CatalogProblem';
import { Rows } from './shared/Rows';
import { useCatalog } from './shared/useCatalog';
import { TableEditor } from './TableEditor';
import { TopologyEditor } from './TopologyEditor';

type Props = QueryEditorProps<VitalsDataSource, VitalsQuery, VitalsOptions>;

/** The header, the editor of the query's type, and the query as text. */
export function QueryEditor({ datasource, query: saved, onChange, onRunQuery }: Props) {
  const catalog = useCatalog(datasource);
  const query = useMemo(() => migrateQuery(saved), [saved]);
  const change = saveAndRun({ onChange, onRunQuery });
  return (
    <Rows>
      <QueryHeader query={query} onChange={change} />
      <CatalogProblem state={catalog} />
      <TypeEditor datasource={datasource} query={query} catalog={catalog} onChange={change} />
      <QueryTextForm query={query} />
    </Rows>
  );
}

function TypeEditor({ query, ...rest }: EditorProps) {
  switch (query.queryType) {
    case 'metrics':
      return <MetricsEditor {...rest} query={query} />;
    case 'table':
      return <TableEditor {...rest} query={query} />;
    case 'logs':
      return <LogsEditor {...rest} query={query} />;
    case 'events':
      return <EventsEditor {...rest} query={query} />;
    case 'topology':
      return <TopologyEditor {...rest} query={query} />;
  }
}
