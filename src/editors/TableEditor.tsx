import { EditorRow } from '@grafana/plugin-ui';
import type { ComboboxOption } from '@grafana/ui';

import type { ClientGrouping, TableName } from '../../server/api/contract';
import type { TableQuery } from '../types';
import type { EditorProps } from './editor-props';
import { chosen, Choice, Choices, OptionalChoice } from './shared/Choice';
import { CountInput } from './shared/CommittedInput';
import { variableOptions } from './shared/template-variables';
import { TargetPicker } from './shared/TargetPicker';
import { infoSections, MOST_ROWS } from './table-choices';

const TABLES: Array<ComboboxOption<TableName>> = [
  { value: 'targets', label: 'Targets', description: 'State, role, version, memory, load, lag and last error of each' },
  { value: 'info', label: 'Info', description: 'Every field of INFO, a column for each target' },
  { value: 'slowlog', label: 'Slow log', description: 'Slow commands that were kept, in the time range' },
  { value: 'clients', label: 'Clients', description: 'Connections now, or groups of them' },
  { value: 'keyspace', label: 'Keyspace', description: 'Databases: keys, expiries, hits, misses, evictions' },
  { value: 'commands', label: 'Commands', description: 'Calls, rate, latency percentiles and errors by command' },
  { value: 'replication', label: 'Replication', description: 'Masters, their replicas, lag and state of the link' },
  { value: 'cluster', label: 'Cluster', description: 'Nodes of each cluster with their slots' },
  { value: 'config', label: 'Config', description: 'Every setting, a column for each target; differences marked' },
];

const GROUPINGS: Array<ComboboxOption<ClientGrouping>> = [
  { value: 'name', label: 'Name', description: 'What clients called themselves' },
  { value: 'address', label: 'Address', description: 'Where they come from' },
  { value: 'library', label: 'Library', description: 'Which library they use' },
  { value: 'user', label: 'User', description: 'As whom they are logged in' },
  { value: 'command', label: 'Command', description: 'Their last command' },
];

/** What servers say now; the slow log's past. */
export function TableEditor({ query, catalog, onChange }: EditorProps<TableQuery>) {
  const change = (part: Partial<TableQuery>) => onChange({ ...query, ...part });
  const sections = [...infoSections(catalog.catalog), ...variableOptions()];
  return (
    <>
      <EditorRow>
        <Choice
          label="Table"
          width={24}
          tooltip={TABLES.find(({ value }) => value === query.table)?.description}
          options={TABLES}
          value={query.table}
          onChange={(table) => change({ table, groupBy: undefined, sections: undefined })}
        />
        {query.table === 'clients' && (
          <OptionalChoice
            label="Group by"
            placeholder="Every client"
            options={GROUPINGS}
            value={query.groupBy}
            onChange={(groupBy) => change({ groupBy })}
          />
        )}
        {query.table === 'info' && (
          <Choices
            label="Sections"
            placeholder="All sections"
            createCustomValue={catalog.catalog === undefined}
            loading={catalog.isLoading}
            options={sections}
            value={chosen(sections, query.sections)}
            onChange={(names) => change({ sections: names.length > 0 ? names : undefined })}
          />
        )}
        <CountInput
          label="Limit"
          tooltip="Most rows."
          placeholder="1000"
          max={MOST_ROWS}
          value={query.limit}
          onChange={(limit) => change({ limit })}
        />
      </EditorRow>
      <EditorRow>
        <TargetPicker catalog={catalog} targets={query.targets} onChange={(targets) => change({ targets })} />
      </EditorRow>
    </>
  );
}
