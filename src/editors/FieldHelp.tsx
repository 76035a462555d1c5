import { Stack, Text } from '@grafana/ui';

import { type FieldChoice, unitWords } from './shared/fields';

const MOST = 4;

/** What the chosen fields mean. */
export function FieldHelp({ fields }: { fields: readonly FieldChoice[] }) {
  if (fields.length === 0) {
    return null;
  }
  return (
    <Stack direction="column" gap={0} width="100%">
      {fields.slice(0, MOST).map(({ section, field }) => (
        <Text key={`${section} ${field.field}`} variant="bodySmall" color="secondary">
          {`${field.title}: ${field.help} (${[field.source, unitWords(field)].filter(Boolean).join('; ')})`}
        </Text>
      ))}
      {fields.length > MOST && <Text variant="bodySmall" color="secondary">{`and ${fields.length - MOST} more`}</Text>}
    </Stack>
  );
}
