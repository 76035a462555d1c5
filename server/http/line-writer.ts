import type { ServerResponse } from 'node:http';
import { HttpError } from '../errors';
import type { HttpDeps } from './deps';

const PIECE_BYTES = 64 * 1024;
/** A reader that takes nothing for so long is given up. */
const STUCK_MS = 60_000;

/** Writes lines no faster than the reader takes them. */
export class LineWriter {
  /** Of the line that is being written. */
  pendingBytes = 0;
  private readonly response: ServerResponse;
  private readonly after: HttpDeps['after'];

  constructor(response: ServerResponse, after: HttpDeps['after']) {
    this.response = response;
    this.after = after;
  }

  /**
   * Resolves when the reader has taken all but what the socket's buffer holds. Rejects when it goes away, and ends the
   * connection when it takes nothing for a minute. One line at a time.
   */
  async write(line: Buffer): Promise<void> {
    this.pendingBytes = line.length;
    try {
      for (let at = 0; at < line.length; at += PIECE_BYTES) {
        if (this.response.destroyed) throw gone();
        if (!this.response.write(line.subarray(at, at + PIECE_BYTES))) await this.drained();
      }
    } finally {
      this.pendingBytes = 0;
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
