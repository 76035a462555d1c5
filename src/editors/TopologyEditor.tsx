import { EditorRow } from '@grafana/plugin-ui';
import { Text } from '@grafana/ui';

import type { TopologyQuery } from '../types';
import type { EditorProps } from './editor-props';
import { TargetPicker } from './shared/TargetPicker';

/** Who replicates from whom, for the node graph panel. */
export function TopologyEditor({ query, catalog, onChange }: EditorProps<TopologyQuery>) {
  return (
    <EditorRow>
      <TargetPicker catalog={catalog} targets={query.targets} onChange={(targets) => onChange({ ...query, targets })} />
      <Text variant="bodySmall" color="secondary">
        Masters, replicas and sentinels with the lag between them, as they are now. Choose the node graph visualization.
      </Text>
    </EditorRow>
  );
}
