import type { IncomingMessage, ServerResponse } from 'node:http';
import { encode, type Body, type Encoded } from './body';
import type { HttpDeps } from './deps';
import { PacedWriter } from './paced-writer';
import type { Unsent } from './unsent';

/** Sends answers that may be long and have one reader each; what readers leave untaken is bounded. */
export class AnswerSender {
  private readonly unsent: Unsent;
  private readonly after: HttpDeps['after'];

  constructor(unsent: Unsent, after: HttpDeps['after']) {
    this.unsent = unsent;
    this.after = after;
  }

  /** To be called before the work for an answer begins; throws the HttpError to answer. */
  refuseWhenFull(): void {
    this.unsent.refuseWhenFull();
  }

  /** Rejects with an HttpError, also when too much has come together since the work began, or when the reader goes away. */
  async send(request: IncomingMessage, response: ServerResponse, body: Body, status = 200): Promise<void> {
    this.unsent.refuseWhenFull();
    const encoded = this.unsent.count(body.plain.bytes.length, async () => encode(request, body));
    return this.write(response, await encoded, status);
  }

  /** A function of its own, so that a body is not held for as long as its gzipped bytes are. */
  private async write(response: ServerResponse, { bytes, headers }: Encoded, status: number): Promise<void> {
    response.writeHead(status, headers);
    await new PacedWriter(response, this.unsent, this.after).write(bytes);
    response.end();
  }
}
