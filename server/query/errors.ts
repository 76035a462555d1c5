import type { ErrorType } from '../api/contract';
import { HttpError } from '../errors';

/** A request that is wrong as a whole: nothing of it is answered. */
export class RequestError extends HttpError {
  constructor(message: string) {
    super(400, 'bad_data', message);
  }
}

/** A query that cannot be answered; the others of its request are not concerned. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly errorType: ErrorType;

  constructor(errorType: ErrorType, message: string) {
    super(message);
    this.errorType = errorType;
  }
}

export function tookTooLong(): QueryError {
  return new QueryError('timeout', 'the query took too long: ask for fewer series or a shorter time');
}
