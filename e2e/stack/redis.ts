import { mkdtempSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child';
import { freePort } from '../../server/testing/free-port';
import { findTool } from './tool';
import { until } from './wait';

/** A real redis-server on 127.0.0.1 without persistence. */
export class Redis {
  #child: Child | undefined;

  private constructor(
    readonly port: number,
    private readonly args: readonly string[]
  ) {}

  static async start(args: readonly string[] = []): Promise<Redis> {
    const redis = new Redis(await freePort(), args);
    await redis.restart();
    return redis;
  }

  /** The data is gone. */
  async restart(): Promise<void> {
    await this.stop();
    const directory = mkdtempSync(join(tmpdir(), 'vitals-e2e-'));
    const child = new Child(findTool('redis-server', 'valkey-server'), [
      ...['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', directory, '--save', ''],
      ...this.args,
    ]);
    this.#child = child;
    await until(async () => child.hasEnded || (await this.answers()), 'redis-server to answer');
    if (child.hasEnded) throw new Error(`redis-server ended at once:\n${child.output}`);
  }

  async stop(): Promise<void> {
    await this.#child?.stop();
  }

  /** A connection that takes inline commands; its answers are not read. */
  connect(): Socket {
    return connect(this.port, '127.0.0.1')
      .on('error', () => undefined)
      .resume();
  }

  private answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write('PING\r\n'));
      const end = (answer: boolean) => {
        socket.destroy();
        resolve(answer);
      };
      socket.once('data', (data) => end(data.toString().startsWith('+PONG'))).once('error', () => end(false));
    });
  }
}
