import type { FamilyDescriptor } from '../../server/model/family';

/** One field of all targets over some time. */
export interface RangeQuery {
  readonly function: 'avg' | 'rate';
  readonly family: FamilyDescriptor;
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

/** What a program is sent, besides its address. */
export interface Request {
  readonly path: string;
  /** JSON; absent: it is a GET. */
  readonly body?: string;
}

/** What its answer holds. */
export interface Answer {
  /** Names of the targets. */
  readonly series: ReadonlySet<string>;
  readonly points: number;
  readonly mean: number;
}

/** How a program is asked. */
export interface Dialect {
  request(query: RangeQuery): Request;
  /** Throws when it is not what an answer looks like. */
  parse(text: string): Answer;
}

/** Redis Vitals' own JSON API. Buckets have the time of their start. */
export const ours: Dialect = {
  request({ function: fn, family, fromMs, toMs, stepMs }) {
    const query = { refId: 'A', fields: [family.source.field], function: fn };
    return { path: '/api/v1/query', body: JSON.stringify({ from: fromMs, to: toMs, step: stepMs, queries: [query] }) };
  },
  parse(text) {
    const { results } = JSON.parse(text) as OurAnswer; // of another shape: it throws
    const { series, error } = results.A;
    if (series === undefined) throw new Error(error);
    return toAnswer(series.map(({ labels, values }) => [labels.instance, values.filter((value) => value !== null)]));
  },
};

interface OurAnswer {
  readonly results: {
    readonly A: {
      readonly series?: readonly {
        readonly labels: { readonly instance: string };
        readonly values: readonly (number | null)[];
      }[];
      readonly error?: string;
    };
  };
}

/** Prometheus' HTTP API, which VictoriaMetrics has, too. A value has the time of the end of its range. */
export const promQl: Dialect = {
  request({ function: fn, family, fromMs, toMs, stepMs }) {
    const range = `${family.name}[${stepMs / 1000}s]`;
    const parameters = {
      query: fn === 'avg' ? `avg_over_time(${range})` : `rate(${range})`,
      start: `${(fromMs + stepMs) / 1000}`,
      end: `${toMs / 1000}`,
      step: `${stepMs / 1000}`,
    };
    return { path: `/api/v1/query_range?${new URLSearchParams(parameters).toString()}` };
  },
  parse(text) {
    const { data } = JSON.parse(text) as PromQlAnswer; // of another shape: it throws
    return toAnswer(
      data.result.map(({ metric, values }) => [metric.instance, values.map(([, value]) => Number(value))])
    );
  },
};

interface PromQlAnswer {
  readonly data: {
    readonly result: readonly {
      readonly metric: { readonly instance: string };
      readonly values: readonly (readonly [time: number, value: string])[];
    }[];
  };
}

function toAnswer(series: readonly (readonly [instance: string, values: readonly number[]])[]): Answer {
  const values = series.flatMap(([, ofOne]) => ofOne);
  const sum = values.reduce((total, value) => total + value, 0);
  return { series: new Set(series.map(([instance]) => instance)), points: values.length, mean: sum / values.length };
}

/** Points of a series that one program may have and another not: at both ends, where a rate has no sample before. */
const POINTS_APART = 2;
/** Prometheus guesses what a rate is beyond the first and the last sample of a range. */
const MEANS_APART = { avg: 1e-6, rate: 0.05 } as const;

/** Throws unless all answers hold the same: a fast answer that is not whole is worth nothing. */
export function checkSame(
  query: RangeQuery,
  targets: readonly string[],
  answers: Readonly<Record<string, Answer>>
): void {
  const [first, expected] = Object.entries(answers)[0]!;
  const expectedNames = targets.toSorted().join(', ');
  if (expected.points === 0) throw new Error(`${first} answers with nothing`);
  for (const [name, answer] of Object.entries(answers)) {
    const names = [...answer.series].toSorted().join(', ');
    if (names !== expectedNames) throw new Error(`${name} gives the series ${names} instead of ${expectedNames}`);
    if (Math.abs(answer.points - expected.points) > POINTS_APART * targets.length) {
      throw new Error(`${name} gives ${answer.points} points, ${first} ${expected.points}`);
    }
    if (Math.abs(answer.mean - expected.mean) > MEANS_APART[query.function] * Math.abs(expected.mean)) {
      throw new Error(`the mean of ${name} values is ${answer.mean}, of ${first} ${expected.mean}`);
    }
  }
}
