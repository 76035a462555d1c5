import { z } from 'zod';
import * as answers from './answer-schema';
import { EXAMPLES } from './examples';
import { LIMITS } from './limits';
import * as requests from './schema';

const DESCRIPTION = `What Redis Vitals has polled, and what the servers say now, as JSON. docs/api.md tells what buckets,
functions, units and notices mean. Times are Unix milliseconds.`;

/** What has a name in the document; everything else is written where it stands. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  QueryRequest: requests.queryRequestSchema,
  StreamRequest: requests.streamRequestSchema,
  TableRequest: requests.tableRequestSchema,
  EventsRequest: requests.eventsRequestSchema,
  MetricQuery: requests.metricQuerySchema,
  TargetSelector: requests.selectorSchema,
  LabelMatcher: requests.matcherSchema,
  Aggregate: requests.aggregateSchema,
  QueryAnswer: answers.queryAnswerSchema,
  QuerySuccess: answers.querySuccessSchema,
  SeriesAnswer: answers.seriesSchema,
  ValueUnit: answers.unitSchema,
  Notice: answers.noticeSchema,
  TableAnswer: answers.tableAnswerSchema,
  TableColumn: answers.tableColumnSchema,
  EventsAnswer: answers.eventsAnswerSchema,
  EventAnswer: answers.eventSchema,
  CatalogAnswer: answers.catalogAnswerSchema,
  CatalogSection: answers.catalogSectionSchema,
  CatalogField: answers.catalogFieldSchema,
  CatalogTarget: answers.catalogTargetSchema,
  StatusAnswer: answers.statusAnswerSchema,
  HistoryStatus: answers.historyStatusSchema,
  StreamLine: answers.streamLineSchema,
  ErrorAnswer: answers.errorSchema,
};

const ERRORS: Readonly<Record<string, string>> = {
  400: 'The request is wrong; `error` says what and where.',
  401: 'The request needs a user name and password, or a token, of those in the configuration.',
  408: 'The body did not arrive in time.',
  413: 'The body is too long.',
  415: 'The body is not called JSON.',
  429: 'Too many passwords are being checked.',
  500: 'This went wrong on our side; the log says more.',
  503: 'The history is off or being started anew, the collector is stopping, or too many answers wait to be read.',
  504: 'The answer took too long: ask for less at once.',
};
const FOR_ALL = [401, 429, 500];
const FOR_BODIES = [400, 408, 413, 415];
const FOR_HISTORY = [503, 504];

interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  /** Name of its schema; absent: GET. */
  readonly request?: string;
  readonly answer: string;
  /** Default JSON. */
  readonly answerType?: string;
  readonly errors: readonly number[];
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  '/api/v1/query': {
    id: 'query',
    summary: 'Series of values over time, or as of one moment',
    description: 'Any number of queries, each answered under its refId, with an error of its own where it is wrong.',
    request: 'QueryRequest',
    answer: 'QueryAnswer',
    errors: [...FOR_BODIES, ...FOR_HISTORY],
  },
  '/api/v1/stream': {
    id: 'stream',
    summary: 'The same as lines of JSON, going on with each poll',
    description:
      'First a line with the history from `from` to now, then a line whenever something was polled. A request that is ' +
      `wrong is answered with an error instead of a stream. At most ${LIMITS.streams} at once.`,
    request: 'StreamRequest',
    answer: 'StreamLine',
    answerType: 'application/x-ndjson',
    errors: [...FOR_BODIES, ...FOR_HISTORY],
  },
  '/api/v1/table': {
    id: 'table',
    summary: 'What servers say now, as columns',
    description: 'A target that cannot be asked is told of in `notices`; the others are in the table.',
    request: 'TableRequest',
    answer: 'TableAnswer',
    errors: [...FOR_BODIES, ...FOR_HISTORY],
  },
  '/api/v1/events': {
    id: 'events',
    summary: 'What has happened: restarts, failovers, lost links, failed saves...',
    description: 'Detected from consecutive polls, and kept as long as the history.',
    request: 'EventsRequest',
    answer: 'EventsAnswer',
    errors: [...FOR_BODIES, ...FOR_HISTORY],
  },
  '/api/v1/catalog': {
    id: 'catalog',
    summary: 'What can be asked for',
    description: 'Sections with their fields, and the targets. Derived fields are those of the section `Derived`.',
    answer: 'CatalogAnswer',
    errors: FOR_HISTORY,
  },
  '/api/v1/status': {
    id: 'status',
    summary: 'How the collector is',
    description: 'For a connection test; answered whatever state the history is in.',
    answer: 'StatusAnswer',
    errors: [],
  },
};

/** The API's description in OpenAPI 3.1. */
function openApiDocument(): object {
  const paths = Object.entries(OPERATIONS).map(([path, operation]) => [path, pathItem(operation)]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Redis Vitals',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    // Without users and tokens in the configuration, everybody may ask.
    security: [{}, { basic: [] }, { bearer: [] }],
    paths: Object.fromEntries(paths) as unknown,
    components: {
      schemas: schemas(),
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic', description: '`web.basicAuthUsers` of the configuration.' },
        bearer: { type: 'http', scheme: 'bearer', description: '`web.bearerTokens` of the configuration.' },
      },
      responses: Object.fromEntries(
        Object.entries(ERRORS).map(([status, description]) => [
          `Error${status}`,
          { description, content: content('application/json', 'ErrorAnswer') },
        ])
      ) as unknown,
    },
  };
}

/** What `GET /api/v1/openapi.json` answers, and docs/openapi.json holds. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), undefined, 2)}\n`;
}

function pathItem({ id, summary, description, request, answer, answerType, errors }: Operation): object {
  const type = answerType ?? 'application/json';
  const refs = [...FOR_ALL, ...errors].map((status) => [status, { $ref: `#/components/responses/Error${status}` }]);
  const operation = {
    operationId: id,
    summary,
    description,
    ...(request !== undefined && { requestBody: { required: true, content: content('application/json', request) } }),
    responses: {
      200: { description: summary, content: content(type, answer) },
      ...(Object.fromEntries(refs) as object),
    },
  };
  return request === undefined ? { get: operation } : { post: operation };
}

function content(type: string, name: string): object {
  const example = EXAMPLES[name];
  return { [type]: { schema: { $ref: `#/components/schemas/${name}` }, ...(example !== undefined && { example }) } };
}

function schemas(): object {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas: written } = z.toJSONSchema(registry, {
    // Answers may have more in them one day: only requests are closed.
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // In OpenAPI it would say that a request must not have it.
      delete jsonSchema.readOnly;
    },
  });
  const bare = (schema: object) => Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id');
  return Object.fromEntries(
    Object.entries(written).map(([id, schema]) => [id, Object.fromEntries(bare(schema)) as unknown])
  );
}
