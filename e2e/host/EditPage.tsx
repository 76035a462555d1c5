import {
  CoreApp,
  type AdHocVariableFilter,
  type DataSourceApi,
  type MetricFindValue,
  type PanelData,
  type QueryEditorProps,
} from '@grafana/data';
import { Box, Button, Combobox, InlineField, MultiCombobox, Stack } from '@grafana/ui';
import { useEffect, useState, type ComponentType } from 'react';
import type { VitalsDataSource } from '../../src/datasource';
import type { VitalsOptions, VitalsQuery } from '../../src/types';
import { e2e } from './e2e-window';
import { rangeFrom, type PageProps } from './page-state';
import { Panel } from './Panel';
import { templateSrv } from './services';
import { ALL, type HostVariable } from './template-srv';

/** As Grafana sees it. */
type VitalsApi = DataSourceApi<VitalsQuery, VitalsOptions>;
type Editor = ComponentType<QueryEditorProps<VitalsDataSource, VitalsQuery, VitalsOptions>>;

/** Edit panel: time range, variables and ad-hoc filter above, the panel, its queries below. */
export function EditPage({ dataSource, state }: PageProps) {
  const [range, setRange] = useState(() => rangeFrom(state.from ?? 'now-1m'));
  const [variables, setVariables] = useState(state.variables ?? []);
  const [filters, setFilters] = useState<AdHocVariableFilter[]>([...(state.filters ?? [])]);
  const [queries, setQueries] = useState<readonly VitalsQuery[]>(() => state.queries ?? [newQuery(dataSource, 'A')]);
  const [run, setRun] = useState(1);
  const [data, setData] = useState<PanelData>();
  templateSrv.variables = variables;
  e2e.queries[1] = queries;
  const again = () => setRun((count) => count + 1);
  const QueryEditor = dataSource.components?.QueryEditor as unknown as Editor;
  return (
    <main>
      <Stack gap={1} wrap="wrap">
        <Combobox
          aria-label="Time range"
          width={16}
          options={['now-1m', 'now-5m', 'now-1h'].map((value) => ({ value }))}
          value={String(range.raw.from)}
          onChange={({ value }) => setRange(rangeFrom(value))}
        />
        {variables.map((variable) => (
          <VariablePicker
            key={variable.name}
            variable={variable}
            onChange={(value) => {
              setVariables(variables.map((one) => (one === variable ? { ...one, value } : one)));
              again();
            }}
          />
        ))}
        <AdHocFilter dataSource={dataSource} onChange={(filter) => (setFilters([filter]), again())} />
        <Button variant="secondary" onClick={() => setRange(rangeFrom(String(range.raw.from)))}>
          Refresh
        </Button>
      </Stack>
      <Panel {...{ id: 1, title: 'Panel', dataSource, queries, range, filters, run }} onData={setData} />
      {queries.map((query, index) => (
        <Box
          key={query.refId}
          backgroundColor="secondary"
          padding={1}
          marginTop={1}
          data-testid={`query-${query.refId}`}
        >
          <QueryEditor
            {...{ query, queries: [...queries], datasource: dataSource, range, data, app: CoreApp.PanelEditor }}
            onChange={(next) => setQueries((before) => before.map((one, at) => (at === index ? next : one)))}
            onRunQuery={again}
            onAddQuery={(next) => setQueries((before) => [...before, next])}
          />
        </Box>
      ))}
      <Button
        variant="secondary"
        icon="plus"
        onClick={() => setQueries([...queries, newQuery(dataSource, nextRefId(queries))])}
      >
        Add query
      </Button>
    </main>
  );
}

export function newQuery(dataSource: VitalsDataSource, refId: string): VitalsQuery {
  return { ...(dataSource as VitalsApi).getDefaultQuery?.(CoreApp.PanelEditor), refId } as VitalsQuery;
}

function nextRefId(queries: readonly VitalsQuery[]): string {
  return String.fromCharCode(65 + queries.length);
}

function VariablePicker({ variable, onChange }: { variable: HostVariable; onChange: (value: string[]) => void }) {
  const options = [
    ...(variable.multi ? [{ value: ALL, label: 'All' }] : []),
    ...variable.options.map((value) => ({ value })),
  ];
  if (!variable.multi) {
    return (
      <Combobox
        aria-label={variable.name}
        width={20}
        options={options}
        value={variable.value[0] ?? null}
        onChange={({ value }) => onChange([value])}
      />
    );
  }
  return (
    <InlineField label={variable.name} htmlFor={`variable-${variable.name}`}>
      <MultiCombobox
        id={`variable-${variable.name}`}
        width={40}
        options={options}
        value={[...variable.value]}
        onChange={(chosen) => onChange(chosen.map(({ value }) => value))}
      />
    </InlineField>
  );
}

/** The dashboard's filter variable: keys and values are the data source's to list. */
function AdHocFilter({
  dataSource,
  onChange,
}: {
  dataSource: VitalsDataSource;
  onChange: (filter: AdHocVariableFilter) => void;
}) {
  const [keys, setKeys] = useState<MetricFindValue[]>([]);
  const [key, setKey] = useState<string>();
  const [values, setValues] = useState<MetricFindValue[]>([]);
  useEffect(() => void ask((dataSource as VitalsApi).getTagKeys?.({ filters: [] })).then(setKeys), [dataSource]);
  useEffect(() => {
    if (key !== undefined) void ask(dataSource.getTagValues?.({ key, filters: [] })).then(setValues);
  }, [dataSource, key]);
  return (
    <>
      <Combobox
        aria-label="Filter label"
        placeholder="Filter by label"
        width={20}
        options={keys.map(toOption)}
        value={key ?? null}
        onChange={({ value }) => setKey(value)}
      />
      <Combobox
        aria-label="Filter value"
        placeholder="Value"
        width={16}
        options={values.map(toOption)}
        value={null}
        onChange={({ value }) => key !== undefined && onChange({ key, operator: '=', value })}
      />
    </>
  );
}

/** Nothing to choose where the data source cannot say. */
async function ask(answer: unknown): Promise<MetricFindValue[]> {
  const given = (await Promise.resolve(answer).catch(() => undefined)) as
    MetricFindValue[] | { data: MetricFindValue[] } | undefined;
  return given === undefined ? [] : Array.isArray(given) ? given : given.data;
}

function toOption({ text, value }: MetricFindValue) {
  return { value: String(value ?? text), label: text };
}
