import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError } from '../errors';
import { ComparisonQueue, Credentials, type Verdict } from './credentials';
import type { AuthOptions, HttpOptions } from './deps';
import { refuseRebinding } from './rebinding';

const RETRY_AFTER_SECONDS = 1;

/** Rejects with the HttpError to answer unless the request may pass. */
export type Guard = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Lets pass who shows a user's password or a token; everybody, when there are none. */
export function createGuard(options: () => Pick<HttpOptions, 'web' | 'listen'>): Guard {
  const queue = new ComparisonQueue();
  let credentials: Credentials | undefined;

  return async (request, response) => {
    const { web, listen } = options();
    if (web.basicAuthUsers.size === 0 && web.bearerTokens.length === 0) {
      refuseRebinding(request, listen.host);
      return;
    }
    if (credentials?.options !== web) credentials = new Credentials(web, queue);
    const { headers, socket } = request;
    enforce(await credentials.verify(headers.authorization ?? '', socket.remoteAddress ?? ''), response, web);
  };
}

function enforce(verdict: Verdict, response: ServerResponse, options: AuthOptions): void {
  if (verdict === 'granted') return;
  if (verdict === 'busy') {
    response.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
    throw new HttpError(429, 'too_many_requests', 'Too many passwords are being checked; try again in a second.');
  }
  response.setHeader('WWW-Authenticate', challenges(options));
  throw new HttpError(401, 'unauthorized', 'Give a user name and password, or a token, of those in the configuration.');
}

function challenges({ basicAuthUsers, bearerTokens }: AuthOptions): string[] {
  const basic = 'Basic realm="Redis Vitals", charset="UTF-8"';
  const bearer = 'Bearer realm="Redis Vitals"';
  return [...(basicAuthUsers.size > 0 ? [basic] : []), ...(bearerTokens.length > 0 ? [bearer] : [])];
}
