import type { ServerResponse } from 'node:http';
import { HttpError } from '../errors';

/** Aborted, with the HttpError that nobody will read, when the client goes away before it has its answer. */
export function clientGone(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const abort = () => controller.abort(new HttpError(499, 'canceled', 'The client went away.'));
  if (response.destroyed) abort();
  else response.once('close', () => !response.writableFinished && abort());
  return controller.signal;
}
