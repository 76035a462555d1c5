import type { ServerResponse } from 'node:http';
import { HttpError } from '../errors';
import type { HttpDeps } from './deps';
import type { Unsent } from './unsent';

const PIECE_BYTES = 64 * 1024;
/** A reader that takes nothing for so long is given up. */
const STUCK_MS = 60_000;

/** Writes a response no faster than its reader takes it. */
export class PacedWriter {
  private readonly response: ServerResponse;
  private readonly unsent: Unsent;
  private readonly after: HttpDeps['after'];

  constructor(response: ServerResponse, unsent: Unsent, after: HttpDeps['after']) {
    this.response = response;
    this.unsent = unsent;
    this.after = after;
  }

  /**
   * Resolves when the reader has taken all but what the socket's buffer holds. Rejects when it goes away, and ends the
   * connection when it takes nothing for a minute. One write at a time.
   */
  write(bytes: Buffer): Promise<void> {
    return this.unsent.count(bytes.length, () => this.writePieces(bytes));
  }

  private async writePieces(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      if (this.response.destroyed) throw gone();
      if (!this.response.write(bytes.subarray(at, at + PIECE_BYTES))) await this.drained();
    }
  }

  private drained(): Promise<void> {
    const { response } = this;
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => () => {
        cancel();
        response.off('drain', drained).off('close', closed);
        settle();
      };
      const drained = end(resolve);
      const closed = end(() => reject(gone()));
      const cancel = this.after(STUCK_MS, () => void response.destroy());
      response.once('drain', drained).once('close', closed);
    });
  }
}

function gone(): HttpError {
  return new HttpError(499, 'canceled', 'The reader went away.');
}
