import { useId, useRef } from 'react';

import { EditorField, EditorRow } from '@grafana/plugin-ui';
import { RadioButtonGroup, Switch } from '@grafana/ui';

import type { MetricsQuery, QueryType, VitalsQuery } from '../types';
import { changeType } from './change-type';

const TYPES: Array<{ value: QueryType; label: string; description: string }> = [
  { value: 'metrics', label: 'Metrics', description: 'Fields of INFO and what is calculated from them, over time' },
  { value: 'table', label: 'Table', description: 'What servers say now: clients, commands, settings...' },
  { value: 'logs', label: 'Logs', description: 'The slow log, or events, as log lines' },
  { value: 'events', label: 'Events', description: 'Restarts, failovers, lost links, failed saves...' },
  { value: 'topology', label: 'Topology', description: 'Masters, replicas and sentinels as a node graph' },
];

interface Props {
  query: VitalsQuery;
  onChange: (query: VitalsQuery) => void;
}

/** What kind of answer is wanted. */
export function QueryHeader({ query, onChange }: Props) {
  // Going back to a type finds it as it was left.
  const left = useRef(new Map<QueryType, VitalsQuery>());
  const choose = (type: QueryType) => {
    left.current.set(query.queryType, query);
    const before = left.current.get(type);
    onChange(before ? { ...before, ...commonOf(query) } : changeType(query, type));
  };
  return (
    <EditorRow>
      <EditorField label="Query type">
        <RadioButtonGroup aria-label="Query type" options={TYPES} value={query.queryType} onChange={choose} />
      </EditorField>
      {query.queryType === 'metrics' && <MetricsSwitches query={query} onChange={onChange} />}
    </EditorRow>
  );
}

function commonOf({ refId, hide, datasource, targets }: VitalsQuery) {
  return { refId, hide, datasource, targets };
}

const SHAPES = [
  { value: false, label: 'Range', description: 'A line over the time range' },
  { value: true, label: 'Instant', description: 'One value, as of the end of the time range' },
];

function MetricsSwitches({ query, onChange }: { query: MetricsQuery; onChange: (query: MetricsQuery) => void }) {
  const liveId = useId();
  return (
    <>
      <EditorField label="Values">
        <RadioButtonGroup
          aria-label="Values"
          options={SHAPES}
          value={query.instant === true}
          onChange={(instant) => onChange({ ...query, instant: instant || undefined })}
        />
      </EditorField>
      <EditorField label="Live" htmlFor={liveId} tooltip="History first, then every poll as it lands.">
        <Switch
          id={liveId}
          value={query.live === true}
          onChange={(event) => onChange({ ...query, live: event.currentTarget.checked || undefined })}
        />
      </EditorField>
    </>
  );
}
