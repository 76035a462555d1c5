import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child';
import { freePort } from '../../server/testing/free-port';
import { ROOT } from './tool';
import { until } from './wait';

/** Prometheus' words for who may read: bcrypt hashes and tokens. */
export interface CollectorWeb {
  readonly basicAuthUsers?: Readonly<Record<string, string>>;
  readonly bearerTokens?: readonly { readonly token: string }[];
}

export interface CollectorTarget {
  readonly name: string;
  readonly url: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The collector as it is built in dist/server, polling each second, with its history. */
export class Collector {
  #child: Child | undefined;

  private constructor(
    readonly port: number,
    private readonly configFile: string
  ) {}

  /** `settings`: of the configuration, in place of those it would have here. */
  static async start(
    targets: readonly CollectorTarget[],
    web: CollectorWeb = {},
    settings: Readonly<Record<string, unknown>> = {}
  ): Promise<Collector> {
    const directory = mkdtempSync(join(tmpdir(), 'vitals-e2e-'));
    const port = await freePort();
    const configFile = join(directory, 'vitals.yml');
    // JSON is YAML.
    const config = {
      listen: `127.0.0.1:${port}`,
      web,
      history: { directory: join(directory, 'data') },
      defaults: { interval: '1s' },
      targets,
      ...settings,
    };
    writeFileSync(configFile, JSON.stringify(config));
    const collector = new Collector(port, configFile);
    await collector.restart();
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async restart(): Promise<void> {
    await this.stop();
    const child = new Child(process.execPath, [join(ROOT, 'dist/server/main.js'), '--config', this.configFile]);
    this.#child = child;
    await until(async () => child.hasEnded || (await this.isReady()), 'the collector to be ready');
    if (child.hasEnded) throw new Error(`the collector ended at once:\n${child.output}`);
  }

  /** As if its machine lost power: no goodbye. */
  async stop(): Promise<void> {
    await this.#child?.stop();
  }

  async api<T>(path: string, body?: unknown): Promise<T> {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${this.url}/api/v1/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  private async isReady(): Promise<boolean> {
    return fetch(`${this.url}/ready`).then(
      (response) => response.ok,
      () => false
    );
  }
}
