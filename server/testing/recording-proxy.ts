import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { atEnd } from './cleanup';
import { decode } from './resp';

/** Stands between clients and a server, changes nothing, and remembers every command; closed when the test file ends. */
export interface RecordingProxy {
  readonly host: string;
  readonly port: number;
  /** Of all connections, in the order in which they came. */
  readonly commands: readonly (readonly string[])[];
  /** How many connections it has accepted. */
  readonly connections: number;
}

const HOST = '127.0.0.1';

/** Everything a client of `server` sends is seen, unlike with MONITOR, which leaves out AUTH and what is for admins. */
export async function startRecordingProxy(server: { host: string; port: number }): Promise<RecordingProxy> {
  const commands: string[][] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const proxy = createServer((client) => {
    connections++;
    const upstream = connect(server.port, server.host);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
      from.pipe(to);
    }
    let received = Buffer.alloc(0);
    client.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      for (let next = decode(received); next !== undefined; next = decode(received)) {
        received = received.subarray(next.end);
        // Safe: clients send commands as arrays of strings.
        commands.push(next.value as string[]);
      }
    });
  });
  await once(proxy.listen(0, HOST), 'listening');
  atEnd(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });
  // Safe: a server that listens on TCP has an address of this kind.
  const { port } = proxy.address() as AddressInfo;
  return {
    host: HOST,
    port,
    commands,
    get connections() {
      return connections;
    },
  };
}
