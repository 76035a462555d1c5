import type { ErrorRequestHandler, RequestHandler } from 'express';
import { HttpError } from '../errors';
import type { Log } from './deps';
import { SAFE_HEADERS } from './middleware';

/** Ends every chain of routes: nobody answers there. */
export const notFound: RequestHandler = () => {
  throw new HttpError(404, 'not_found', 'There is nothing at this address. The start page / lists what there is.');
};

/** Stands behind the routes of a path: the path is known, the method is not. */
export function methodNotAllowed(allowed: string): RequestHandler {
  return (_request, response) => {
    response.setHeader('Allow', allowed);
    throw new HttpError(405, 'method_not_allowed', `Use ${allowed} here.`);
  };
}

/** The one place that answers errors: in Prometheus' envelope, without anything the client need not know. */
export function errorHandler(log: Log): ErrorRequestHandler {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express tells error handlers by their four parameters
  return (error: unknown, request, response, _next) => {
    const answer = toHttpError(error);
    // Others are told to the client, who can do something about them.
    if (answer.status === 500) log.error({ err: error, method: request.method, path: request.path }, 'request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response
      .set(SAFE_HEADERS)
      .status(answer.status)
      .json({ status: 'error', errorType: answer.errorType, error: answer.message });
  };
}

function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (isMalformedRequest(error)) return new HttpError(400, 'bad_data', 'The address of the request is malformed.');
  return new HttpError(500, 'internal', 'This went wrong on our side; the log says more.');
}

/** Express marks what it cannot decode in a path with the status to answer. */
function isMalformedRequest(error: unknown): boolean {
  return error instanceof URIError && 'status' in error && error.status === 400;
}
