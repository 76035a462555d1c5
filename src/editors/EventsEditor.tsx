import { EditorRow } from '@grafana/plugin-ui';

import type { EventsQuery } from '../types';
import type { EditorProps } from './editor-props';
import { EVENT_KIND_OPTIONS, SEVERITY_OPTIONS } from './event-choices';
import { chosen, Choices } from './shared/Choice';
import { CountInput } from './shared/CommittedInput';
import { TargetPicker } from './shared/TargetPicker';
import { MOST_ROWS } from './table-choices';

/** Enough for those that annotations begin with. */
const ROOM_FOR_KINDS = 160;

/** What was seen to happen between polls: of which kinds, how severe, where. */
export function EventsEditor({ query, catalog, onChange }: EditorProps<EventsQuery>) {
  const change = (part: Partial<EventsQuery>) => onChange({ ...query, ...part });
  return (
    <>
      <EditorRow>
        <Choices
          label="Kinds"
          placeholder="All kinds"
          minWidth={32}
          maxWidth={ROOM_FOR_KINDS}
          options={EVENT_KIND_OPTIONS}
          value={chosen(EVENT_KIND_OPTIONS, query.kinds)}
          onChange={(kinds) => change({ kinds: kinds.length > 0 ? kinds : undefined })}
        />
        <Choices
          label="Severities"
          placeholder="All severities"
          options={SEVERITY_OPTIONS}
          value={chosen(SEVERITY_OPTIONS, query.severities)}
          onChange={(severities) => change({ severities: severities.length > 0 ? severities : undefined })}
        />
        <CountInput
          label="Limit"
          tooltip="Most events; the newest are kept."
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
