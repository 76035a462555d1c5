import { map, type Observable, of } from 'rxjs';
import type { TimeRange } from '@grafana/data';
import type { MetricQuery, QueryAnswer, SeriesAnswer, TargetSelector } from '../../server/api/contract';
import type { CollectorClient } from '../client/collector-client';
import { CollectorError } from '../client/collector-error';
import { naturally } from '../natural-order';

/** The values that a label has within the time that is shown, of those fields that have it; else of the last hour. */
export function labelValues(
  { label, fields, targets }: LabelQuestion,
  client: Pick<CollectorClient, 'query'>,
  range: TimeRange | undefined
): Observable<string[]> {
  const to = range?.to.valueOf() ?? Date.now();
  const from = range?.from.valueOf() ?? to - 3_600_000;
  const having = fields.filter(({ labels }) => labels.includes(label));
  if (having.length === 0) {
    return of([]);
  }
  const queries = having.map(({ section, field }, at): MetricQuery => {
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

export interface LabelledField {
  readonly section: string;
  readonly field: string;
  readonly labels: readonly string[];
}

export interface LabelQuestion {
  readonly label: string;
  readonly fields: readonly LabelledField[];
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
  const series = good.flatMap((answer) => answer.series).filter((one) => label !== DATABASE || hasKeys(one));
  const values = series.map(({ labels }) => labels[label] ?? '');
  return naturally(values.filter((value) => value !== ''));
}

/** Of its databases a server also tells that they are empty. */
const DATABASE = 'db';

function hasKeys({ values }: SeriesAnswer): boolean {
  return values.some((value) => value !== null && value > 0);
}
