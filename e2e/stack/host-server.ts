import { createReadStream, statSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { DataProxy } from './data-proxy';
import { DataSources, type DataSourceUpdate } from './data-sources';
import { PLUGIN_FOLDER, ROOT } from './tool';

const PLUGIN_ID = 'redisvitals-redis-datasource';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.map': 'application/json',
};

/** Where the addresses of a Grafana server lie on the disk. */
const FOLDERS: readonly (readonly [prefix: string, folder: string])[] = [
  [`/public/plugins/${PLUGIN_ID}/`, PLUGIN_FOLDER],
  ['/public/build/img/', join(ROOT, 'node_modules/@grafana/ui/dist/public/img')],
  ['/host/', join(ROOT, 'e2e/.out/host')],
];

/** Some of Grafana's icons are not in the package of its components. */
const NO_ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="6" /></svg>';
const DASHBOARDS = [{ uid: 'redis-instance', title: 'Redis instance', folderTitle: 'Redis' }];

/** The part of a Grafana server the plugin meets: its files, its data source, the data proxy. */
export class HostServer {
  readonly dataSources = new DataSources();
  readonly proxy = new DataProxy(this.dataSources);
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.handle(request, response));
  }

  static async start(): Promise<HostServer> {
    const host = new HostServer();
    host.#server.listen(0, '127.0.0.1');
    await once(host.#server, 'listening');
    return host;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURI((request.url ?? '/').split('?')[0] ?? '/');
    const proxied = /^\/api\/datasources\/proxy\/uid\/([^/]+)\/(.*)$/.exec(request.url ?? '');
    if (proxied) return this.proxy.handle(request, response, proxied[1] ?? '', proxied[2] ?? '');
    const source = /^\/api\/datasources\/uid\/([^/]+)$/.exec(path);
    if (source) return this.handleDataSource(request, response, source[1] ?? '');
    if (path === '/api/search') return json(response, DASHBOARDS);
    if (path === '/api/datasources') return json(response, this.dataSources.all());
    if (path === '/') return sendFile(response, join(ROOT, 'e2e/host/index.html'));
    const folder = FOLDERS.find(([prefix]) => path.startsWith(prefix));
    if (folder)
      return sendFile(
        response,
        join(folder[1], normalize(path.slice(folder[0].length))),
        path.endsWith('.svg') ? NO_ICON : undefined
      );
    response.writeHead(404).end();
  }

  private async handleDataSource(request: IncomingMessage, response: ServerResponse, uid: string): Promise<void> {
    if (request.method !== 'PUT') return json(response, this.dataSources.get(uid) ?? this.dataSources.save(uid, {}));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    json(response, this.dataSources.save(uid, JSON.parse(Buffer.concat(chunks).toString()) as DataSourceUpdate));
  }
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

function sendFile(response: ServerResponse, file: string, instead?: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) {
    if (instead === undefined) return void response.writeHead(404).end();
    return void response.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(instead);
  }
  // The browser keeps the page's script, and its compiled code with it, from one test to the next.
  const cache = file.endsWith('host.js') ? 'max-age=3600' : 'no-cache';
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Cache-Control': cache,
  });
  createReadStream(file).pipe(response);
}
