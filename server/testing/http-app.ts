import { createServer, request as httpRequest, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { Express } from 'express';
import { buildApp, type AppDeps } from '../app';
import { PageWriter } from '../exposition/page-writer';
import type { HttpOptions } from '../http/deps';
import { Telemetry } from '../telemetry/telemetry';
import { atEnd } from './cleanup';
import { FakeTargets } from './fake-targets';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Unpacked. */
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sent as it stands, instead of that of the URL, which has been put in order. */
  readonly path?: string;
  /** Where to ask from. */
  readonly localAddress?: string;
}

export interface RunningApp {
  readonly app: Express;
  readonly url: string;
  readonly targets: FakeTargets;
  readonly telemetry: Telemetry;
  /** What the app reads; tests write to it. */
  readonly state: { nowMs: number; options: HttpOptions; readonly logged: { fields: object; message: string }[] };
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly ask: (path: string, how: Ask) => Promise<Answer>;
}

export const NOBODY = { basicAuthUsers: new Map(), bearerTokens: [] };
export const OPTIONS: HttpOptions = {
  singleTarget: false,
  scrape: { maxAgeMs: 1000, allow: [] },
  web: NOBODY,
  listen: { host: '127.0.0.1' },
};

/** The whole app on a free port, around targets that only exist in the test; gone when the test file has ended. */
export async function startApp(
  options: Partial<HttpOptions> = {},
  deps: Partial<AppDeps> = {},
  targets = new FakeTargets()
): Promise<RunningApp> {
  const state: RunningApp['state'] = {
    nowMs: Date.parse('2025-03-01T12:00:00Z'),
    options: { ...OPTIONS, ...options },
    logged: [],
  };
  const now = () => state.nowMs;
  const telemetry = new Telemetry({
    namespace: 'redis',
    version: '1.2.3',
    countTargets: () => targets.list().length,
    now,
  });
  const app = buildApp({
    targets,
    renderer: new PageWriter({ namespace: 'redis' }),
    options: () => state.options,
    telemetry,
    log: { error: (fields, message) => void state.logged.push({ fields, message }) },
    history: undefined,
    table: () => Promise.resolve({ status: 'success', columns: [], notices: [] }),
    openApi: () => Promise.resolve('{}'),
    onPoll: () => () => undefined,
    stopping: new AbortController().signal,
    reload: () => Promise.resolve(),
    version: '1.2.3',
    startedAtMs: state.nowMs,
    now,
    ...deps,
  });
  const url = await serve(app);
  const ask = (path: string, how: Ask) => send(`${url}${path}`, how);
  return { app, url, targets, telemetry, state, ask, get: (path, headers = {}) => ask(path, { headers }) };
}

/** One request with exactly these headers on a connection of its own. */
export function send(url: string, { method = 'GET', headers = {}, body, ...where }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false, ...where }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const isPacked = response.headers['content-encoding'] === 'gzip' && bytes.length > 0;
        const text = (isPacked ? gunzipSync(bytes) : bytes).toString();
        resolve({ status: response.statusCode!, headers: response.headers, text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function serve(app: RequestListener): Promise<string> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}
