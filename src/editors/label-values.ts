import { firstValueFrom } from 'rxjs';

import type { CatalogAnswer } from '../../server/api/contract';
import type { VitalsDataSource } from '../datasource';
import { labelValues } from '../variables/label-values';
import type { FieldChoice } from './shared/fields';
import { targetLabelNames, targetLabelValues } from './shared/target-labels';

/** Values to filter a label by: those of targets are in the catalogue, those of fields are asked for. */
export async function filterValues(
  { client }: Pick<VitalsDataSource, 'client'>,
  catalog: CatalogAnswer | undefined,
  fields: readonly FieldChoice[],
  label: string
): Promise<string[]> {
  if (targetLabelNames(catalog).includes(label)) {
    return targetLabelValues(catalog, label);
  }
  const having = fields.filter(({ field }) => field.labels.includes(label));
  return having.length === 0
    ? []
    : await firstValueFrom(
        labelValues(
          { label, fields: having.map(({ section, field }) => ({ section, field: field.field })) },
          client,
          undefined
        )
      );
}
