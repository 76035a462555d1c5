import type { Request, RequestHandler, Response } from 'express';
import { LIMITS } from '../api/limits';
import { HttpError } from '../errors';
import { parseBody } from '../api/body';
import { readBody } from './api-body';
import { jsonBody, requireHistory, toBuffer } from './api-routes';
import { sendBody } from './body';
import { clientGone } from './client-gone';
import type { HttpDeps } from './deps';
import { LiveStream, type Answer } from './live-stream';
import { PacedWriter } from './paced-writer';
import { PollTicks } from './poll-ticks';
import { StreamWindow } from './stream-window';
import { Turns } from './turns';
import type { Unsent } from './unsent';

/** Of all streams together: others must get a word in, too. */
const QUESTIONS_AT_ONCE = 2;

const HEADERS = {
  'Content-Type': 'application/x-ndjson; charset=utf-8',
  // nginx would hold lines back.
  'X-Accel-Buffering': 'no',
};

/** `POST /api/v1/stream`: the history asked for, then what is polled as it lands, one JSON object a line. */
export function streamHandler(deps: HttpDeps, unsent: Unsent): RequestHandler {
  const streams = new Streams(deps, unsent);
  return (request, response) => streams.serve(request, response);
}

class Streams {
  private readonly deps: HttpDeps;
  private readonly unsent: Unsent;
  private readonly ticks: PollTicks;
  private readonly turns = new Turns(QUESTIONS_AT_ONCE);
  private readonly running = new Set<LiveStream>();
  private open = 0;

  constructor(deps: HttpDeps, unsent: Unsent) {
    this.deps = deps;
    this.unsent = unsent;
    this.ticks = new PollTicks(deps);
    deps.stopping.addEventListener('abort', () => this.running.forEach((stream) => stream.end()));
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
    const writer = new PacedWriter(response, this.unsent, after);
    const ask = (body: Buffer): Promise<Answer> =>
      this.turns.take(async () => {
        gone.throwIfAborted();
        if (!response.headersSent) this.unsent.refuseWhenFull();
        const answer = await history.request('query', body, gone);
        return { status: answer.status, body: toBuffer(answer.body) };
      });
    const stream = new LiveStream({ window, writer, now, after, ask });
    const unlisten = this.ticks.listen((polls) => stream.polled(polls));
    this.running.add(stream);
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
