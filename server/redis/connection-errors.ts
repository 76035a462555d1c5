import { TargetError } from '../errors';
import type { FailureCode } from '../model/poll-result';
import { formatAddress, type Target } from '../model/target';
import { MOST_BYTES, MOST_VALUES, ReplyTooLarge } from './reply-guard';

type Meaning = readonly [code: FailureCode, message: string];

/** Codes of Node's socket errors, what they mean for a target, and what to do. */
const SOCKET: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: ['refused', 'connection refused: is the server running there, and is the port right?'],
  ENOTFOUND: ['dns', 'the host name does not resolve: check the address'],
  EAI_AGAIN: ['dns', 'the host name could not be resolved now: check the name server'],
  ENOENT: ['unreachable', 'the socket file does not exist: is the server running, and is the path right?'],
  EACCES: ['unreachable', 'the socket may not be opened: check its permissions'],
  EHOSTUNREACH: ['unreachable', 'no route to the host: check the address and the network'],
  ENETUNREACH: ['unreachable', 'no route to the network: check the address and the network'],
  ETIMEDOUT: ['timeout', 'no answer to the attempt to connect: check the address and firewalls'],
};

/** Beginnings of the codes of TLS errors, and what to do; the first that fits counts. */
const TLS: readonly (readonly [start: RegExp, remedy: string])[] = [
  [/^ERR_TLS_CERT_ALTNAME/, "the server's certificate is for another name: set tls.serverName"],
  [/^CERT_HAS_EXPIRED/, "the server's certificate has expired: renew it"],
  [/^(UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|CERT_)/, "the server's certificate is not to be trusted: check tls.ca"],
  [/^ERR_SSL_.*ALERT.*(CERT|CA$)/, 'the server refuses our certificate: check tls.cert and tls.key'],
  [/^ERR_(OSSL|CRYPTO)/, 'tls.ca, tls.cert or tls.key cannot be used: check the files'],
  [/^(ERR_SSL|ERR_TLS|EPROTO)/, 'the handshake failed: check that the port speaks TLS'],
];

/** What a server answers that wants no connection from us, to the first command or without being asked. */
const UNWANTED: readonly (readonly [words: RegExp, meaning: Meaning])[] = [
  [/max number of clients/, ['max_clients', 'the server has reached maxclients: raise it or close idle clients']],
  [
    /DENIED/,
    ['auth', 'the server is in protected mode and accepts local connections only: give it a password, and us the same'],
  ],
];

/** What a refused AUTH means. The server's own words are not passed on: some versions repeat the arguments. */
const REFUSED_AUTH: readonly (readonly [words: RegExp, meaning: Meaning])[] = [
  ...UNWANTED,
  [
    /without any password configured|no password is set/,
    ['auth', 'the server has no password, but one is configured: remove it'],
  ],
  [/wrong number of arguments/, ['auth', 'the server is older than Redis 6 and knows no users: remove username']],
  [/^LOADING/, ['loading', 'the server is reading its dataset into memory: wait']],
  [/^/, ['auth', 'the server refuses the credentials: check username and password']],
];

const TOO_LARGE: Meaning = [
  'protocol',
  `a reply is larger than ${MOST_BYTES / 2 ** 20} MiB or has more than ${MOST_VALUES.toLocaleString('en')} values: check what answers there`,
];

const CLOSED: Meaning = ['closed', 'the connection was closed by the other side'];

/** Codes of a connection that existed and was ended by the other side. */
const ENDED: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

/** What a socket, TLS or protocol error means, without anything secret. `isOpening`: nothing was answered before. */
export function toTargetError(target: Target, error: Error & { code?: unknown }, isOpening: boolean): TargetError {
  if (error instanceof TargetError) return error;
  const { code } = error;
  const [failureCode, words] = typeof code === 'string' ? ofCode(target, code) : ofMessage(error);
  const hint = `before it answered: check ${target.tls === undefined ? 'whether the port wants' : 'that the port speaks'} TLS`;
  const message = failureCode === 'closed' && isOpening ? `${words} ${hint}` : words;
  // Only Node's own errors have a code. Others may carry the commands that were sent, AUTH among them.
  const options = typeof code === 'string' ? { cause: error } : {};
  return new TargetError(failureCode, `${formatAddress(target.address)}: ${message}`, options);
}

/** What an error reply to the first command means; undefined: the connection can be used. */
export function refusalOf(target: Target, reply: string, wasAuth: boolean): TargetError | undefined {
  const meaning = find(wasAuth ? REFUSED_AUTH : UNWANTED, reply);
  return meaning && new TargetError(meaning[0], `${formatAddress(target.address)}: ${meaning[1]}`);
}

function ofCode(target: Target, code: string): Meaning {
  const remedy = target.tls === undefined ? undefined : find(TLS, code);
  if (remedy !== undefined) return ['tls', `TLS failed (${code}): ${remedy}`];
  return ENDED.has(code) ? CLOSED : (SOCKET[code] ?? ['closed', `the connection failed (${code})`]);
}

function ofMessage(error: Error): Meaning {
  if (error instanceof ReplyTooLarge) return TOO_LARGE;
  const { message } = error;
  const unwanted = find(UNWANTED, message);
  if (unwanted !== undefined) return unwanted;
  // What ioredis says of anything its parser or its queue of commands cannot make sense of.
  if (/please report/i.test(message)) {
    return ['protocol', "what answers there does not speak Redis' protocol: check the port, and whether it wants TLS"];
  }
  return CLOSED;
}

function find<T>(table: readonly (readonly [words: RegExp, meaning: T])[], text: string): T | undefined {
  return table.find(([words]) => words.test(text))?.[1];
}
