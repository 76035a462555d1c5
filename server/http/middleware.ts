import type { Request, RequestHandler, Response } from 'express';
import { LIMITS } from '../api/limits';
import { HttpError } from '../errors';
import type { Guard } from './auth';
import type { RequestTelemetry } from './deps';

/** For whatever a browser may show: our types are meant, and nothing is kept. */
export const SAFE_HEADERS = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

export const setSafeHeaders: RequestHandler = (_request, response, next) => {
  response.set(SAFE_HEADERS);
  next();
};

/** Counts the response under the pattern of its route, or as `other` when no route was reached. */
export function countRequests(telemetry: RequestTelemetry): RequestHandler {
  return (request, response, next) => {
    countWhenSent(telemetry, request, response);
    next();
  };
}

export function countWhenSent(telemetry: RequestTelemetry, request: Request, response: Response): void {
  response.once('finish', () => {
    const route = request.route as { readonly path: string } | undefined; // Express' own; its type says `any`
    telemetry.countRequest(route?.path ?? 'other', response.statusCode);
  });
}

/**
 * A body that is too long is refused before it is sent. So is one of unknown length, unless it is for the JSON API, which
 * counts what it reads.
 */
export const limitBody: RequestHandler = (request, response, next) => {
  const isTooLong = Number(request.headers['content-length'] ?? 0) > LIMITS.bodyBytes;
  const isUnknown = request.headers['transfer-encoding'] !== undefined;
  // What is left of a body that nobody reads to its end must not be taken for the next request, nor waited for.
  if (isTooLong || isUnknown) response.setHeader('Connection', 'close');
  if (isTooLong) throw new HttpError(413, 'bad_data', `The body may have ${LIMITS.bodyBytes} bytes.`);
  if (isUnknown && !request.path.startsWith('/api/')) {
    throw new HttpError(411, 'bad_data', 'Send the length of the body as Content-Length.');
  }
  next();
};

export function requireAuth(guard: Guard): RequestHandler {
  return async (request, response, next) => {
    await guard(request, response);
    next();
  };
}
