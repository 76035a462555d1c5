import { type DataFrame, type MetricFindValue, type TimeRange } from '@grafana/data';
import { Text } from '@grafana/ui';
import { useEffect, useState, type ComponentType } from 'react';
import { from, isObservable, type Observable } from 'rxjs';
import type { VitalsDataSource } from '../../src/datasource';
import type { VariableQuery } from '../../src/types';
import { e2e } from './e2e-window';
import { rangeFrom, type PageProps } from './page-state';
import { templateSrv } from './services';

interface EditorProps {
  readonly datasource: VitalsDataSource;
  readonly query: VariableQuery;
  readonly range: TimeRange;
  readonly onChange: (query: VariableQuery) => void;
  readonly onRunQuery: () => void;
}

type Editor = ComponentType<EditorProps>;
type Answer = { data: readonly (MetricFindValue | DataFrame)[] };

/** Dashboard settings > Variables: the editor and its preview of values. */
export function VariablePage({ dataSource, state }: PageProps) {
  templateSrv.variables = state.variables ?? [];
  const support = dataSource.variables as unknown as {
    editor: Editor;
    query: (request: unknown) => Observable<Answer> | Promise<Answer>;
    getDefaultQuery?: () => Partial<VariableQuery>;
  };
  const [query, setQuery] = useState<VariableQuery>(
    () => state.variableQuery ?? ({ refId: 'variable', ...support.getDefaultQuery?.() } as VariableQuery)
  );
  const [values, setValues] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState('');
  const [range] = useState(() => rangeFrom('now-5m'));
  useEffect(() => {
    const answer = support.query.call(support, {
      targets: [structuredClone(query)],
      range,
      scopedVars: {},
      requestId: 'variable',
    });
    const subscription = (isObservable(answer) ? answer : from(answer)).subscribe({
      next: ({ data }) => (setValues(data.flatMap(textsOf)), setProblem('')),
      error: (error: unknown) => setProblem((error as Error).message),
    });
    return () => subscription.unsubscribe();
  }, [query, range, support]);
  e2e.queries[1] = [query];
  const { editor: VariableQueryEditor } = support;
  return (
    <main>
      <VariableQueryEditor
        {...{ datasource: dataSource, query, range }}
        onChange={(next) => setQuery(next)}
        onRunQuery={() => undefined}
      />
      <Text element="h2" variant="h5">
        Preview of values
      </Text>
      {problem && <p role="alert">{problem}</p>}
      <ul aria-label="Preview of values">
        {values.map((value) => (
          <li key={value}>{value}</li>
        ))}
      </ul>
    </main>
  );
}

function textsOf(item: MetricFindValue | DataFrame): string[] {
  if ('text' in item) return [item.text];
  const field = item.fields.find(({ name }) => name === 'text') ?? item.fields[0];
  return (field?.values ?? []).map(String);
}
