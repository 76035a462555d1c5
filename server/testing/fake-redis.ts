import { TargetError } from '../errors';
import { commandKey, ErrorReply, type Command, type Reply } from '../model/command';
import type { Connect, TargetConnection } from '../poll/interfaces';

/** What a fake server answers to a command, given as text; undefined: it says it does not know it. */
export type Responder = (command: string) => Reply | ErrorReply | undefined;

/** INFO of a server that has nothing else to say. */
export const REDIS_7 = 'redis_version:7.0.15\r\nredis_mode:standalone\r\nrole:master\r\nrun_id:a\r\n';

/** A server without a network, for tests of time: it takes none unless it is told to hang. */
export class FakeRedis {
  respond: Responder;
  /** Set: connecting fails with it. */
  refusal: TargetError | undefined;
  /** While true, neither connecting nor commands are answered; what was asked meanwhile is not answered later. */
  hangs = false;
  /** Attempts to connect. */
  attempts = 0;
  /** The commands of each round trip, of all connections. */
  readonly roundTrips: string[][] = [];
  private readonly open = new Set<FakeConnection>();

  constructor(respond: Responder = (command) => (command.startsWith('INFO') ? REDIS_7 : undefined)) {
    this.respond = respond;
  }

  readonly connect: Connect = (target, signal) => {
    this.attempts++;
    const closed = new TargetError('closed', `${target.name}: closed`);
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(closed));
      if (this.refusal !== undefined) reject(this.refusal);
      else if (!this.hangs) resolve(this.accept());
    });
  };

  get openConnections(): number {
    return this.open.size;
  }

  /** Every command sent so far, without the round trips. */
  get commands(): readonly string[] {
    return this.roundTrips.flat();
  }

  /** Ends all connections from the server's side. */
  dropConnections(): void {
    for (const connection of this.open) connection.close();
  }

  private accept(): TargetConnection {
    const connection: FakeConnection = new FakeConnection(this, () => this.open.delete(connection));
    this.open.add(connection);
    return connection;
  }
}

class FakeConnection implements TargetConnection {
  readonly connectMs = 1;
  isOpen = true;
  private readonly server: FakeRedis;
  private readonly onClose: () => void;
  private reject: ((error: TargetError) => void) | undefined;

  constructor(server: FakeRedis, onClose: () => void) {
    this.server = server;
    this.onClose = onClose;
  }

  roundTrip(commands: readonly Command[]): Promise<readonly (Reply | ErrorReply)[]> {
    if (!this.isOpen) return Promise.reject(new TargetError('closed', 'sent on a closed connection'));
    const { server } = this;
    const keys = commands.map(commandKey);
    server.roundTrips.push(keys);
    return new Promise((resolve, reject) => {
      this.reject = reject;
      if (server.hangs) return;
      resolve(keys.map((key) => server.respond(key) ?? new ErrorReply(`ERR unknown command '${key}'`)));
    });
  }

  close(): void {
    this.isOpen = false;
    this.reject?.(new TargetError('closed', 'the connection was closed'));
    this.onClose();
  }
}
