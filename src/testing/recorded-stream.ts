import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryAnswer, StreamLine } from '../../server/api/contract';

type ResultsLine = Extract<StreamLine, { readonly results: QueryAnswer['results'] }>;

/** A collector's stream of the last 10 s and what came then; `q3` asks for a field that does not exist. */
export const recordedStream: readonly ResultsLine[] = readFileSync(
  join(__dirname, '../testdata/core/stream.ndjson'),
  'utf8'
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as ResultsLine);
