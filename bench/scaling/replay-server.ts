import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { encodeReply, decode } from '../../server/testing/resp';
import { ROOT } from '../lib/project';
import { readRecording, Replay, ReplayedServer } from './replay';
import type { ReplayJob } from './replay-job';

/** A Redis 7.2 with two replicas, a cache in use. */
const RECORDING = 'server/testdata/replies/redis-7.2/master';
const HOST = '127.0.0.1';
/** Until the answer to the command is on its way. */
const ANSWERED_MS = 20;
const ARRAY = '*'.charCodeAt(0);

/** A replayed server on a port of its own. */
class Listener {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private replayed: ReplayedServer | undefined;
  /** When INFO was asked for, on the clock of `performance.now()`. */
  private pollsAtMs: number[] = [];

  constructor() {
    this.server = createServer({ noDelay: true }, (socket) => this.serve(socket));
  }

  /** Resolves with its port. */
  async listen(replay: Replay): Promise<number> {
    await once(this.server.listen(0, HOST), 'listening');
    const { port } = this.server.address() as AddressInfo; // safe: it listens on TCP
    this.replayed = new ReplayedServer(replay, port);
    return port;
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => socket.destroy());
    let received: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      let replies = '';
      while (received.length > 0) {
        if (received[0] !== ARRAY) return void socket.destroy();
        const next = decode(received);
        if (next === undefined) break;
        received = received.subarray(next.end);
        replies += this.reply(next.value as string[]); // safe: clients send commands as arrays of strings
      }
      if (replies !== '') socket.write(replies);
    });
  }

  private reply(command: readonly string[]): string {
    const [name = '', word = ''] = command;
    if (name === 'DEBUG') return this.debug(word.toUpperCase(), Number(command[2] ?? 0));
    if (name.toUpperCase() === 'INFO') this.pollsAtMs.push(performance.now());
    return this.replayed?.reply(command) ?? '';
  }

  /**
   * `DEBUG RESTART <ms>`: all connections end, nobody can connect for so long, and counters begin anew. `DEBUG POLLS`:
   * when INFO was asked for since this was last said, in milliseconds, as JSON.
   */
  private debug(word: string, awayMs: number): string {
    if (word === 'POLLS') {
      const polls = encodeReply(JSON.stringify(this.pollsAtMs));
      this.pollsAtMs = [];
      return polls;
    }
    if (word === 'RESTART') setTimeout(() => void this.restart(awayMs), ANSWERED_MS);
    return '+OK\r\n';
  }

  private async restart(awayMs: number): Promise<void> {
    const { port } = this.server.address() as AddressInfo; // safe: it listens on TCP
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    setTimeout(() => {
      this.replayed?.restart();
      this.server.listen(port, HOST);
    }, awayMs);
    await once(this.server, 'close');
  }
}

/** Prints the ports as JSON once all servers listen. */
async function main(argument: string): Promise<void> {
  const { servers, shape } = JSON.parse(argument) as ReplayJob; // written by replay-job.ts
  const replay = new Replay(readRecording(join(ROOT, RECORDING)), shape);
  const ports: number[] = [];
  while (ports.length < servers) ports.push(await new Listener().listen(replay));
  process.stdout.write(`${JSON.stringify(ports)}\n`);
}

void main(process.argv[2] ?? '');
