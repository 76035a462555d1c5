import type { QueryEditorProps } from '@grafana/data';
import { EditorRow } from '@grafana/plugin-ui';
import { Text } from '@grafana/ui';

import type { VitalsDataSource } from '../datasource';
import { saveAndRun } from '../editors/save-and-run';
import { CatalogProblem } from '../editors/shared/CatalogProblem';
import { Choice } from '../editors/shared/Choice';
import { Rows } from '../editors/shared/Rows';
import { TargetPicker } from '../editors/shared/TargetPicker';
import { useCatalog } from '../editors/shared/useCatalog';
import { describeVariable, VARIABLE_KINDS } from '../editors/variable-kinds';
import { VariableDetails } from '../editors/VariableDetails';
import { QUERY_VERSION, type VariableQuery, type VitalsOptions, type VitalsQuery } from '../types';

type Props = QueryEditorProps<VitalsDataSource, VitalsQuery, VitalsOptions, VariableQuery>;

/** What a variable lists, and of which targets: other variables there make a chain. */
export function VariableQueryEditor({ datasource, query: saved, onChange, onRunQuery }: Props) {
  const catalog = useCatalog(datasource);
  const query = complete(saved);
  const save = saveAndRun({ onChange, onRunQuery });
  const change = (part: Partial<VariableQuery>) => save({ ...query, ...part });
  return (
    <Rows>
      <CatalogProblem state={catalog} />
      <EditorRow>
        <Choice
          label="Lists"
          tooltip={VARIABLE_KINDS.find(({ value }) => value === query.kind)?.description}
          width={24}
          options={VARIABLE_KINDS}
          value={query.kind}
          onChange={(kind) => change({ kind, section: undefined, field: undefined, label: undefined })}
        />
        <VariableDetails query={query} catalog={catalog} onChange={change} />
      </EditorRow>
      <EditorRow>
        <TargetPicker catalog={catalog} targets={query.targets} onChange={(targets) => change({ targets })} />
      </EditorRow>
      <EditorRow>
        <Text variant="bodySmall" color="secondary">
          {describeVariable(query)}
        </Text>
      </EditorRow>
    </Rows>
  );
}

/** A new variable has nothing yet. */
function complete(saved: Partial<VariableQuery> | undefined): VariableQuery {
  return { refId: 'variable', version: QUERY_VERSION, kind: 'targets', ...saved };
}
