import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import * as answers from './answer-schema';
import { EXAMPLES } from './examples';
import { openApiText } from './openapi';
import * as requests from './schema';

interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>>; readonly responses: object };
}

const text = openApiText();
const document = JSON.parse(text) as Document;

describe('docs/openapi.json', () => {
  it('is up to date', () => {
    const written = readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8');
    if (written !== text) throw new Error('docs/openapi.json is out of date: run npm run docs');
  });
});

describe('the OpenAPI document', () => {
  it('describes every route', () => {
    const routes = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`)
    );
    expect(routes).toEqual([
      'POST /api/v1/query',
      'POST /api/v1/stream',
      'POST /api/v1/table',
      'POST /api/v1/events',
      'GET /api/v1/catalog',
      'GET /api/v1/status',
    ]);
  });

  it('refers to nothing that is not there, and has nothing that nobody refers to', () => {
    const references = [...text.matchAll(/"\$ref": "#\/components\/(\w+\/\w+)"/g)].map(([, path]) => path);
    const { schemas, responses } = document.components;
    const there = Object.entries({ schemas, responses }).flatMap(([kind, named]) =>
      Object.keys(named).map((name) => `${kind}/${name}`)
    );
    expect([...new Set(references)].sort()).toEqual(there.sort());
  });

  it('says of every operation what it takes and which errors it has', () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.entries(item));
    for (const [method, { operationId, requestBody, responses }] of operations) {
      const errors = ['401', '429', '500', ...(method === 'post' ? ['400', '408', '413', '415'] : [])];
      expect({ operationId, takes: requestBody !== undefined, errors: Object.keys(responses) }).toEqual({
        operationId,
        takes: method === 'post',
        errors: expect.arrayContaining(['200', ...errors]) as unknown,
      });
    }
  });

  it('closes requests and leaves answers open', () => {
    const { QueryRequest, TargetSelector, QueryAnswer } = document.components.schemas;
    expect([QueryRequest, TargetSelector]).toMatchObject([
      { additionalProperties: false },
      { additionalProperties: false },
    ]);
    expect(QueryAnswer).not.toHaveProperty('additionalProperties');
  });

  it('does not say of anything that requests must not have it', () => {
    expect(text).not.toContain('"readOnly"');
  });
});

describe('examples', () => {
  const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
    QueryRequest: requests.queryRequestSchema,
    QueryAnswer: answers.queryAnswerSchema,
    StreamRequest: requests.streamRequestSchema,
    StreamLine: answers.streamLineSchema,
    TableRequest: requests.tableRequestSchema,
    TableAnswer: answers.tableAnswerSchema,
    EventsRequest: requests.eventsRequestSchema,
    EventsAnswer: answers.eventsAnswerSchema,
    StatusAnswer: answers.statusAnswerSchema,
    ErrorAnswer: answers.errorSchema,
  };

  it.each(Object.entries(EXAMPLES))('of %s are what the schema takes', (name, example) => {
    expect(SCHEMAS[name]?.parse(example)).toEqual(example);
  });
});
