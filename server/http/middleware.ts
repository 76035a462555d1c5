import type { Request, RequestHandler, Response } from 'express';
import { HttpError } from '../errors';
import type { Guard } from './auth';
import type { RequestTelemetry } from './deps';

const LONGEST_BODY_BYTES = 64 * 1024;

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

/** No route reads a body: a long one, or one of unknown length, is refused before it is sent. */
export const limitBody: RequestHandler = (request, response, next) => {
  const isTooLong = Number(request.headers['content-length'] ?? 0) > LONGEST_BODY_BYTES;
  const isUnknown = request.headers['transfer-encoding'] !== undefined;
  if (isTooLong || isUnknown) {
    response.setHeader('Connection', 'close');
    if (isTooLong) throw new HttpError(413, 'bad_data', `The body may have ${LONGEST_BODY_BYTES} bytes.`);
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
