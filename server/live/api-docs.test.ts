import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { z } from 'zod';
import {
  catalogAnswerSchema,
  errorSchema,
  eventsAnswerSchema,
  queryAnswerSchema,
  statusAnswerSchema,
  streamLineSchema,
  tableAnswerSchema,
} from '../api/answer-schema';
import type { CatalogAnswer, QueryAnswer, TableName } from '../api/contract';
import { LIMITS } from '../api/limits';
import { openApiText } from '../api/openapi';
import { tableRequestSchema } from '../api/schema';
import { QUERY_LIMITS } from '../query/limits';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

const run = promisify(execFile);
const DOCUMENT = readFileSync(join(__dirname, '../../docs/api.md'), 'utf8');
/** Where the examples ask. */
const ADDRESS = 'http://127.0.0.1:9121';

interface Example {
  readonly name: string;
  readonly path: string;
  readonly command: string;
}

/** Every curl command of the document; one begins where a line does. */
function examplesIn(document: string): readonly Example[] {
  const blocks = [...document.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
  const commands = blocks
    .flatMap((block) => block.split(/^(?=curl )/m))
    .filter((command) => command.startsWith('curl '));
  return commands.map((command, index) => {
    const path = command.split(ADDRESS)[1]?.split(/\s/)[0] ?? '';
    return { name: `${index + 1} ${path}`, path, command: command.trim() };
  });
}

const EXAMPLES = examplesIn(DOCUMENT);

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  '/api/v1/query': queryAnswerSchema,
  '/api/v1/stream': streamLineSchema,
  '/api/v1/table': tableAnswerSchema,
  '/api/v1/events': eventsAnswerSchema,
  '/api/v1/catalog': catalogAnswerSchema,
  '/api/v1/status': statusAnswerSchema,
};

describe('docs/api.md', () => {
  it('has an example of every endpoint and every table', () => {
    const paths = new Set(EXAMPLES.map(({ path }) => path));
    expect([...paths].sort()).toEqual([...Object.keys(SCHEMAS), '/api/v1/openapi.json'].sort());
    const tables = EXAMPLES.flatMap(({ command }) => /"table": "(\w+)"/.exec(command)?.[1] ?? []);
    expect(new Set(tables)).toEqual(new Set<TableName>(tableRequestSchema.unwrap().shape.table.options));
  });

  it('names every kind of error', () => {
    const shown = [...DOCUMENT.matchAll(/^\| \d{3} +\| `(\w+)`/gm)].map(([, type]) => type);
    // Of a whole request: these are errors of a single query, or of one whose client is gone.
    const others = ['execution', 'canceled'];
    expect(shown).toEqual(
      expect.arrayContaining(errorSchema.unwrap().shape.errorType.options.filter((type) => !others.includes(type)))
    );
  });

  it('has the limits as they are', () => {
    const {
      bodyBytes,
      queries,
      fields,
      matchers,
      patternsSize,
      names,
      maxDataPoints,
      topK,
      rows,
      streams,
      unreadBytes,
    } = LIMITS;
    const { seriesPerQuery, pointsPerRequest, deadlineMs } = QUERY_LIMITS;
    const [, section = ''] = DOCUMENT.split('## Limits');
    const shown = [...section.matchAll(/\| +([\d,]+)(?: s)? +\|$/gm)].map(([, text = '']) =>
      Number(text.replaceAll(',', ''))
    );
    expect(shown).toEqual([
      bodyBytes,
      queries,
      fields,
      matchers,
      patternsSize,
      names,
      maxDataPoints,
      topK,
      seriesPerQuery,
      pointsPerRequest,
      deadlineMs / 1000,
      rows,
      streams,
      unreadBytes,
    ]);
    expect(QUERY_LIMITS.pointsPerSeries).toBe(maxDataPoints);
  });

  it('shows answers that are what the schemas say', () => {
    const blocks = [...DOCUMENT.matchAll(/^```json\n(.*?)^```$/gms)].map(
      ([, block = '']) => JSON.parse(block) as unknown
    );
    const schemas = [errorSchema, queryAnswerSchema, tableAnswerSchema];
    expect(blocks).toEqual(schemas.map((schema, index) => schema.parse(blocks[index])));
  });
});

describe('an example of docs/api.md', () => {
  let collector: CollectorProcess;

  beforeAll(async () => {
    const servers = [await startRedis(), await startRedis()];
    const targets = servers.map(({ url }, index) => ({ name: `cache-${index + 1}`, url }));
    const args = ['--interval', '200ms', '--timeout', '200ms'];
    collector = await startCollector({ args, configText: JSON.stringify({ targets }) });
    await until(hasLatencies, 'both targets to have been polled twice');
  });

  /** Whether the history has what takes longest to be there: what changed between two polls. */
  async function hasLatencies(): Promise<boolean> {
    const { text } = await collector.get('/api/v1/catalog');
    const { targets } = JSON.parse(text) as CatalogAnswer;
    const queries = [{ refId: 'A', fields: ['latency_per_command'], aggregate: { op: 'avg', by: ['instance'] } }];
    const answer = await collector.post('/api/v1/query', { from: 'now-1m', to: 'now', queries });
    const result = (JSON.parse(answer.text) as QueryAnswer).results['A'];
    return targets.length === 2 && result?.status === 'success' && result.series.length === 2;
  }

  it.each(EXAMPLES)('runs: $name', async ({ path, command }) => {
    const { stdout } = await run('/bin/sh', ['-c', command.replaceAll(ADDRESS, collector.url)]);
    if (path === '/api/v1/openapi.json') {
      expect(stdout).toBe(openApiText());
      return;
    }
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    // Whatever is there is in the contract, and nothing else is.
    expect(answers).toEqual(answers.map((answer) => SCHEMAS[path]?.parse(answer)));
    expect(answers.filter(isEmpty)).toEqual([]);
  });

  /** True of results that failed or have no series, and of tables that cannot be empty here. */
  function isEmpty(answer: object): boolean {
    if ('results' in answer) {
      const results = Object.values(answer.results as QueryAnswer['results']);
      return results.length === 0 || results.some((one) => one.status === 'error' || one.series.length === 0);
    }
    return 'columns' in answer && (answer.columns as unknown[]).length === 0;
  }
});
