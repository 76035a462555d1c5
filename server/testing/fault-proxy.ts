import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd } from './cleanup';

/** What happens to what the server sends; what clients send passes. */
export interface Fault {
  /** Before each piece. */
  readonly delayMs?: number;
  /** What comes is passed on in pieces of so many bytes. */
  readonly pieceBytes?: number;
  /** Of each connection: behind so many bytes, counted from when the fault began, nothing more comes. */
  readonly stallAfterBytes?: number;
  /** Likewise, but then the connection is reset. */
  readonly resetAfterBytes?: number;
}

/** A TCP proxy on 127.0.0.1 that is as bad as the test says; closed when the test file ends. */
export interface FaultProxy {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** When each connection was accepted, by `performance.now()`; refused ones are not among them. */
  readonly acceptedAtMs: readonly number[];
  /** From now on, for connections there are and those to come. Without a fault it passes on what comes. */
  setFault(fault?: Fault): void;
  /** Resets all connections there are. */
  drop(): void;
  /** As `drop`, and refuses others until `restart`. */
  stop(): Promise<void>;
  restart(): Promise<void>;
}

const HOST = '127.0.0.1';

export async function startFaultProxy(upstream: { host: string; port: number }): Promise<FaultProxy> {
  const acceptedAtMs: number[] = [];
  const clients = new Set<Socket>();
  let current: { readonly fault: Fault } = { fault: {} };

  const server = createServer((client) => {
    acceptedAtMs.push(performance.now());
    clients.add(client);
    const behind = connect(upstream.port, upstream.host);
    for (const [from, to] of [
      [client, behind],
      [behind, client],
    ] as const) {
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
    }
    client.on('close', () => clients.delete(client)).pipe(behind);
    void passOn(behind, client, () => current).catch(() => client.destroy());
  });
  const listen = async (port: number): Promise<number> => {
    await once(server.listen(port, HOST), 'listening');
    // Safe: a server that listens on TCP has an address of this kind.
    return (server.address() as AddressInfo).port;
  };
  const drop = (): void => {
    for (const client of clients) client.resetAndDestroy();
  };
  const stop = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    drop();
    await closed;
  };
  const port = await listen(0);
  atEnd(() => (server.listening ? stop() : undefined));
  return {
    host: HOST,
    port,
    url: `redis://${HOST}:${port}`,
    acceptedAtMs,
    setFault: (fault = {}) => (current = { fault }),
    drop,
    stop,
    async restart() {
      await listen(port);
    },
  };
}

/** Ends when the server does; rejects when it is reset. */
async function passOn(server: Socket, client: Socket, current: () => { readonly fault: Fault }): Promise<void> {
  let since = current();
  let passed = 0;
  for await (const chunk of server) {
    // Safe: without an encoding a socket gives Buffers.
    for (let rest = chunk as Buffer; rest.length > 0;) {
      if (since !== current()) [since, passed] = [current(), 0];
      const {
        delayMs = 0,
        pieceBytes = Infinity,
        stallAfterBytes = Infinity,
        resetAfterBytes = Infinity,
      } = since.fault;
      if (delayMs > 0) await sleep(delayMs);
      const most = Math.min(stallAfterBytes, resetAfterBytes) - passed;
      const piece = rest.subarray(0, Math.min(pieceBytes, Math.max(0, most)));
      client.write(piece);
      passed += piece.length;
      rest = rest.subarray(piece.length);
      if (passed >= resetAfterBytes) client.resetAndDestroy();
      if (client.destroyed) return;
      if (passed >= stallAfterBytes) await once(client, 'close');
    }
  }
  client.end();
}
