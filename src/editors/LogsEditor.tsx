import { EditorField, EditorRow } from '@grafana/plugin-ui';
import { RadioButtonGroup } from '@grafana/ui';

import type { LogsQuery } from '../types';
import type { EditorProps } from './editor-props';
import { CountInput } from './shared/CommittedInput';
import { TargetPicker } from './shared/TargetPicker';
import { MOST_ROWS } from './table-choices';

const SOURCES: Array<{ value: LogsQuery['source']; label: string; description: string }> = [
  { value: 'slowlog', label: 'Slow log', description: 'Slow commands, with how long they took and who sent them' },
  { value: 'events', label: 'Events', description: 'Restarts, failovers, lost links, failed saves...' },
];

/** The slow log or events as log lines. */
export function LogsEditor({ query, catalog, onChange }: EditorProps<LogsQuery>) {
  return (
    <>
      <EditorRow>
        <EditorField label="Lines of">
          <RadioButtonGroup
            aria-label="Lines of"
            options={SOURCES}
            value={query.source}
            onChange={(source) => onChange({ ...query, source })}
          />
        </EditorField>
        <CountInput
          label="Limit"
          tooltip="Most lines; the newest are kept."
          placeholder="1000"
          max={MOST_ROWS}
          value={query.limit}
          onChange={(limit) => onChange({ ...query, limit })}
        />
      </EditorRow>
      <EditorRow>
        <TargetPicker
          catalog={catalog}
          targets={query.targets}
          onChange={(targets) => onChange({ ...query, targets })}
        />
      </EditorRow>
    </>
  );
}
