import type { IncomingHttpHeaders } from 'node:http';
import { hostname } from 'node:os';
import { HttpError } from '../errors';

const LOOPBACK = /^(?:127\..*|::1|localhost)$/;
const HTTP_PORT = 80;
const HOST = /^(.*?)\.?(?::(\d+))?$/;
const ADDRESS = /^(?:[\d.]+|\[.*\])$/;
/** The public DNS has no names like these, and none without a dot. */
const PRIVATE = /\.(?:localhost|local|internal|lan|test|home\.arpa)$/;

/** As much of a request as is looked at. */
export interface AskedFor {
  readonly headers: Pick<IncomingHttpHeaders, 'host'>;
  readonly socket: { readonly localPort?: number | undefined };
}

/**
 * Throws the HttpError to answer when we serve this machine alone and a page of elsewhere has had its own name resolved to it
 * (DNS rebinding), so that its scripts could read what is for this machine. A browser that was led here asks for that
 * public name at our own port. A proxy passes names on, too, but has a port of its own.
 */
export function refuseRebinding({ headers, socket }: AskedFor, listenHost: string): void {
  if (headers.host === undefined || !LOOPBACK.test(listenHost)) return;
  const [, name = '', port = HTTP_PORT] = HOST.exec(headers.host.toLowerCase()) ?? [];
  if (Number(port) !== socket.localPort || isOfThisMachine(name)) return;
  throw new HttpError(
    400,
    'bad_data',
    'Without users and tokens, names of other machines are not answered to here: ask for localhost or 127.0.0.1, or set ' +
      'web.basicAuthUsers or web.bearerTokens.'
  );
}

function isOfThisMachine(name: string): boolean {
  return !name.includes('.') || ADDRESS.test(name) || PRIVATE.test(name) || name === hostname().toLowerCase();
}
