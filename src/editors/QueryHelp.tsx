import type { QueryEditorHelpProps } from '@grafana/data';
import { Card, Grid, Stack, Text } from '@grafana/ui';

import { queryText } from '../query-text';
import type { VitalsQuery } from '../types';
import { exampleQuery, EXAMPLES } from './examples';

/** Examples that a click puts into the query. */
export function QueryHelp({ query, onClickExample }: QueryEditorHelpProps<VitalsQuery>) {
  return (
    <Stack direction="column" gap={1}>
      <Text element="h2" variant="h4">
        Questions Redis Vitals answers
      </Text>
      <Text color="secondary">Choose one and change it from there.</Text>
      <Grid minColumnWidth={34} gap={1}>
        {EXAMPLES.map((example) => {
          const shown = exampleQuery(example, query?.refId ?? 'A');
          return (
            <Card key={example.title} noMargin isCompact onClick={() => onClickExample(shown)}>
              <Card.Heading>{example.title}</Card.Heading>
              <Card.Description>{example.text}</Card.Description>
              <Card.Meta>{queryText(shown)}</Card.Meta>
            </Card>
          );
        })}
      </Grid>
    </Stack>
  );
}
