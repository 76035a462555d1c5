import type { Request, RequestHandler } from 'express';
import { ConfigError, HttpError } from '../errors';

/** `POST /-/reload`: reads the configuration anew; a refused one changes nothing and is answered with its problems. */
export function reloadHandler(reload: () => Promise<void>): RequestHandler {
  return async (request, response) => {
    if (isCrossSite(request)) {
      throw new HttpError(403, 'forbidden', 'A page of another site may not reload this configuration.');
    }
    try {
      await reload();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw new HttpError(400, 'bad_data', `The configuration is refused; nothing has changed.\n${error.message}`);
    }
    response.json({ status: 'success' });
  };
}

function isCrossSite(request: Request): boolean {
  const { origin, host } = request.headers;
  if (request.headers['sec-fetch-site'] === 'cross-site') return true;
  return origin !== undefined && hostOf(origin) !== host?.toLowerCase();
}

/** Browsers send `null` for origins they do not tell: that is no host of ours. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
