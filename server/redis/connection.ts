import { Redis } from 'ioredis';
import { TargetError } from '../errors';
import { ErrorReply, type Command, type Reply } from '../model/command';
import { formatAddress, type Target } from '../model/target';
import { assertAllowed } from './allowed-commands';
import { toTargetError } from './connection-errors';
import { readPassword, readTlsOptions } from './credentials';

const CLIENT_NAME = 'redis-vitals';

/**
 * An open connection to one target. It never reconnects and never queues while it is not connected: when it ends, its
 * owner opens another one.
 */
export class Connection {
  readonly connectMs: number;
  private readonly redis: Redis;
  private readonly target: Target;
  private lastError: Error | undefined;
  private ended = false;

  private constructor(redis: Redis, target: Target, connectMs: number) {
    this.redis = redis;
    this.target = target;
    this.connectMs = connectMs;
    redis.on('error', (error: Error) => (this.lastError = error));
    redis.on('close', () => (this.ended = true));
  }

  /** Resolves the name, connects, does TLS, authenticates and names the connection. Rejects with a TargetError. */
  static async open(target: Target, signal: AbortSignal): Promise<Connection> {
    const startedAt = performance.now();
    const password = target.password === undefined ? undefined : await readPassword(target.password);
    const tls = target.tls === undefined ? undefined : await readTlsOptions(target.tls, target);
    const { address } = target;
    const redis = new Redis({
      ...(address.kind === 'unix' ? { path: address.path } : { host: address.host, port: address.port }),
      ...(tls !== undefined && { tls }),
      lazyConnect: true,
      protocol: 2,
      connectTimeout: 0,
      enableReadyCheck: false,
      enableOfflineQueue: false,
      disableClientInfo: true,
      autoResubscribe: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: null,
    });
    const abort = (): void => redis.disconnect();
    signal.addEventListener('abort', abort);
    let lastError: Error | undefined;
    redis.on('error', (error: Error) => (lastError = error));
    try {
      if (signal.aborted) throw new Error('aborted');
      await redis.connect();
      await authenticate(redis, target, password);
    } catch (error) {
      redis.disconnect();
      throw toTargetError(target, error instanceof TargetError ? error : (lastError ?? (error as Error)));
    } finally {
      signal.removeEventListener('abort', abort);
    }
    return new Connection(redis, target, performance.now() - startedAt);
  }

  get isOpen(): boolean {
    return !this.ended && this.redis.status === 'ready';
  }

  /** Sends all commands in one pipelined round trip. Rejects with a TargetError when the connection ends meanwhile. */
  async roundTrip(commands: readonly Command[]): Promise<readonly (Reply | ErrorReply)[]> {
    const pipeline = this.redis.pipeline();
    for (const { args } of commands) {
      assertAllowed(args);
      pipeline.call(...args);
    }
    const results = (await pipeline.exec()) ?? [];
    return results.map(([error, reply]) => {
      if (error === null) return reply as Reply;
      if (error.name === 'ReplyError') return new ErrorReply(error.message);
      throw toTargetError(this.target, this.lastError ?? error);
    });
  }

  close(): void {
    this.ended = true;
    this.redis.disconnect();
  }
}

/** AUTH where the target has a password, and CLIENT SETNAME, in one round trip. */
async function authenticate(redis: Redis, target: Target, password: string | undefined): Promise<void> {
  const pipeline = redis.pipeline();
  if (password !== undefined)
    pipeline.call('AUTH', ...(target.username === undefined ? [] : [target.username]), password);
  pipeline.call('CLIENT', 'SETNAME', CLIENT_NAME);
  const results = (await pipeline.exec()) ?? [];
  const failed = results.map(([error]) => error).find((error) => error !== null && error.name !== 'ReplyError');
  if (failed) throw failed;
  const refused = results[0]?.[0];
  if (!refused) return;
  const where = formatAddress(target.address);
  if (refused.message.includes('max number of clients')) {
    throw new TargetError('max_clients', `${where}: the server has reached maxclients and refuses connections`);
  }
  if (refused.message.startsWith('DENIED')) {
    const message = `${where}: the server runs in protected mode and accepts only local connections: give it a password`;
    throw new TargetError('auth', message);
  }
  if (password !== undefined) throw new TargetError('auth', `${where}: ${authRemedy(refused.message)}`);
}

/** What a refused AUTH means. The server's own words are not passed on: some versions repeat the arguments. */
function authRemedy(message: string): string {
  if (message.includes('without any password configured') || message.includes('no password is set')) {
    return 'the server has no password, but one is configured: remove it';
  }
  if (message.includes('wrong number of arguments')) {
    return 'the server is older than Redis 6 and knows no users: remove username';
  }
  if (message.startsWith('LOADING')) return 'LOADING: the server is reading its dataset into memory';
  return `the server refuses the credentials (${message.split(' ', 1)[0] ?? ''}): check username and password`;
}
