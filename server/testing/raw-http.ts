import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { atEnd } from './cleanup';

const HOST = '127.0.0.1';

/**
 * Sends bytes as they are, says that no more will come, and resolves with all that is answered until the other side ends the
 * connection: whatever it makes of the bytes, it has made then.
 */
export async function exchange(port: number, request: string | Buffer): Promise<string> {
  const socket = await openSocket(port);
  socket.end(request);
  return readAll(socket);
}

/** A connection of its own, gone when the test file has ended. */
export async function openSocket(port: number): Promise<Socket> {
  const socket = connect({ host: HOST, port, allowHalfOpen: true });
  atEnd(() => void socket.destroy());
  socket.on('error', () => undefined); // `close` follows, and says enough
  await once(socket, 'connect');
  return socket;
}

/** Everything that comes until the other side ends or breaks the connection. */
export function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
    socket.on('end', () => socket.end()).on('close', () => resolve(answer));
  });
}

/** The status of each answer in what was read; bodies of ours have no such lines. */
export function statusesIn(answer: string): readonly number[] {
  return [...answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
}
