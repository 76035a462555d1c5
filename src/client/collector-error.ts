import { isFetchError } from '@grafana/runtime';
import type { ErrorAnswer, ErrorType } from '../../server/api/contract';
import {
  FORBIDDEN,
  NOT_FOUND,
  NOT_OURS,
  NOT_SAVED,
  TIMEOUT,
  TLS_MISMATCH,
  UNAUTHORIZED,
  UNREACHABLE,
  WEB_PAGE,
} from './failure-texts';

export type FailureKind =
  /** The panel does not wait any more. */
  | 'cancelled'
  /** Nobody listens there, or not with this protocol. */
  | 'unreachable'
  | 'timeout'
  | 'unauthorized'
  /** Something answered, but not with the collector's JSON. */
  | 'not_a_collector'
  /** The data source is not saved, or Grafana itself refused. */
  | 'grafana'
  /** The collector's own answer: its words say what to do. */
  | 'collector';

/** Why there is no answer; `message` is one sentence, or the collector's own, and says what to do. */
export class CollectorError extends Error {
  readonly kind: FailureKind;
  /** Of HTTP, as Grafana's proxy passed it on; absent where there was none. */
  readonly status: number | undefined;
  readonly errorType: ErrorType | undefined;

  constructor(kind: FailureKind, message: string, status?: number, errorType?: ErrorType) {
    super(message);
    this.name = 'CollectorError';
    this.kind = kind;
    this.status = status;
    this.errorType = errorType;
  }

  /** Whether the same request may be answered later. */
  get passes(): boolean {
    return this.kind === 'unreachable' || this.kind === 'timeout' || (this.status ?? 0) >= 500 || this.status === 429;
  }
}

/** Reads what failed, whoever threw it. */
export function toCollectorError(thrown: unknown): CollectorError {
  if (thrown instanceof CollectorError) {
    return thrown;
  }
  if (isFetchError<unknown>(thrown)) {
    return thrown.cancelled === true
      ? new CollectorError('cancelled', 'The request was cancelled.')
      : fromResponse(thrown.status, thrown.data);
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new CollectorError('unreachable', `Grafana could not be asked: ${text || 'the connection was lost'}.`);
}

/** What a response that is no success says: `body` is parsed JSON, or text where it is none. */
export function fromResponse(status: number, body: unknown): CollectorError {
  const answer = parsed(body);
  const own = isErrorAnswer(answer) ? answer : undefined;
  // Grafana's proxy turns an upstream 401 into 400: the body tells.
  if (own?.errorType === 'unauthorized' || status === 401) {
    return new CollectorError('unauthorized', UNAUTHORIZED, status, 'unauthorized');
  }
  if (own !== undefined) {
    const missing = own.errorType === 'not_found' || own.errorType === 'method_not_allowed';
    return new CollectorError('collector', missing ? NOT_FOUND : own.error, status, own.errorType);
  }
  return foreign(status, typeof answer === 'string' ? answer : '', messageOf(answer));
}

/** Not the collector's words: those of Grafana, of a proxy, or of another server. */
function foreign(status: number, text: string, message: string): CollectorError {
  if (/data ?source/i.test(message) && /not found|unable to find|failed to find/i.test(message)) {
    return new CollectorError('grafana', NOT_SAVED, status);
  }
  if (/authentication to data source failed/i.test(text + message)) {
    return new CollectorError('unauthorized', UNAUTHORIZED, status); // what Grafana's proxy makes of a 401
  }
  if (/HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS port/i.test(text + message)) {
    return new CollectorError('unreachable', TLS_MISMATCH, status);
  }
  switch (status) {
    case 0:
    case 502:
      return new CollectorError('unreachable', UNREACHABLE, status);
    case 403:
      return new CollectorError('unauthorized', FORBIDDEN, status);
    case 404:
    case 405:
      return new CollectorError('not_a_collector', NOT_FOUND, status);
    case 408:
    case 504:
      return new CollectorError('timeout', TIMEOUT, status);
  }
  if (isHtml(text)) {
    return new CollectorError('not_a_collector', WEB_PAGE, status);
  }
  if (status === 400 && text === '' && message === '') {
    // What is left of a 401 whose body is not the collector's.
    return new CollectorError('unauthorized', UNAUTHORIZED, status);
  }
  const said = message || text.slice(0, 200);
  return new CollectorError('not_a_collector', said === '' ? NOT_OURS : `${NOT_OURS} It said: ${said}`, status);
}

/** A success whose body is not what the API gives. */
export function notOurAnswer(body: unknown): CollectorError {
  return new CollectorError('not_a_collector', typeof body === 'string' && isHtml(body) ? WEB_PAGE : NOT_OURS, 200);
}

function isHtml(text: string): boolean {
  return /^\s*<(!doctype|html|head|body)/i.test(text);
}

function parsed(body: unknown): unknown {
  if (typeof body !== 'string') {
    return body;
  }
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function isErrorAnswer(body: unknown): body is ErrorAnswer {
  return (
    typeof body === 'object' &&
    body !== null &&
    'errorType' in body &&
    typeof body.errorType === 'string' &&
    'error' in body &&
    typeof body.error === 'string'
  );
}

function messageOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
    ? body.message
    : '';
}
