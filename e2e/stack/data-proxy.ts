import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { DataSources, SavedDataSource } from './data-sources';

const TIMEOUT_SECONDS = 30;
/** Grafana passes on what has come from the data source this often. */
const FLUSH_MS = 200;
const REFUSED = 'Authentication to data source failed';

/** A request that went through the proxy. */
export interface ProxiedRequest {
  readonly uid: string;
  readonly path: string;
  readonly method: string;
  /** Of what the browser sent; a secret has no business there. */
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  status?: number;
  isOpen: boolean;
}

/**
 * Grafana's data proxy (pkg/api/pluginproxy): sends what comes for a data source to its URL, adds the secrets, answers a
 * refused log-in with 400 (401 would log the user out of Grafana), and with a bare 502 or 504 where nobody or nothing
 * answers. TLS settings are not acted on.
 */
export class DataProxy {
  readonly requests: ProxiedRequest[] = [];

  constructor(private readonly dataSources: DataSources) {}

  async handle(request: IncomingMessage, response: ServerResponse, uid: string, path: string): Promise<void> {
    const source = this.dataSources.get(uid);
    if (source === undefined) return answer(response, 404, JSON.stringify({ message: 'Unable to find datasource' }));
    const body = await readBody(request);
    const { method = 'GET', headers } = request;
    const entry: ProxiedRequest = { uid, path, method, headers, body, isOpen: true };
    this.requests.push(entry);
    response.once('close', () => (entry.isOpen = false)).once('finish', () => (entry.status = response.statusCode));

    let url: URL;
    try {
      url = new URL(`${source.url.replace(/\/$/, '')}/${path}`);
    } catch {
      return answer(response, 400, JSON.stringify({ message: 'Unable to parse the data source URL' }));
    }
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const upstream = send(url, { method, headers: this.headersFor(source, request, body) });
    const seconds = Number(source.jsonData.timeout) || TIMEOUT_SECONDS;
    const timer = setTimeout(() => upstream.destroy(new Error('timeout')), seconds * 1000);
    response.once('close', () => upstream.destroy());
    upstream.once('response', (from) => {
      from.once('close', () => clearTimeout(timer));
      passOn(from, response);
    });
    upstream.once('error', (error) => {
      clearTimeout(timer);
      if (response.headersSent) response.destroy();
      else answer(response, error.message === 'timeout' ? 504 : 502, '');
    });
    upstream.end(body);
  }

  private headersFor(source: SavedDataSource, request: IncomingMessage, body: string): Record<string, string> {
    const secrets = this.dataSources.secrets(source.uid);
    const { accept, 'content-type': type } = request.headers;
    const custom = Object.entries(source.jsonData).flatMap(([name, header]) => {
      const secret = secrets[name.replace('httpHeaderName', 'httpHeaderValue')];
      return name.startsWith('httpHeaderName') && secret !== undefined ? [[String(header), secret]] : [];
    });
    return {
      ...(accept !== undefined && { Accept: accept }),
      ...(type !== undefined && { 'Content-Type': type }),
      ...(body !== '' && { 'Content-Length': `${Buffer.byteLength(body)}` }),
      'User-Agent': 'Grafana/12.3.0',
      ...(source.basicAuth && { Authorization: basic(source.basicAuthUser, secrets.basicAuthPassword ?? '') }),
      ...Object.fromEntries(custom),
    };
  }
}

function passOn(from: IncomingMessage, to: ServerResponse): void {
  if (from.statusCode === 401) {
    from.resume();
    return answer(to, 400, REFUSED);
  }
  const type = from.headers['content-type'];
  to.writeHead(from.statusCode ?? 502, {
    ...(type !== undefined && { 'Content-Type': type }),
    'Content-Security-Policy': 'sandbox',
  });
  let waiting: Buffer[] = [];
  const flush = () => {
    if (waiting.length > 0) to.write(Buffer.concat(waiting));
    waiting = [];
  };
  const timer = setInterval(flush, FLUSH_MS);
  from.on('data', (chunk: Buffer) => waiting.push(chunk));
  from.once('end', () => {
    flush();
    to.end();
  });
  // Cut off in the middle: the browser is to see that, too.
  from.once('error', () => to.destroy());
  from.once('close', () => clearInterval(timer));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'Content-Type': body.startsWith('{') ? 'application/json' : 'text/plain' }).end(body);
}
