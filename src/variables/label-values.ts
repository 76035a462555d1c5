import { map, type Observable } from 'rxjs';
import type { TimeRange } from '@grafana/data';
import type { MetricQuery, QueryAnswer, TargetSelector } from '../../server/api/contract';
import type { CollectorClient } from '../client/collector-client';
import { CollectorError } from '../client/collector-error';

/** Of these fields, the values that a label has within the time that is shown. */
export function labelValues(
  { label, fields, targets }: LabelQuestion,
  client: Pick<CollectorClient, 'query'>,
  range: TimeRange | undefined
): Observable<string[]> {
  const to = range?.to.valueOf() ?? Date.now();
  const from = range?.from.valueOf() ?? to - 3_600_000;
  const queries = fields.map(({ section, field }, at): MetricQuery => {
    return {
      refId: `${at}`,
      section,
      fields: [field],
      instant: true,
      aggregate: { op: 'max', by: [label] },
      ...(targets && { targets }),
    };
  });
  // One bucket as long as the range: also what is not there any more has a value in it.
  return client
    .query({ from, to, step: Math.max(to - from, 60_000), queries })
    .pipe(map((answer) => valuesOf(answer, label)));
}

export interface LabelQuestion {
  readonly label: string;
  readonly fields: ReadonlyArray<{ readonly section: string; readonly field: string }>;
  readonly targets?: TargetSelector;
}

/** Fails only where every field failed. */
function valuesOf({ results }: QueryAnswer, label: string): string[] {
  const answers = Object.values(results);
  const good = answers.filter((answer) => answer.status === 'success');
  const [bad] = answers.filter((answer) => answer.status === 'error');
  if (good.length === 0 && bad !== undefined) {
    throw new CollectorError('collector', bad.error, undefined, bad.errorType);
  }
  const values = good.flatMap(({ series }) => series.map(({ labels }) => labels[label] ?? ''));
  return naturally(values.filter((value) => value !== ''));
}

/** Each once; `db2` before `db10`. */
export function naturally(values: readonly string[]): string[] {
  return [...new Set(values)].sort(new Intl.Collator('en', { numeric: true }).compare);
}
