import { once } from 'node:events';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { ConfigError } from '../errors';
import { makeCertificates, type Certificates } from '../testing/certificates';
import { atEnd } from '../testing/cleanup';
import { createServer, type WebServer } from './server';
import type { TlsFiles } from './tls-files';

async function listen(tls: TlsFiles): Promise<{ server: WebServer; port: number }> {
  const server = createServer((_request, response) => response.end('hello'), { tls });
  atEnd(() => server.close(0));
  return { server, port: (await server.listen({ host: '127.0.0.1', port: 0 })).port };
}

/** The fingerprint of the certificate a new connection is shown. */
async function fingerprint(port: number, caFile: string, client?: Certificates): Promise<string> {
  const own = client && { cert: readFileSync(client.certFile), key: readFileSync(client.keyFile) };
  const [response] = (await once(get({ port, agent: false, ca: readFileSync(caFile), ...own }), 'response')) as [
    IncomingMessage,
  ];
  response.resume();
  const { fingerprint256 } = (response.socket as unknown as TLSSocket).getPeerCertificate();
  return fingerprint256;
}

function problemsOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return 'no problem';
}

describe('HTTPS', () => {
  it('shows a new certificate after a reload', async () => {
    const files = makeCertificates();
    const { server, port } = await listen(files);
    const before = await fingerprint(port, files.caFile);
    const renewed = makeCertificates();
    copyFileSync(renewed.certFile, files.certFile);
    copyFileSync(renewed.keyFile, files.keyFile);
    server.reloadTls(files);
    expect(await fingerprint(port, renewed.caFile)).not.toBe(before);
  });

  it.each([
    ['cut short', (files: Certificates) => writeFileSync(files.certFile, '-----BEGIN CERTIFICATE-----\n')],
    ['of another key', (files: Certificates) => copyFileSync(makeCertificates().certFile, files.certFile)],
  ])('keeps the certificate when the new one is %s, and says so', async (_, breakFile) => {
    const files = makeCertificates();
    const { server, port } = await listen(files);
    const before = await fingerprint(port, files.caFile);
    breakFile(files);
    expect(problemsOf(() => server.reloadTls(files))).toEqual([
      {
        path: 'web.tls',
        message: expect.stringMatching(/^certificate, key and client CA cannot be used together: /) as unknown,
      },
    ]);
    expect(await fingerprint(port, files.caFile)).toBe(before);
  });

  it('names every file that cannot be read', () => {
    const files = { ...makeCertificates(), clientCaFile: '/nowhere/ca.pem' };
    rmSync(files.keyFile);
    expect(problemsOf(() => createServer(() => undefined, { tls: files }))).toEqual([
      { path: 'web.tls.key', message: `cannot be read: ENOENT for ${files.keyFile}` },
      { path: 'web.tls.clientCa', message: 'cannot be read: ENOENT for /nowhere/ca.pem' },
    ]);
  });

  it('lets in who has a certificate of the client CA, and nobody else', async () => {
    const files = makeCertificates();
    const client = makeCertificates();
    const { port } = await listen({ ...files, clientCaFile: client.caFile });
    await expect(fingerprint(port, files.caFile)).rejects.toThrow(/certificate required|socket hang up|ECONNRESET/);
    await expect(fingerprint(port, files.caFile, files)).rejects.toThrow(/unknown ca|socket hang up|ECONNRESET/);
    expect(await fingerprint(port, files.caFile, client)).toMatch(/^[0-9A-F:]+$/);
  });

  it('changes with a restart only whether TLS is spoken and whether clients need certificates', async () => {
    const files = makeCertificates();
    const { server } = await listen(files);
    const problem = [
      {
        path: 'web.tls',
        message: 'whether TLS is spoken, and whether clients need certificates, changes with a restart only',
      },
    ];
    expect(problemsOf(() => server.reloadTls(undefined))).toEqual(problem);
    expect(problemsOf(() => server.reloadTls({ ...files, clientCaFile: files.caFile }))).toEqual(problem);
    const plain = createServer(() => undefined);
    expect(problemsOf(() => plain.reloadTls(files))).toEqual(problem);
    expect(problemsOf(() => plain.reloadTls(undefined))).toBe('no problem');
  });
});
