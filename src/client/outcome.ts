import { catchError, map, type Observable, of } from 'rxjs';
import { type DataFrame, type DataQueryError, DataQueryErrorType } from '@grafana/data';
import type { ErrorAnswer } from '../../server/api/contract';
import { toCollectorError } from './collector-error';

/** What became of one query; in a stream of outcomes, the latest counts. */
export interface Outcome {
  readonly refId: string;
  readonly frames: readonly DataFrame[];
  readonly error?: DataQueryError;
}

/** One query's frames, or its error: the other queries do not notice. */
export function asOutcome<Answer>(
  refId: string,
  answer: Observable<Answer>,
  toFrames: (answer: Answer) => DataFrame[]
): Observable<Outcome> {
  return answer.pipe(
    map((given) => framesOutcome(refId, () => toFrames(given))),
    catchError((thrown: unknown) => of(failed(refId, thrown)))
  );
}

export function framesOutcome(refId: string, toFrames: () => readonly DataFrame[]): Outcome {
  return { refId, frames: toFrames() };
}

export function failed(refId: string, thrown: unknown): Outcome {
  if (thrown instanceof InputError) {
    return { refId, frames: [], error: { refId, message: thrown.message } };
  }
  const { kind, status, message } = toCollectorError(thrown);
  return {
    refId,
    frames: [],
    error: {
      refId,
      message,
      ...(status !== undefined && { status }),
      ...(kind === 'cancelled' && { type: DataQueryErrorType.Cancelled }),
      ...(kind === 'timeout' && { type: DataQueryErrorType.Timeout }),
    },
  };
}

export function refused(refId: string, { error, errorType }: ErrorAnswer): Outcome {
  const type = errorType === 'timeout' ? { type: DataQueryErrorType.Timeout } : {};
  return { refId, frames: [], error: { refId, message: error, ...type } };
}

/** A query that cannot be asked as it stands. */
export class InputError extends Error {}
