import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { nameOf } from '../scaling/steady';

/** Everybody who reads, for as long as it goes on; what fails is counted, not thrown. */
export class Readers {
  /** What went wrong, and how often. */
  readonly errors = new Map<string, number>();
  /** Answers that were whole. */
  answers = 0;
  private readonly url: string;
  private readonly until: AbortSignal;

  constructor(url: string, until: AbortSignal) {
    this.url = url;
    this.until = until;
  }

  /** Asks again and again, `everyMs` after it asked before. */
  async every(everyMs: number, ask: (turn: number) => Promise<void>): Promise<void> {
    for (let turn = 0; !this.until.aborted; turn++) {
      const next = sleep(everyMs, undefined, { signal: this.until }).catch(() => undefined); // it is over
      await this.count(() => ask(turn));
      await next;
    }
  }

  async post(path: string, body: object): Promise<void> {
    await this.ask(path, body);
  }

  async get(path: string): Promise<void> {
    await this.ask(path);
  }

  /** Reads a stream for so long. An end that comes from the other side is an error. */
  async stream(body: object, ms: number): Promise<void> {
    const response = await this.send('/api/v1/stream', body);
    let lines = 0;
    response.on('data', (chunk: Buffer) => (lines += chunk.includes(10) ? 1 : 0));
    response.on('error', () => undefined); // `close` follows
    const closed = once(response, 'close').then(() => 'closed');
    const end = await Promise.race([closed, sleep(ms, 'read', { signal: this.until }).catch(() => 'read')]);
    response.destroy();
    if (end === 'closed') throw new Error('a stream ended');
    if (lines === 0 && !this.until.aborted) throw new Error('a stream gave nothing');
  }

  /** A name among so many targets, another in each turn. */
  targetOf(turn: number, targets: number): string {
    return nameOf(turn % targets);
  }

  private async count(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.answers++;
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      this.errors.set(what, (this.errors.get(what) ?? 0) + 1);
    }
  }

  private async ask(path: string, body?: object): Promise<void> {
    const response = await this.send(path, body);
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(response, 'end');
    if (body === undefined) return;
    const bytes = Buffer.concat(chunks);
    const text = (response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
    // One query of several may fail by itself.
    const error = /"status":"error".{0,200}/.exec(text)?.[0];
    if (error !== undefined) throw new Error(`${path}: ${error}`);
  }

  /** A connection of its own each time: what is opened must be closed again. */
  private async send(path: string, body?: object): Promise<IncomingMessage> {
    const headers = { 'Accept-Encoding': 'gzip', ...(body !== undefined && { 'Content-Type': 'application/json' }) };
    const method = body === undefined ? 'GET' : 'POST';
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(this.url + path, { method, headers, agent: false }, resolve)
        .on('error', reject)
        .end(body === undefined ? undefined : JSON.stringify(body));
    });
    if (response.statusCode === 200) return response;
    response.resume();
    throw new Error(`${path.replace(/\?.*/, '')} answers ${response.statusCode ?? 'nothing'}`);
  }
}
