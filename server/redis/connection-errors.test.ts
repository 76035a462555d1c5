import { inspect } from 'node:util';
import { TargetError } from '../errors';
import { makeTarget } from '../testing/fake-targets';
import { refusalOf, toTargetError } from './connection-errors';

const plain = makeTarget('cache');
const withTls = makeTarget('cache', { tls: { insecureSkipVerify: false } });

function nodeError(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

describe('toTargetError', () => {
  it.each([
    ['ECONNREFUSED', 'refused', 'connection refused: is the server running there, and is the port right?'],
    ['ENOTFOUND', 'dns', 'the host name does not resolve: check the address'],
    ['EACCES', 'unreachable', 'the socket may not be opened: check its permissions'],
    ['EHOSTUNREACH', 'unreachable', 'no route to the host: check the address and the network'],
    ['ETIMEDOUT', 'timeout', 'no answer to the attempt to connect: check the address and firewalls'],
    ['EMFILE', 'closed', 'the connection failed (EMFILE)'],
  ])('%s is %s', (code, failure, message) => {
    expect(toTargetError(plain, nodeError(code), false)).toMatchObject({
      code: failure,
      message: `10.0.0.1:6379: ${message}`,
      cause: { code },
    });
    expect(toTargetError(withTls, nodeError(code), false).code).toBe(failure);
  });

  it.each([
    ['ERR_TLS_CERT_ALTNAME_INVALID', "the server's certificate is for another name: set tls.serverName"],
    ['CERT_HAS_EXPIRED', "the server's certificate has expired: renew it"],
    ['CERT_NOT_YET_VALID', "the server's certificate is not to be trusted: check tls.ca"],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', "the server's certificate is not to be trusted: check tls.ca"],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'the server refuses our certificate: check tls.cert and tls.key'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'the server refuses our certificate: check tls.cert and tls.key'],
    ['ERR_OSSL_PEM_NO_START_LINE', 'tls.ca, tls.cert or tls.key cannot be used: check the files'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'the handshake failed: check that the port speaks TLS'],
  ])('%s is a failure of TLS', (code, remedy) => {
    expect(toTargetError(withTls, nodeError(code), false)).toMatchObject({
      code: 'tls',
      message: `10.0.0.1:6379: TLS failed (${code}): ${remedy}`,
    });
  });

  it.each([
    ['ECONNRESET', plain, false, 'the connection was closed by the other side'],
    ['EPIPE', plain, false, 'the connection was closed by the other side'],
    [
      'ECONNRESET',
      withTls,
      true,
      'the connection was closed by the other side before it answered: check that the port speaks TLS',
    ],
    [
      'ECONNRESET',
      plain,
      true,
      'the connection was closed by the other side before it answered: check whether the port wants TLS',
    ],
  ])('%s of a connection', (code, target, isOpening, message) => {
    expect(toTargetError(target, nodeError(code), isOpening)).toMatchObject({
      code: 'closed',
      message: `10.0.0.1:6379: ${message}`,
    });
  });

  it('keeps a TargetError as it is', () => {
    const error = new TargetError('auth', 'no');
    expect(toTargetError(plain, error, true)).toBe(error);
  });

  it('passes on nothing of an error that may carry commands', () => {
    const error = Object.assign(new Error('Last reply: canary-1. Please report this.'), {
      command: { name: 'AUTH', args: ['canary-2'] },
    });
    const shown = toTargetError(plain, error, true);
    expect(shown).toMatchObject({ code: 'protocol' });
    expect(inspect(shown, { depth: Infinity, showHidden: true })).not.toContain('canary');
  });
});

describe('refusalOf', () => {
  it.each([
    [
      'WRONGPASS invalid username-password pair',
      'auth',
      'the server refuses the credentials: check username and password',
    ],
    ['ERR invalid password', 'auth', 'the server refuses the credentials: check username and password'],
    [
      'ERR Client sent AUTH, but no password is set',
      'auth',
      'the server has no password, but one is configured: remove it',
    ],
    [
      "ERR wrong number of arguments for 'auth' command",
      'auth',
      'the server is older than Redis 6 and knows no users: remove username',
    ],
    [
      'LOADING Redis is loading the dataset in memory',
      'loading',
      'the server is reading its dataset into memory: wait',
    ],
    [
      'ERR max number of clients reached',
      'max_clients',
      'the server has reached maxclients: raise it or close idle clients',
    ],
    [
      '-DENIED Redis is running in protected mode because protected mode is enabled',
      'auth',
      'the server is in protected mode and accepts local connections only: give it a password, and us the same',
    ],
  ])('explains %j to AUTH', (reply, code, message) => {
    expect(refusalOf(plain, reply, true)).toMatchObject({ code, message: `10.0.0.1:6379: ${message}` });
  });

  it('never repeats what the server said to AUTH', () => {
    const reply = 'ERR unknown command `AUTH`, with args beginning with: `canary`';
    expect(inspect(refusalOf(plain, reply, true))).not.toContain('canary');
  });

  it.each([
    ["NOPERM this user has no permissions to run the 'client|setname' command", undefined],
    ['NOAUTH Authentication required.', undefined],
    ['ERR max number of clients reached', 'max_clients'],
  ])('of %j to CLIENT SETNAME is %s', (reply, code) => {
    expect(refusalOf(plain, reply, false)?.code).toBe(code);
  });
});
