import { z } from 'zod';
import type {
  CatalogAnswer,
  CatalogField,
  CatalogSection,
  CatalogTarget,
  ErrorAnswer,
  EventAnswer,
  EventsAnswer,
  HistoryStatus,
  Notice,
  QueryAnswer,
  QueryFunction,
  QuerySuccess,
  SeriesAnswer,
  StatusAnswer,
  StreamLine,
  TableAnswer,
  TableColumn,
  ValueUnit,
} from './contract';
import { EVENT_KINDS } from './contract';
import { of } from './schema-of';

// The schemas of answers: for the OpenAPI document, and for tests, which hold answers against them.

const success = z.literal('success');
const strings = z.array(z.string()).readonly();
const labels = z.record(z.string(), z.string()).readonly();
const timeMs = z.number().describe('Unix milliseconds.');
const names = strings.describe('Names of targets.');

export const noticeSchema = of<Notice>()(
  z
    .object({ severity: z.enum(['info', 'warning']), text: z.string() })
    .readonly()
    .describe('What there is to know about an answer: which last bucket is still filling, what was left out.')
);
const notices = z.array(noticeSchema).readonly();

export const errorSchema = of<ErrorAnswer>()(
  z
    .object({
      status: z.literal('error'),
      errorType: z.enum([
        'bad_data',
        'timeout',
        'canceled',
        'execution',
        'not_found',
        'unauthorized',
        'method_not_allowed',
        'too_many_requests',
        'unavailable',
        'internal',
      ]),
      error: z.string().describe('What is wrong with which input, and what to do.'),
    })
    .readonly()
);

export const unitSchema = of<ValueUnit>()(
  z.enum([
    'none',
    'bytes',
    'seconds',
    'milliseconds',
    'microseconds',
    'timestamp',
    'ratio',
    'percent',
    'hertz',
    'bytes_per_second',
    'per_second',
    'seconds_per_second',
  ])
);

const functionSchema = of<QueryFunction | 'derived'>()(
  z.enum(['last', 'avg', 'min', 'max', 'rate', 'increase', 'delta', 'derived'])
);

export const seriesSchema = of<SeriesAnswer>()(
  z
    .object({
      field: z.string().describe("INFO's field, or the name of a derived field."),
      metric: z.string().describe('Name of the metric in Prometheus text; of derived fields, the field.'),
      displayName: z.string(),
      unit: unitSchema,
      function: functionSchema,
      labels: labels.describe('`instance` is the target; of an aggregate, the labels of `by`.'),
      values: z
        .array(z.number().nullable())
        .readonly()
        .describe('One for each of `times`; null where there is nothing.'),
    })
    .readonly()
);

export const querySuccessSchema = of<QuerySuccess>()(
  z
    .object({
      status: success,
      times: z.array(timeMs).readonly().describe('Start of each bucket; of an instant query one time, that of `to`.'),
      stepMs: z.number().describe('Length of each bucket; 0 of an instant query.'),
      series: z.array(seriesSchema).readonly(),
      notices,
    })
    .readonly()
);

const results = z
  .record(z.string(), z.union([querySuccessSchema, errorSchema]))
  .readonly()
  .describe('By refId. A query that fails does not disturb the others.');

export const queryAnswerSchema = of<QueryAnswer>()(z.object({ status: success, results }).readonly());

export const catalogFieldSchema = of<CatalogField>()(
  z
    .object({
      field: z.string().describe('What to ask for. Several of one name are told apart by `metric`.'),
      metric: z.string(),
      title: z.string(),
      type: z.enum(['counter', 'gauge', 'info', 'summary', 'histogram', 'derived']),
      unit: unitSchema,
      help: z.string(),
      source: z.string().describe('Command, section and field as Redis has them; of a derived field, its formula.'),
      labels: strings.describe('Besides `instance` and the labels of targets.'),
      defaultFunction: functionSchema,
      targets: names,
    })
    .readonly()
);

export const catalogSectionSchema = of<CatalogSection>()(
  z.object({ name: z.string(), fields: z.array(catalogFieldSchema).readonly() }).readonly()
);

export const catalogTargetSchema = of<CatalogTarget>()(
  z
    .object({
      name: z.string(),
      labels,
      role: z.string().describe('`master`, `slave` or `sentinel`; empty when it has never answered.'),
      state: z.enum(['up', 'down', 'waiting', 'past']).describe('`past`: not configured any more, but with history.'),
      intervalMs: z.number().describe('How often it is polled.'),
    })
    .readonly()
);

export const catalogAnswerSchema = of<CatalogAnswer>()(
  z
    .object({
      status: success,
      sections: z.array(catalogSectionSchema).readonly(),
      targets: z.array(catalogTargetSchema).readonly(),
    })
    .readonly()
);

export const tableColumnSchema = of<TableColumn>()(
  z
    .object({
      name: z.string(),
      title: z.string(),
      type: z.enum(['string', 'number', 'time', 'boolean']),
      unit: unitSchema.exactOptional(),
      values: z
        .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
        .readonly()
        .describe('One for each row; times in Unix milliseconds.'),
    })
    .readonly()
);

export const tableAnswerSchema = of<TableAnswer>()(
  z.object({ status: success, columns: z.array(tableColumnSchema).readonly(), notices }).readonly()
);

export const eventSchema = of<EventAnswer>()(
  z
    .object({
      id: z.number().describe('Greater than that of every event stored before.'),
      timeMs,
      startMs: timeMs.exactOptional().describe('When what it tells of began, where that was earlier.'),
      target: z.string(),
      kind: z.enum(EVENT_KINDS),
      severity: z.enum(['info', 'warning', 'critical']),
      text: z.string().describe('One sentence.'),
      details: z
        .record(z.string(), z.string())
        .readonly()
        .describe('What changed: `from`, `to`, `replica`, `setting`...'),
    })
    .readonly()
);

export const eventsAnswerSchema = of<EventsAnswer>()(
  z.object({ status: success, events: z.array(eventSchema).readonly().describe('Oldest first.'), notices }).readonly()
);

export const streamLineSchema = of<StreamLine>()(
  z
    .discriminatedUnion('type', [
      z
        .object({ type: z.literal('history'), results })
        .readonly()
        .describe('First, once: what was asked for, whole.'),
      z
        .object({ type: z.literal('data'), results })
        .readonly()
        .describe('From the last bucket given before to now: a bucket is given again while it fills.'),
      z
        .object({ type: z.literal('heartbeat'), timeMs })
        .readonly()
        .describe('Nothing new for 15 s.'),
      z.object({ type: z.literal('notice'), notice: noticeSchema }).readonly(),
      z.object({ type: z.literal('error'), error: errorSchema }).readonly(),
    ])
    .describe('One line of a stream.')
);

export const historyStatusSchema = of<HistoryStatus>()(
  z
    .object({
      state: z
        .enum(['off', 'ok', 'degraded'])
        .describe(
          '`degraded`: the disk cannot be written, and samples are kept in memory meanwhile; or a part of what is stored cannot be read; or the file was removed while it was in use.'
        ),
      problem: z.string().exactOptional().describe('Of `degraded`: what is wrong and what to do.'),
      directory: z.string().exactOptional(),
      retentionMs: z.number().exactOptional(),
      diskBytes: z.number(),
      series: z.number(),
      samplesStored: z.number(),
      samplesRefused: z.record(z.string(), z.number()).readonly().describe('By reason, such as time that went back.'),
      pendingSamples: z.number().describe('Waiting to be written.'),
      oldestMs: timeMs.exactOptional(),
    })
    .readonly()
);

export const statusAnswerSchema = of<StatusAnswer>()(
  z
    .object({
      status: success,
      version: z.string(),
      startedMs: timeMs,
      targets: z.object({ up: z.number(), down: z.number(), waiting: z.number() }).readonly(),
      history: historyStatusSchema,
    })
    .readonly()
);
