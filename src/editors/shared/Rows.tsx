import type { ReactNode } from 'react';

import { Stack } from '@grafana/ui';

/** Rows of an editor, no wider than the pane; `EditorRows` of plugin-ui are as wide as the widest control would like. */
export function Rows({ children }: { children: ReactNode }) {
  return (
    <Stack direction="column" gap={0.5}>
      {children}
    </Stack>
  );
}
