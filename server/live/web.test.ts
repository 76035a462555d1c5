import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { request, type RequestOptions } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';
import { hashSync } from 'bcryptjs';
import { makeCertificates } from '../testing/certificates';
import { temporaryDirectory } from '../testing/cleanup';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(30_000);

const USER = 'reader';
const PASSWORD = 'correct horse: battery';
const TOKEN = 'a.token_of-letters+and/more==';
const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const directory = temporaryDirectory();
const files = { cert: join(directory, 'web.crt'), key: join(directory, 'web.key') };
let certificates: ReturnType<typeof makeCertificates>;
let collector: CollectorProcess;
let port: number;

/** Makes new certificates and puts them where the collector finds them. */
function renewCertificates(): void {
  certificates = makeCertificates();
  copyFileSync(certificates.certFile, files.cert);
  copyFileSync(certificates.keyFile, files.key);
}

/** An answer over TLS; rejects when the certificate is not trusted. */
function ask(path: string, headers = {}, options: RequestOptions = {}): Promise<{ status: number; text: string }> {
  const ca = readFileSync(certificates.caFile);
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, ca, agent: false, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject).on('end', () => resolve({ status: response.statusCode!, text }));
    });
    sent.on('error', reject).end();
  });
}

beforeAll(async () => {
  const server = await startRedis();
  renewCertificates();
  collector = await startCollector({
    configText: JSON.stringify({
      targets: [{ name: 'cache', url: server.url }],
      web: { tls: files, basicAuthUsers: { [USER]: hashSync(PASSWORD, 4) }, bearerTokens: [{ token: TOKEN }] },
    }),
  });
  port = Number(new URL(collector.url).port);
});

describe('with TLS, a user and a token', () => {
  it('it says so', async () => {
    const words = `Redis Vitals is at https://127.0.0.1:${port}/`;
    await until(() => collector.output().includes(words), words);
  });

  it('plain HTTP is not answered', async () => {
    await expect(collector.get('/metrics')).rejects.toThrow('fetch failed');
  });

  const paths = ['/', '/metrics', '/scrape?target=cache', '/sd', '/targets/cache'];
  it.each(paths)('%s is for those with credentials', async (path) => {
    const refused = [{}, basic(USER, 'wrong'), basic('nobody', PASSWORD), bearer('wrong'), bearer(PASSWORD)];
    for (const headers of refused) expect((await ask(path, headers)).status).toBe(401);
    for (const headers of [basic(USER, PASSWORD), bearer(TOKEN)]) expect((await ask(path, headers)).status).toBe(200);
  });

  it('/-/reload is, too', async () => {
    expect((await ask('/-/reload', {}, { method: 'POST' })).status).toBe(401);
    expect((await ask('/-/reload', bearer(TOKEN), { method: 'POST' })).status).toBe(200);
  });

  it.each(['/health', '/ready'])('%s is for everybody', async (path) => {
    await until(async () => (await ask(path)).status === 200, `${path} to be good`);
  });
});

describe('a reload', () => {
  const served = async () => {
    const socket: TLSSocket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    const certificate = await new Promise<X509Certificate | undefined>((resolve, reject) => {
      socket.on('secureConnect', () => resolve(socket.getPeerX509Certificate())).on('error', reject);
    });
    socket.destroy();
    return certificate?.fingerprint256;
  };
  const inFile = () => new X509Certificate(readFileSync(files.cert)).fingerprint256;

  it('puts a renewed certificate to use', async () => {
    const before = await served();
    expect(before).toBe(inFile());
    const trusted = certificates.caFile;
    renewCertificates();
    expect(await served()).toBe(before);
    const reload = await ask('/-/reload', bearer(TOKEN), { method: 'POST', ca: readFileSync(trusted) });
    expect(reload.status).toBe(200);
    expect(await served()).toBe(inFile());
    expect((await ask('/metrics', bearer(TOKEN))).status).toBe(200);
  });
});
