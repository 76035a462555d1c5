import { z } from 'zod';
import type {
  Aggregate,
  EventsRequest,
  LabelMatcher,
  MetricQuery,
  QueryRequest,
  StreamRequest,
  TableRequest,
  TargetSelector,
} from './contract';
import { EVENT_KINDS } from './contract';
import { LIMITS } from './limits';
import { patternSize } from './pattern-size';
import { of } from './schema-of';

const text = z.string().min(1).max(LIMITS.textLength);
const texts = z.array(text).max(LIMITS.names);
const time = z.union([z.number(), text]).describe('Unix milliseconds, ISO 8601, `now` or `now-6h`.');

export const matcherSchema = of<LabelMatcher>()(
  z
    .strictObject({
      label: text,
      op: z
        .enum(['=', '!=', '=~', '!~'])
        .describe('`=~` and `!~` take an RE2 pattern that must match the whole value.'),
      value: z.string().max(LIMITS.patternLength).describe('The empty text is that of a label which is not there.'),
    })
    .readonly()
);

const matchers = z
  .array(matcherSchema)
  .max(LIMITS.matchers)
  .refine((list) => patternsSize(list) <= LIMITS.patternsSize, {
    error: `the patterns may have ${LIMITS.patternsSize} characters in all with their repetitions written out: shorten them, or repeat less`,
  })
  .readonly();

function patternsSize(list: readonly LabelMatcher[]): number {
  return list.filter(({ op }) => op.endsWith('~')).reduce((sum, { value }) => sum + patternSize(value), 0);
}

export const selectorSchema = of<TargetSelector>()(
  z
    .strictObject({
      names: texts.readonly().describe('As configured; also of targets that have only a past.').exactOptional(),
      labels: matchers.describe('Labels of the configuration, and `instance`, which is the name.').exactOptional(),
      roles: texts.readonly().describe('`master`, `slave` or `sentinel`.').exactOptional(),
    })
    .readonly()
    .describe('Which targets; what is given must all hold. Absent or empty: all.')
);

export const aggregateSchema = of<Aggregate>()(
  z
    .strictObject({
      op: z.enum(['sum', 'avg', 'min', 'max', 'quantile']),
      by: texts.readonly().describe('Labels that stay; `instance` is the target. None: one series.').exactOptional(),
      quantile: z.number().min(0).max(1).describe('Of the operator `quantile`, and only of it.').exactOptional(),
    })
    .readonly()
    .describe('Makes one series of several, field by field.')
    .refine(({ op, quantile }) => (op === 'quantile') === (quantile !== undefined), {
      error: '`quantile` goes with the operator `quantile`, and only with it',
    })
);

export const metricQuerySchema = of<MetricQuery>()(
  z
    .strictObject({
      refId: text.describe('Names the answer; unique within the request.'),
      section: text.describe("INFO's section, a command (`SLOWLOG LEN`), or `Derived`. Absent: any.").exactOptional(),
      fields: z
        .array(text)
        .min(1)
        .max(LIMITS.fields)
        .readonly()
        .describe("INFO's fields, names of metrics, or derived fields: see the catalogue."),
      targets: selectorSchema.exactOptional(),
      labels: matchers.describe('Labels of the series.').exactOptional(),
      function: z
        .enum(['last', 'avg', 'min', 'max', 'rate', 'increase', 'delta'])
        .describe(
          'What makes one value of a bucket. Default: `rate` for counters, `avg` for gauges (`last` when instant).'
        )
        .exactOptional(),
      aggregate: aggregateSchema.exactOptional(),
      topK: z
        .int()
        .min(1)
        .max(LIMITS.topK)
        .describe('Keeps so many series of each field, those of the greatest mean.')
        .exactOptional(),
      instant: z.boolean().describe('One value, as of `to`, instead of one for each step.').exactOptional(),
    })
    .readonly()
);

const stream = {
  from: time,
  maxDataPoints: z
    .int()
    .min(1)
    .max(LIMITS.maxDataPoints)
    .describe('The step becomes as long as that takes. Default 1000.')
    .exactOptional(),
  step: z
    .union([z.number(), text])
    .describe('Length of a bucket: a duration (`30s`) or milliseconds; never less than the interval of polls.')
    .exactOptional(),
  queries: z.array(metricQuerySchema).min(1).max(LIMITS.queries).readonly(),
};

export const queryRequestSchema = of<QueryRequest>()(z.strictObject({ ...stream, to: time }).readonly());
export const streamRequestSchema = of<StreamRequest>()(z.strictObject(stream).readonly());

/** Of `QueryRequest` with each query still unread: a bad one must not spoil the others. */
export const queryEnvelopeSchema = z
  .strictObject({ ...stream, to: time, queries: z.array(z.unknown()).min(1).max(LIMITS.queries) })
  .readonly();

export const tableRequestSchema = of<TableRequest>()(
  z
    .strictObject({
      table: z.enum([
        'info',
        'slowlog',
        'clients',
        'keyspace',
        'commands',
        'replication',
        'cluster',
        'targets',
        'config',
      ]),
      targets: selectorSchema.exactOptional(),
      from: time
        .describe('Of `slowlog`, and of the rates of `commands` and `keyspace`; default `now-5m`.')
        .exactOptional(),
      to: time.describe('Default `now`.').exactOptional(),
      sections: texts.readonly().describe('Of `info`: only these.').exactOptional(),
      groupBy: z
        .enum(['name', 'address', 'library', 'user', 'command'])
        .describe('Of `clients`: a row for each group instead of each client.')
        .exactOptional(),
      limit: z.int().min(1).max(LIMITS.rows).describe('Rows; default 1000.').exactOptional(),
    })
    .readonly()
);

export const eventsRequestSchema = of<EventsRequest>()(
  z
    .strictObject({
      from: time,
      to: time,
      targets: selectorSchema.exactOptional(),
      kinds: z.array(z.enum(EVENT_KINDS)).readonly().exactOptional(),
      severities: z
        .array(z.enum(['info', 'warning', 'critical']))
        .readonly()
        .exactOptional(),
      limit: z.int().min(1).max(LIMITS.rows).describe('The newest are kept; default 1000.').exactOptional(),
    })
    .readonly()
);

/** What is wrong with a request, for the `error` of an answer: each problem with its path. */
export function describeProblems(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`))
    .join('; ');
}
