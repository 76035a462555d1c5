import { connect } from 'node:net';
import { ErrorReply } from '../model/command';
import { startHostileServer, type HostileServer } from './hostile-server';
import { encodeCommand } from './resp';
import { until } from './wait';

/** Sends PING and reports what comes back and how the connection ends. */
function ping({ host, port }: HostileServer) {
  const seen = { text: '', end: '' };
  const socket = connect({ host, port }).setEncoding('utf8');
  socket.on('data', (text: string) => (seen.text += text));
  socket.on('end', () => (seen.end ||= 'closed'));
  socket.on('error', (error: NodeJS.ErrnoException) => (seen.end = error.code ?? ''));
  socket.write(encodeCommand(['PING']));
  return seen;
}

describe('startHostileServer', () => {
  it.each([
    ['half', /^\$4096\r\n# Server/],
    ['garbage', /^HTTP\/1.1 400/],
    [() => new ErrorReply('LOADING wait'), /^-LOADING wait\r\n$/],
    [([name]: readonly string[]) => [name!, 1], /^\*2\r\n\$4\r\nPING\r\n:1\r\n$/],
  ] as const)('%s: answers and stays', async (behaviour, text) => {
    const server = await startHostileServer(behaviour);
    const seen = ping(server);
    await until(() => text.test(seen.text), `${text} in the answer`);
    expect(seen.end).toBe('');
    expect(server.commands).toEqual([['PING']]);
  });

  it.each([
    ['halfClose', 'closed', /redis_git_$/],
    ['maxClients', 'closed', /^-ERR max number of clients reached\r\n$/],
    ['reset', 'ECONNRESET', /^$/],
  ] as const)('%s: ends the connection', async (behaviour, end, text) => {
    const server = await startHostileServer(behaviour);
    const seen = ping(server);
    await until(() => seen.end, 'the end of the connection');
    expect(seen).toEqual({ text: expect.stringMatching(text) as string, end });
  });

  it('hang: reads and counts, and answers nothing', async () => {
    const server = await startHostileServer('hang');
    const clients = [ping(server), ping(server)];
    await until(() => server.commands.length === 2, 'both commands');
    expect(server.connections).toBe(2);
    server.close();
    await until(() => clients.every(({ end }) => end), 'the connections to end');
    expect(clients.map(({ text }) => text)).toEqual(['', '']);
  });
});
