import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../model/secret';
import { makeCertificates } from '../testing/certificates';
import { temporaryDirectory } from '../testing/cleanup';
import { makeTarget } from '../testing/fake-targets';
import { readPassword, readTlsOptions } from './credentials';

const file = join(temporaryDirectory(), 'password');
const VARIABLE = 'REDIS_VITALS_TEST_PASSWORD';

afterEach(() => {
  delete process.env['REDIS_VITALS_TEST_PASSWORD'];
});

describe('readPassword', () => {
  it('takes a value as it is', async () => {
    expect(await readPassword({ from: 'value', value: new Secret(' se cret\n') })).toBe(' se cret\n');
  });

  it('reads a file anew each time, without the white space at its end', async () => {
    writeFileSync(file, ' old secret\r\n');
    expect(await readPassword({ from: 'file', path: file })).toBe(' old secret');
    writeFileSync(file, 'new');
    expect(await readPassword({ from: 'file', path: file })).toBe('new');
  });

  it('reads the environment anew each time', async () => {
    process.env[VARIABLE] = 'old';
    expect(await readPassword({ from: 'env', variable: VARIABLE })).toBe('old');
    process.env[VARIABLE] = 'new';
    expect(await readPassword({ from: 'env', variable: VARIABLE })).toBe('new');
  });

  it.each([
    [{ from: 'file', path: '/no/such/file' }, 'cannot read the password file /no/such/file (ENOENT): check that it'],
    [{ from: 'file', path: '/' }, 'cannot read the password file / (EISDIR): check that it exists and may be read'],
    [{ from: 'file', path: '/dev/null' }, 'the password file /dev/null holds no password: set it, or configure no'],
    [{ from: 'env', variable: VARIABLE }, `the environment variable ${VARIABLE} holds no password: set it, or`],
  ] as const)('names the source of no password: %j', async (source, message) => {
    await expect(readPassword(source)).rejects.toMatchObject({
      code: 'auth',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('readTlsOptions', () => {
  const plain = { insecureSkipVerify: false };

  it.each([
    ['a host name', { address: { kind: 'tcp', host: 'cache.example.com', port: 1 } }, {}, 'cache.example.com'],
    ['an address', {}, {}, undefined],
    ['an IPv6 address', { address: { kind: 'tcp', host: '::1', port: 1 } }, {}, undefined],
    ['a name given for an address', {}, { serverName: 'cache' }, 'cache'],
    ['a socket', { address: { kind: 'unix', path: '/redis.sock' } }, {}, 'localhost'],
  ] as const)('announces the right name for %s', async (_, target, tls, servername) => {
    const options = await readTlsOptions({ ...plain, ...tls }, makeTarget('cache', target));
    expect(options.servername).toBe(servername);
  });

  it('reads files anew each time', async () => {
    const { caFile, certFile, keyFile } = makeCertificates();
    const tls = { ...plain, caFile, certFile, keyFile };
    const first = await readTlsOptions(tls, makeTarget('cache'));
    expect(first).toMatchObject({
      ca: expect.stringContaining('BEGIN CERTIFICATE') as string,
      cert: expect.stringContaining('BEGIN CERTIFICATE') as string,
      key: expect.stringContaining('PRIVATE KEY') as string,
      rejectUnauthorized: true,
    });
    writeFileSync(certFile, 'another');
    expect((await readTlsOptions(tls, makeTarget('cache'))).cert).toBe('another');
  });

  it('checks nothing when told so', async () => {
    expect(await readTlsOptions({ insecureSkipVerify: true }, makeTarget('cache'))).toMatchObject({
      rejectUnauthorized: false,
    });
  });

  it('names a file that cannot be read', async () => {
    await expect(readTlsOptions({ ...plain, keyFile: '/no/such/key' }, makeTarget('cache'))).rejects.toMatchObject({
      code: 'tls',
      message: 'cannot read the TLS file /no/such/key (ENOENT): check that it exists and may be read',
    });
  });
});
