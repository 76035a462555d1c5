import type { ConnectionOptions } from 'node:tls';
import { Redis } from 'ioredis';
import { TargetError } from '../errors';
import { ErrorReply, type Command, type Reply } from '../model/command';
import { formatAddress, type Target } from '../model/target';
import { assertAllowed } from './allowed-commands';
import { refusalOf, toTargetError } from './connection-errors';
import { containParserErrors } from './contain-parser-errors';
import { readPassword, readTlsOptions } from './credentials';
import { guardReplies } from './reply-guard';
import { keepRepliesShortLived } from './short-lived-replies';

const CLIENT_NAME = 'redis-vitals';

containParserErrors();
guardReplies();
keepRepliesShortLived();

/**
 * An open connection to one target. It never reconnects and never queues while it is not connected: when it ends, its
 * owner opens another one.
 */
export class Connection {
  /** How long it took to open it. */
  connectMs = 0;
  private readonly redis: Redis;
  private readonly target: Target;
  private firstError: Error | undefined;
  private isClosed = false;

  private constructor(target: Target, tls: ConnectionOptions | undefined) {
    const { address } = target;
    this.target = target;
    this.redis = new Redis({
      ...(address.kind === 'unix' ? { path: address.path } : { host: address.host, port: address.port }),
      ...(tls !== undefined && { tls }),
      lazyConnect: true,
      protocol: 2,
      connectTimeout: 0,
      disconnectTimeout: 0,
      enableReadyCheck: false,
      enableOfflineQueue: false,
      disableClientInfo: true,
      autoResubscribe: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: null,
    });
    this.redis.on('error', (error: Error) => {
      this.firstError ??= error;
      this.close(); // after a reply too many, say, the next ones would be taken for answers to the wrong commands
    });
  }

  /**
   * Resolves the name, connects, does TLS, authenticates and names the connection. Rejects with a TargetError, at once
   * when `signal` is aborted.
   */
  static async open(target: Target, signal: AbortSignal): Promise<Connection> {
    const startedAt = performance.now();
    const password = target.password === undefined ? undefined : await readPassword(target.password);
    const tls = target.tls === undefined ? undefined : await readTlsOptions(target.tls, target);
    if (signal.aborted) throw new TargetError('closed', `${formatAddress(target.address)}: connecting was given up`);
    const connection = new Connection(target, tls);
    const abort = (): void => connection.close();
    signal.addEventListener('abort', abort);
    try {
      await connection.redis.connect();
      await connection.authenticate(password);
    } catch (error) {
      connection.close();
      throw connection.toTargetError(error as Error, true); // all that ioredis rejects with
    } finally {
      signal.removeEventListener('abort', abort);
    }
    connection.connectMs = performance.now() - startedAt;
    return connection;
  }

  get isOpen(): boolean {
    return !this.isClosed && this.redis.status === 'ready';
  }

  /** Sends all commands in one pipelined round trip. Rejects with a TargetError when the connection ends meanwhile. */
  async roundTrip(commands: readonly Command[]): Promise<readonly (Reply | ErrorReply)[]> {
    const results = await this.send(commands.map(({ args }) => args));
    return results.map(([error, reply]) => {
      if (error === null) return reply as Reply; // all that RESP2 has
      if (isReply(error)) return new ErrorReply(error.message);
      throw this.toTargetError(error, false);
    });
  }

  close(): void {
    this.isClosed = true;
    this.redis.disconnect();
  }

  /** AUTH where the target has a password, and CLIENT SETNAME, in one round trip. A refused name does not matter. */
  private async authenticate(password: string | undefined): Promise<void> {
    const { username } = this.target;
    const auth: Command['args'][] =
      password === undefined ? [] : [username === undefined ? ['AUTH', password] : ['AUTH', username, password]];
    const results = await this.send([...auth, ['CLIENT', 'SETNAME', CLIENT_NAME]]);
    const errors = results.flatMap(([error]) => error ?? []);
    const first = results[0]?.[0] ?? undefined;
    const refusal = first && isReply(first) && refusalOf(this.target, first.message, auth.length > 0);
    const failed = refusal || errors.find((error) => !isReply(error));
    if (failed) throw failed;
  }

  /**
   * Writes all commands at once. ioredis' own pipelines do the same, at twice the cost, and keep all replies until the
   * next full garbage collection.
   */
  private async send(commands: readonly Command['args'][]): Promise<readonly [Error | null, unknown][]> {
    commands.forEach(assertAllowed);
    const { redis } = this;
    redis.stream.cork();
    const replies = commands.map((args) => redis.call(...args));
    redis.stream.uncork();
    const settled = await Promise.allSettled(replies);
    return settled.map((one) => (one.status === 'fulfilled' ? [null, one.value] : [one.reason as Error, null]));
  }

  /** The error event that ended the connection says why; what its commands are rejected with says only that. */
  private toTargetError(error: Error, isOpening: boolean): TargetError {
    return error instanceof TargetError ? error : toTargetError(this.target, this.firstError ?? error, isOpening);
  }
}

function isReply(error: Error): boolean {
  return error.name === 'ReplyError';
}
