import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { atEnd } from '../testing/cleanup';
import { makeTarget } from '../testing/fake-targets';
import { until } from '../testing/wait';
import { Connection } from './connection';

/** A server that gives each client these bytes, whatever it asks, and says with how many of them it is connected. */
async function startServer(bytes: string) {
  let clients = 0;
  const server = createServer((socket) => {
    clients++;
    socket.on('close', () => clients--).on('error', () => socket.destroy());
    socket.once('data', () => socket.write(bytes));
  }).listen(0, '127.0.0.1');
  atEnd(() => void server.close());
  await once(server, 'listening');
  // Safe: a server that listens on TCP has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    target: makeTarget('hostile', { address: { kind: 'tcp', host: '127.0.0.1', port } }),
    clients: () => clients,
  };
}

const SETNAME_OK = '+OK\r\n';

// Jest reports what is thrown where nobody can catch it as a failure of the running test.
describe('a reply nobody asked for ends the connection and nothing else', () => {
  it.each([
    ['null', '$-1\r\n'],
    ['a null array', '*-1\r\n'],
    ['a string', '+surprise\r\n'],
    ['an error', '-ERR surprise\r\n'],
    ['a number', ':1\r\n'],
    ['RESP3 null', '_\r\n'],
    ['a push of null', '>1\r\n$-1\r\n'],
    ['a push of a subscription to null', '>2\r\n$9\r\nsubscribe\r\n$-1\r\n'],
    ['an unknown type', 'HTTP/1.1 400\r\n'],
    ['an array of arrays without end', '*1\r\n'.repeat(100_000)],
  ])('%s', async (_, bytes) => {
    const { target, clients } = await startServer(SETNAME_OK + bytes);
    const connection = await Connection.open(target, new AbortController().signal).catch(() => undefined);
    if (connection !== undefined) atEnd(() => connection.close());
    await connection?.roundTrip([{ args: ['INFO'] }]).catch(() => undefined);
    await until(() => clients() === 0, 'the connection to end', 2000);
    expect(connection?.isOpen ?? false).toBe(false);
  });
});
