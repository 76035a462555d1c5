import type { RequestHandler } from 'express';
import { HttpError } from '../errors';
import { sendBody } from './body';
import type { HttpDeps } from './deps';

/** `GET /assets/<version>/<name>`: what the status page loads. Of another version there is nothing. */
export function assetHandler({ assets }: Pick<HttpDeps, 'assets'>): RequestHandler {
  return (request, response) => {
    const { version, name } = request.params;
    const body = version === assets?.version && typeof name === 'string' ? assets?.bodies.get(name) : undefined;
    if (body === undefined) {
      throw new HttpError(404, 'not_found', 'There is no such file in this version: reload the page.');
    }
    return sendBody(request, response, body);
  };
}
