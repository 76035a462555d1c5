import type { QueryEditorHelpProps } from '@grafana/data';
import { useState, type ComponentType } from 'react';
import type { VitalsQuery } from '../../src/types';
import { e2e } from './e2e-window';
import { rangeFrom, type PageProps } from './page-state';
import { Panel } from './Panel';

/** The query help; an example that is clicked runs in the panel. */
export function HelpPage({ dataSource }: PageProps) {
  const [query, setQuery] = useState<VitalsQuery>();
  const [run, setRun] = useState(1);
  const [range] = useState(() => rangeFrom('now-5m'));
  const queries = query === undefined ? [] : [query];
  e2e.queries[1] = queries;
  const Help = dataSource.components?.QueryEditorHelp as unknown as ComponentType<QueryEditorHelpProps<VitalsQuery>>;
  return (
    <main>
      <Help
        {...({ datasource: dataSource } as unknown as Pick<QueryEditorHelpProps<VitalsQuery>, 'datasource'>)}
        query={{ refId: 'A' } as VitalsQuery}
        onClickExample={(example) => {
          setQuery({ ...example, refId: 'A' });
          setRun((count) => count + 1);
        }}
      />
      <Panel {...{ id: 1, title: 'Panel', dataSource, queries, range, run }} />
    </main>
  );
}
