import { connect } from 'node:net';
import { atEnd } from './cleanup';
import type { RedisServer } from './redis-server';
import { encodeCommand } from './resp';

const BATCH = [
  ...Array.from({ length: 40 }, (_, at) => ['SET', `key:${at}`, 'x'.repeat(100)]),
  ...Array.from({ length: 40 }, (_, at) => ['GET', `key:${at * 2}`]),
  ['LPUSH', 'list', 'a', 'b'],
  ['LTRIM', 'list', '0', '100'],
]
  .map(encodeCommand)
  .join('');
/** Between batches: a thousand of commands each second and more, without keeping a core busy. */
const PAUSE_MS = 10;
const RETRY_MS = 50;

/** Keeps a server busy until the test file ends, also after it was away; what it answers does not matter. */
export function keepBusy(server: RedisServer): void {
  let isOver = false;
  const start = (): void => {
    if (isOver) return;
    const socket = connect(server.port, server.host);
    const timer = setInterval(() => socket.writable && socket.writableLength === 0 && socket.write(BATCH), PAUSE_MS);
    socket.on('error', () => socket.destroy()).resume();
    socket.on('close', () => {
      clearInterval(timer);
      setTimeout(start, RETRY_MS).unref();
    });
    stop = () => socket.destroy();
  };
  let stop = (): void => undefined;
  start();
  atEnd(() => {
    isOver = true;
    stop();
  });
}
