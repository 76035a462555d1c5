import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { atEnd } from './cleanup';
import { until } from './wait';

/** A stream of lines under way; given up when the test file ends. */
export interface OpenStream {
  readonly response: IncomingMessage;
  /** Those that have come so far, read. */
  readonly lines: readonly Record<string, unknown>[];
  /** The line of this number, once it has come. */
  line(index: number): Promise<Record<string, unknown>>;
  /** Resolves when no more will come; rejects when the connection broke. */
  readonly ended: Promise<unknown>;
  /** Goes away. */
  leave(): void;
}

interface How {
  /** Lines are not read before `response.resume()`. */
  readonly paused?: boolean;
  /** Aborted, the client goes away. */
  readonly signal?: AbortSignal;
}

/** Posts JSON and reads lines as they come. */
export async function openStream(url: string, body: unknown, { paused, signal }: How = {}): Promise<OpenStream> {
  const headers = { 'content-type': 'application/json' };
  const request = httpRequest(url, { method: 'POST', headers, agent: false, ...(signal && { signal }) });
  request.end(JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const lines: Record<string, unknown>[] = [];
  let rest = '';
  const ended = once(response, 'end');
  ended.catch(() => undefined); // for those who do not ask
  response.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((part) => JSON.parse(part) as Record<string, unknown>));
  });
  if (paused === true) response.pause();
  atEnd(() => void request.destroy());
  return {
    response,
    lines,
    line: (index) => until(() => lines[index], `line ${index} of the stream`),
    ended,
    leave: () => void request.destroy(),
  };
}
