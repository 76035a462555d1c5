import { Redis } from 'ioredis';
import { HOST } from './ports';

/** Sends one command over a connection of its own; rejects when the server is not there or answers with an error. */
export async function sendCommand(port: number, command: string, ...args: readonly string[]): Promise<unknown> {
  const redis = new Redis({ host: HOST, port, lazyConnect: true, protocol: 2, retryStrategy: null });
  redis.on('error', () => undefined); // connecting rejects with it
  try {
    await redis.connect();
    return await redis.call(command, ...args);
  } finally {
    redis.disconnect();
  }
}

/** The same of a command that is answered with text. */
export async function askText(port: number, command: string, ...args: readonly string[]): Promise<string> {
  return String(await sendCommand(port, command, ...args));
}
