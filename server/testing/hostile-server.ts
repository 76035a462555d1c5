import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ErrorReply, Reply } from '../model/command';
import { atEnd } from './cleanup';
import { decode, encodeReply } from './resp';

/**
 * What the server does to its clients. `hang` never answers; `reset` resets each connection at once; `half` answers
 * half a bulk string and no more; `halfClose` closes behind that half; `garbage` answers as a web server would;
 * `maxClients` refuses each connection as a full Redis does. A function gives the reply to each command instead;
 * a Buffer is sent as it is, undefined leaves the command without a reply.
 */
export type Behaviour = keyof typeof MISBEHAVIOURS | Answer;

type Answer = (command: readonly string[], connection: number) => Reply | ErrorReply | Buffer | undefined;

/** A TCP server on 127.0.0.1 that is not a Redis; closed when the test file ends. */
export interface HostileServer {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** How many connections it has accepted. */
  readonly connections: number;
  /** The commands received so far, of all connections. */
  readonly commands: readonly (readonly string[])[];
  close(): void;
}

const HOST = '127.0.0.1';
const HALF_A_REPLY = '$4096\r\n# Server\r\nredis_version:7.2.6\r\nredis_git_';

interface Misbehaviour {
  readonly onConnect?: (socket: Socket) => void;
  readonly onCommand?: (socket: Socket) => void;
}

const MISBEHAVIOURS = {
  hang: {},
  reset: { onConnect: (socket) => void socket.resetAndDestroy() },
  half: { onCommand: (socket) => void socket.write(HALF_A_REPLY) },
  halfClose: { onCommand: (socket) => void socket.end(HALF_A_REPLY) },
  garbage: { onCommand: (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n') },
  maxClients: { onConnect: (socket) => void socket.end('-ERR max number of clients reached\r\n') },
} satisfies Record<string, Misbehaviour>;

export async function startHostileServer(behaviour: Behaviour): Promise<HostileServer> {
  const { onConnect, onCommand }: Misbehaviour = typeof behaviour === 'string' ? MISBEHAVIOURS[behaviour] : {};
  const commands: string[][] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer((socket) => {
    const number = connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    onConnect?.(socket);
    readCommands(socket, (command) => {
      commands.push(command);
      onCommand?.(socket);
      const reply = typeof behaviour === 'function' ? behaviour(command, number) : undefined;
      if (reply !== undefined) socket.write(Buffer.isBuffer(reply) ? reply : encodeReply(reply));
    });
  });
  await once(server.listen(0, HOST), 'listening');
  // Safe: a server that listens on TCP has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  atEnd(close);
  return {
    host: HOST,
    port,
    url: `redis://${HOST}:${port}`,
    get connections() {
      return connections;
    },
    commands,
    close,
  };
}

/** What is not RESP, a TLS handshake say, is swallowed. */
function readCommands(socket: Socket, onCommand: (command: string[]) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    if (received[0] !== '*'.charCodeAt(0)) return;
    for (let next = decode(received); next !== undefined; next = decode(received)) {
      received = received.subarray(next.end);
      // Safe: clients send commands as arrays of strings.
      onCommand(next.value as string[]);
    }
  });
}
