import { EditorRow } from '@grafana/plugin-ui';
import { ClipboardButton, Stack, Text } from '@grafana/ui';

import { queryText } from '../query-text';
import type { VitalsQuery } from '../types';

/** The query in words, to read and to pass on. */
export function QueryTextForm({ query }: { query: VitalsQuery }) {
  const text = queryText(query);
  return (
    <EditorRow>
      <Stack alignItems="center" gap={1} role="group" aria-label="Query as text">
        <ClipboardButton
          size="sm"
          variant="secondary"
          fill="text"
          icon="copy"
          aria-label="Copy the query as text"
          getText={() => text}
        />
        <Text variant="code" color="secondary">
          {text}
        </Text>
      </Stack>
    </EditorRow>
  );
}
