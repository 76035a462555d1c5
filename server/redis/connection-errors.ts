import { TargetError } from '../errors';
import type { FailureCode } from '../model/poll-result';
import { formatAddress, type Target } from '../model/target';

/** Codes of Node's socket errors, what they mean for a target, and what to do. */
const KNOWN: Readonly<Record<string, readonly [code: FailureCode, message: string]>> = {
  ECONNREFUSED: ['refused', 'connection refused: is the server running there, and is the port right?'],
  ENOTFOUND: ['dns', 'the host name does not resolve: check the address'],
  EAI_AGAIN: ['dns', 'the host name could not be resolved now: check the name server'],
  ENOENT: ['unreachable', 'the socket file does not exist: is the server running, and is the path right?'],
  EACCES: ['unreachable', 'the socket may not be opened: check its permissions'],
  EHOSTUNREACH: ['unreachable', 'no route to the host: check the address and the network'],
  ENETUNREACH: ['unreachable', 'no route to the network: check the address and the network'],
  ETIMEDOUT: ['timeout', 'no answer to the attempt to connect: check the address and firewalls'],
  ECONNRESET: ['closed', 'the connection was reset by the other side'],
  EPIPE: ['closed', 'the connection was closed by the other side'],
};

/** What a socket, TLS or protocol error means, without anything secret. */
export function toTargetError(target: Target, error: Error & { code?: unknown }): TargetError {
  if (error instanceof TargetError) return error;
  const code = typeof error.code === 'string' ? error.code : '';
  const where = formatAddress(target.address);
  if (target.tls !== undefined && (isTlsError(code) || error.message.includes('before secure TLS'))) {
    const message = `${where}: TLS failed (${code}): check tls.ca, tls.serverName and whether the port speaks TLS`;
    return new TargetError('tls', message, { cause: error });
  }
  const known = KNOWN[code];
  if (known !== undefined) return new TargetError(known[0], `${where}: ${known[1]}`, { cause: error });
  if (error.name === 'ParserError') {
    return new TargetError('protocol', `${where}: what answers there does not speak Redis' protocol`, { cause: error });
  }
  return new TargetError('closed', `${where}: the connection was closed by the other side`, { cause: error });
}

function isTlsError(code: string): boolean {
  return /^(ERR_SSL|ERR_TLS|EPROTO|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME|ERR_OSSL)/.test(code);
}
