import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

/** The end of a page, where our own metrics stand. */
const KEPT_BYTES = 64 * 1024;

/** A page of metrics that may be too long to be kept. */
export interface ScrapedPage {
  readonly ms: number;
  readonly bytes: number;
  /** Its last characters. */
  readonly end: string;
}

/** Rejects unless the answer is a 200. */
export async function scrapePage(url: string): Promise<ScrapedPage> {
  const startedAt = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).on('error', reject);
  });
  let bytes = 0;
  let kept: Buffer = Buffer.alloc(0);
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    kept = Buffer.concat([kept, chunk]).subarray(-KEPT_BYTES);
  });
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`${url} answers ${response.statusCode ?? 'nothing'}`);
  return { ms: performance.now() - startedAt, bytes, end: kept.toString() };
}

/** The value of one of our own metrics. Throws when the page has none. */
export function ownMetric({ end }: Pick<ScrapedPage, 'end'>, name: string): number {
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(end)?.[1];
  if (value === undefined) throw new Error(`/metrics has no ${name}`);
  return Number(value);
}
