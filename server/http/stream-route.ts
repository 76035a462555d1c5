import type { Request, RequestHandler, Response } from 'express';
import { LIMITS } from '../api/limits';
import { HttpError } from '../errors';
import { parseBody, readBody } from './api-body';
import { jsonBody, requireHistory, toBuffer } from './api-routes';
import { sendBody } from './body';
import { clientGone } from './client-gone';
import type { HttpDeps } from './deps';
import { LineWriter } from './line-writer';
import { LiveStream, type Answer } from './live-stream';
import { PollTicks } from './poll-ticks';
import { StreamWindow } from './stream-window';
import { Turns } from './turns';

/** Of all streams together: others must get a word in, too. */
const QUESTIONS_AT_ONCE = 2;
/** Of lines that readers have not taken yet, before nobody else is let in. */
const MOST_PENDING_BYTES = 64 * 1024 * 1024;

const HEADERS = {
  'Content-Type': 'application/x-ndjson; charset=utf-8',
  // nginx would hold lines back.
  'X-Accel-Buffering': 'no',
};

/** `POST /api/v1/stream`: the history asked for, then what is polled as it lands, one JSON object a line. */
export function streamHandler(deps: HttpDeps): RequestHandler {
  const streams = new Streams(deps);
  return (request, response) => streams.serve(request, response);
}

class Streams {
  private readonly deps: HttpDeps;
  private readonly ticks: PollTicks;
  private readonly turns = new Turns(QUESTIONS_AT_ONCE);
  private readonly running = new Map<LiveStream, LineWriter>();
  private open = 0;

  constructor(deps: HttpDeps) {
    this.deps = deps;
    this.ticks = new PollTicks(deps);
    deps.stopping.addEventListener('abort', () => this.running.forEach((_, stream) => stream.end()));
  }

  /** Resolves when the stream has ended; rejects with the HttpError to answer. */
  async serve(request: Request, response: Response): Promise<void> {
    if (this.open >= LIMITS.streams) {
      throw new HttpError(
        503,
        'unavailable',
        `There are ${LIMITS.streams} streams already: end some, or ask /api/v1/query.`
      );
    }
    this.open++;
    try {
      requireHistory(this.deps);
      const body = parseBody(await readBody(request, response, this.deps.after));
      await this.run(request, response, new StreamWindow(body));
    } finally {
      this.open--;
    }
  }

  private async run(request: Request, response: Response, window: StreamWindow): Promise<void> {
    const { now, after, stopping } = this.deps;
    const history = requireHistory(this.deps);
    const gone = clientGone(response);
    const writer = new LineWriter(response, after);
    const ask = (body: Buffer): Promise<Answer> =>
      this.turns.take(async () => {
        gone.throwIfAborted();
        if (!response.headersSent) this.refuseWhenFull();
        const answer = await history.request('query', body, gone);
        return { status: answer.status, body: toBuffer(answer.body) };
      });
    const stream = new LiveStream({ window, writer, now, after, ask });
    const unlisten = this.ticks.listen((polls) => stream.polled(polls));
    this.running.set(stream, writer);
    gone.addEventListener('abort', () => stream.end());
    if (stopping.aborted) stream.end();
    try {
      if (!(await begin(stream, request, response))) return;
      await stream.run();
      response.end();
    } finally {
      unlisten();
      this.running.delete(stream);
    }
  }

  private refuseWhenFull(): void {
    const pendingBytes = [...this.running.values()].reduce((sum, writer) => sum + writer.pendingBytes, 0);
    if (pendingBytes <= MOST_PENDING_BYTES) return;
    throw new HttpError(503, 'unavailable', 'Readers of other streams are too slow: try again later, or ask for less.');
  }
}

/** A function of its own, so that the history is not held for as long as the stream lasts. False: it did not begin. */
async function begin(stream: LiveStream, request: Request, response: Response): Promise<boolean> {
  const { status, body } = await stream.ask();
  if (status === 200) {
    response.writeHead(200, HEADERS);
    await stream.sendHistory(body);
    return true;
  }
  await sendBody(request, response, jsonBody(body), status);
  return false;
}
