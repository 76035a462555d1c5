import type { IncomingMessage, ServerResponse } from 'node:http';
import { LIMITS } from '../api/limits';
import { HttpError } from '../errors';
import type { HttpDeps } from './deps';

const ARRIVE_WITHIN_MS = 10_000;

/**
 * The bytes of a JSON body, still unread. Rejects with the HttpError to answer when they are called something else, are
 * too many or take too long; then the connection ends with the answer.
 */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  after: HttpDeps['after']
): Promise<Buffer> {
  refuseOtherTypes(request);
  try {
    return await collect(request, after);
  } catch (error) {
    if (!response.headersSent) response.setHeader('Connection', 'close');
    throw error;
  }
}

/** A page of another site may post forms, plain text and what has no type without being asked, but no JSON. */
function refuseOtherTypes({ headers }: IncomingMessage): void {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const isUntyped = type.trim() === '' && headers.origin === undefined; // it is no page that posts
  if (!isUntyped && type.trim().toLowerCase() !== 'application/json') {
    throw new HttpError(415, 'bad_data', 'Send the body as JSON, with the header `Content-Type: application/json`.');
  }
  if (!['', 'identity'].includes((headers['content-encoding'] ?? '').toLowerCase())) {
    throw new HttpError(415, 'bad_data', 'Send the body as it is, without a Content-Encoding.');
  }
}

function collect(request: IncomingMessage, after: HttpDeps['after']): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length > LIMITS.bodyBytes) refuse(413, 'bad_data', `The body may have ${LIMITS.bodyBytes} bytes.`);
      else chunks.push(chunk);
    };
    const cancel = after(ARRIVE_WITHIN_MS, () =>
      refuse(408, 'timeout', `The body did not arrive within ${ARRIVE_WITHIN_MS / 1000} s.`)
    );
    const stop = () => {
      cancel();
      request.off('data', take).pause();
    };
    const refuse = (status: number, errorType: string, message: string) => {
      stop();
      reject(new HttpError(status, errorType, message));
    };
    request.on('data', take);
    request.once('end', () => {
      stop();
      resolve(Buffer.concat(chunks));
    });
    // Without an end before it: the client went away.
    request.once('close', () => refuse(499, 'canceled', 'The client went away.'));
    request.once('error', () => undefined); // `close` follows
  });
}
