import { LIMITS } from '../api/limits';
import { HttpError } from '../errors';

/** What is in memory for readers who have not taken it yet, of all answers and streams together. */
export class Unsent {
  private bytes = 0;

  /** Throws the HttpError to answer while there is so much that nobody else is let in. */
  refuseWhenFull(): void {
    if (this.bytes <= LIMITS.unreadBytes) return;
    throw new HttpError(
      503,
      'unavailable',
      `More than ${LIMITS.unreadBytes / 2 ** 20} MB wait for clients that do not read their answers: have them read or hang up, or try again in a minute.`
    );
  }

  /** Counts so many bytes for as long as the work lasts. */
  async count<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    this.bytes += bytes;
    try {
      return await work();
    } finally {
      this.bytes -= bytes;
    }
  }
}
