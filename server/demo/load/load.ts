import type { Redis } from 'ioredis';
import { trafficAt } from '../waves';
import { findTags, makeKeys, type Keys } from './keys';
import { connect, type ConnectOptions, type Place } from './place';
import { slowDown } from './slow-commands';
import { fillCommands, someCommands, type CommandWords } from './traffic';

/** Deeds per second of all clients of a place, on average. */
const DEEDS_PER_SECOND = 250;
const TICK_MS = 100;
/** Share of the memory's limit. */
const FULL = 0.97;
const SHORT_LIVED_MS = 2_000;
const SLOW_AFTER_MS = { least: 30_000, most: 90_000 };
const WORKER_SECONDS = 2;
const FAILED_MS = 300;

/** What the clients of a place are called that do what `someCommands` gives, and how much of it each does. */
const CLIENTS: readonly { readonly name: string; readonly share: number; readonly more?: ConnectOptions }[] = [
  { name: 'web-1', share: 0.4 },
  { name: 'web-2', share: 0.35 },
  { name: 'api', share: 0.2 },
  { name: 'analytics', share: 0.05, more: { db: 1 } },
];
const READERS = ['reader-1', 'reader-2', 'reader-3'];
const WORKERS = ['worker-1', 'worker-2'];

export interface LoadParts {
  /** Is given what people may want to know. */
  readonly say: (line: string) => void;
  /** In [0, 1). */
  readonly random: () => number;
}

/** What clients learn of a server when they connect. */
interface Server {
  readonly keys: Keys;
  readonly isReplica: boolean;
  readonly isCluster: boolean;
}

/** Clients of one place that keep it busy until they are closed. */
export class Load {
  readonly place: Place;
  private readonly parts: LoadParts;
  private readonly clients: Redis[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private trouble: string | undefined;
  private isClosed = false;

  constructor(place: Place, parts: LoadParts) {
    this.place = place;
    this.parts = parts;
  }

  /** Resolves when the server has been filled and clients are busy; waits for a server that is not there. */
  async start(): Promise<void> {
    const reports = this.open('reports');
    const server = await this.prepare(reports);
    if (!server.isReplica) {
      this.work();
      this.slowNowAndThen(reports);
    }
    for (const { name, share, more } of CLIENTS) {
      if (more?.db === undefined || !server.isCluster) this.keepBusy(this.open(name, more), share);
    }
    if (this.place.hasReplicas) for (const name of READERS) this.keepBusy(this.connect(name, { role: 'slave' }), 0.3);
    this.open('console');
    this.connectNowAndThen();
  }

  close(): void {
    this.isClosed = true;
    for (const timer of this.timers) clearTimeout(timer);
    for (const client of this.clients) client.disconnect();
  }

  /** Tells when its connection comes and goes. */
  private open(name: string, more?: ConnectOptions): Redis {
    const client = this.connect(name, more);
    client.on('error', (error: Error) => this.note(error));
    client.on('ready', () => this.note(undefined));
    return client;
  }

  private connect(name: string, more?: ConnectOptions): Redis {
    const client = connect(this.place, name, more);
    client.on('error', () => undefined); // there may be no replicas
    this.clients.push(client);
    return client;
  }

  /** Tells of changes only. */
  private note(error: Error | undefined): void {
    const trouble = error && ((error as NodeJS.ErrnoException).code ?? error.message);
    if (this.isClosed || (trouble === undefined) === (this.trouble === undefined)) return;
    this.trouble = trouble;
    const { say } = this.parts;
    say(trouble === undefined ? `${this.place.name} is back` : `${this.place.name} cannot be used: ${trouble}`);
  }

  private async prepare(client: Redis): Promise<Server> {
    for (;;) {
      if (client.status === 'ready') {
        try {
          const server = await this.learn(client);
          if (!server.isReplica) {
            await this.fill(client, server.keys);
            await this.slowPhase(client, server.keys);
          }
          return server;
        } catch (error) {
          this.note(error as Error); // all that ioredis rejects with
        }
      }
      await this.pause(FAILED_MS);
    }
  }

  private async learn(client: Redis): Promise<Server> {
    const isReplica = /^role:slave/m.test(String(await client.call('INFO', 'replication')));
    const isCluster = /^cluster_enabled:1/m.test(String(await client.call('INFO', 'cluster')));
    const tags = isCluster ? await findTags((...args) => client.call(...args)) : [];
    if (isCluster && tags.length === 0) throw new Error('it has no slots of the cluster, or not yet');
    return { isReplica, isCluster, keys: makeKeys(tags, this.parts.random) };
  }

  /** Until memory is full: what the fill itself evicted would stand out in all graphs. */
  private async fill(client: Redis, keys: Keys): Promise<void> {
    for (const words of fillCommands(keys, this.parts.random)) {
      const [used, limit] = numbersOf(String(await client.call('INFO', 'memory')), ['used_memory', 'maxmemory']);
      if (limit !== undefined && limit > 0 && (used ?? 0) > FULL * limit) return;
      await send(client, [words]);
    }
  }

  /** Sends as much as there is to do at the time, in ten batches a second. */
  private keepBusy(client: Redis, share: number): void {
    const { random } = this.parts;
    let server: Server | undefined;
    client.on('close', () => (server = undefined));
    this.repeat(TICK_MS, async () => {
      if (client.status !== 'ready') return;
      server ??= await this.learn(client);
      const expected = (DEEDS_PER_SECOND * share * trafficAt(Date.now()) * TICK_MS) / 1000;
      const count = Math.floor(2 * expected * random() + random());
      try {
        await send(client, someCommands(count, server.isReplica, server.keys, random));
      } catch (error) {
        server = undefined;
        throw error;
      }
    });
  }

  /** Workers wait for jobs and do them; a subscriber listens. */
  private work(): void {
    for (const name of WORKERS) {
      const client = this.open(name);
      let keys: Keys | undefined;
      client.on('close', () => (keys = undefined));
      this.repeat(0, async () => {
        if (client.status !== 'ready') return this.pause(FAILED_MS);
        keys ??= (await this.learn(client)).keys;
        await client.call('BRPOP', keys.the('jobs'), `${WORKER_SECONDS}`);
      });
    }
    const feed = this.open('feed');
    feed.on('ready', () => {
      const answers = [feed.subscribe('news'), feed.psubscribe('alert.*')];
      for (const answer of answers) answer.catch((error: unknown) => this.note(error as Error));
    });
  }

  private slowNowAndThen(client: Redis): void {
    const { least, most } = SLOW_AFTER_MS;
    const next = (): number => least + (most - least) * this.parts.random();
    this.repeat(next, async () => {
      if (client.status !== 'ready') return;
      const { keys, isReplica } = await this.learn(client);
      if (!isReplica) await this.slowPhase(client, keys);
    });
  }

  private async slowPhase(client: Redis, keys: Keys): Promise<void> {
    this.parts.say(`slow commands on ${this.place.name}: ${await slowDown(client, keys, this.parts.random)}`);
  }

  /** As a cron job does: connects, asks, and goes. */
  private connectNowAndThen(): void {
    this.repeat(SHORT_LIVED_MS, async () => {
      const client = connect(this.place, 'cron', { lazyConnect: true, retryStrategy: null });
      client.on('error', () => undefined); // the others tell
      try {
        await client.connect();
        await client.call('DBSIZE');
      } finally {
        client.disconnect();
      }
    });
  }

  /** Again and again, so long after the time before; what fails is tried again. */
  private repeat(pause: number | (() => number), work: () => Promise<void>): void {
    const round = async (): Promise<void> => {
      for (;;) {
        await this.pause(typeof pause === 'number' ? pause : pause());
        try {
          await work();
        } catch {
          await this.pause(FAILED_MS); // the connection went, and `note` tells
        }
      }
    };
    void round();
  }

  /** Never ends once the load is closed. */
  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.isClosed) return;
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        resolve();
      }, ms);
      this.timers.add(timer);
    });
  }
}

/** Replies that say that the server is not what it was: a replica now, or without these slots. */
const CHANGED = /^(?:READONLY|MOVED|CLUSTERDOWN)/;

/** In one round trip; other error replies are part of the load. Rejects when the connection goes or the server changed. */
async function send(client: Redis, commands: readonly CommandWords[]): Promise<void> {
  if (commands.length === 0) return;
  const pipeline = client.pipeline();
  for (const words of commands) pipeline.call(...words);
  const errors = ((await pipeline.exec()) ?? []).flatMap(([error]) => error ?? []);
  const failed = errors.find(({ name, message }) => name !== 'ReplyError' || CHANGED.test(message));
  if (failed !== undefined) throw failed;
}

function numbersOf(info: string, fields: readonly string[]): (number | undefined)[] {
  return fields.map((field) => {
    const text = new RegExp(`^${field}:(\\d+)`, 'm').exec(info)?.[1];
    return text === undefined ? undefined : Number(text);
  });
}
