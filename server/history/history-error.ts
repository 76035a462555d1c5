/**
 * Why a store cannot be opened: another process writes to it, the directory holds something else, a later version wrote
 * it, or the disk does not let us.
 */
export type HistoryProblem = 'locked' | 'not_a_store' | 'newer_format' | 'cannot_open';

/** A store that cannot be opened. The message says what to do. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
  readonly code: HistoryProblem;

  constructor(code: HistoryProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
