import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import type { Request } from './query';

interface Asked {
  readonly ms: number;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true });

/** Asks over a connection that is kept, without gzip; the time is that until the last byte. Rejects unless it is a 200. */
export async function ask(url: string, { path, body }: Request): Promise<Asked> {
  const startedAt = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json' };
    const options = body === undefined ? { agent } : { agent, method: 'POST', headers };
    request(url + path, options, resolve)
      .on('error', reject)
      .end(body);
  });
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(response, 'end');
  const ms = performance.now() - startedAt;
  const text = Buffer.concat(chunks).toString();
  if (response.statusCode !== 200) throw new Error(`${url}${path} answers ${response.statusCode ?? ''}: ${text}`);
  return { ms, text };
}
