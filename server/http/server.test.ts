import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { atEnd } from '../testing/cleanup';
import { until } from '../testing/wait';
import { createServer, type WebServer } from './server';
import { MOST_BODY_BYTES, MOST_OF_ONE } from './under-way';

jest.setTimeout(60_000);
const LONG_MS = 30_000;

const hello: RequestListener = (_request, response) => response.end('hello');
const LOOPBACK = { host: '127.0.0.1', port: 0 };

function create(app: RequestListener = hello): WebServer {
  const server = createServer(app);
  atEnd(() => server.close(0));
  return server;
}

async function ask(port: number, agent: Agent | false = false): Promise<string> {
  const [response] = (await once(get({ port, agent }), 'response')) as [IncomingMessage];
  return Buffer.concat((await response.toArray()) as Buffer[]).toString();
}

describe('listen', () => {
  it('tells where it listens', async () => {
    const { address, port } = await create().listen(LOOPBACK);
    expect(address).toBe('127.0.0.1');
    expect(await ask(port)).toBe('hello');
  });

  it('takes an empty host for all interfaces', async () => {
    const { port } = await create().listen({ host: '', port: 0 });
    expect(await ask(port)).toBe('hello');
  });

  it.each([
    [
      'no address of this machine',
      { host: '192.0.2.1', port: 9121 },
      /192\.0\.2\.1:9121 is no address of this machine/,
    ],
    [
      'an unknown name',
      { host: 'nowhere.invalid', port: 9121 },
      /the host name of nowhere\.invalid:9121 (is unknown|cannot be resolved)/,
    ],
  ])('says what to do about %s', async (_, address, message) => {
    await expect(create().listen(address)).rejects.toThrow(message);
  });

  it('says what to do about an address in use', async () => {
    const { port } = await create().listen(LOOPBACK);
    await expect(create().listen({ host: '127.0.0.1', port })).rejects.toThrow(
      `cannot listen: 127.0.0.1:${port} is in use: stop what listens there, or choose another address with --listen`
    );
  });
});

describe('limits', () => {
  it('refuses headers beyond 16 kB', async () => {
    const { port } = await create().listen(LOOPBACK);
    const [response] = (await once(
      get({ port, agent: false, headers: { filler: 'x'.repeat(17_000) } }),
      'response'
    )) as [IncomingMessage];
    expect(response.statusCode).toBe(431);
  });
});

describe('answers that nobody reads', () => {
  const page = Buffer.alloc(64 * 1024 * 1024, 'x');
  const READERS = 20;

  it('are bounded: others are refused until they are read or given up', async () => {
    const server = create((_request, response) => response.end(page));
    const { port } = await server.listen(LOOPBACK);
    const sockets: Socket[] = [];
    const leave = () => sockets.splice(0).forEach((socket) => socket.destroy());
    atEnd(leave);
    const refused = async () => (await status(port)) === 503;
    for (let reader = 0; reader < READERS && !(await refused()); reader++) {
      const socket = connect(port, '127.0.0.1').pause();
      sockets.push(socket);
      await once(socket, 'connect');
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      await once(socket, 'readable'); // there is some of the answer, and it is left there
    }
    expect(sockets.length).toBeLessThan(READERS);
    expect(await refused()).toBe(true);
    leave();
    await until(async () => !(await refused()), 'an answer to others');
  });

  async function status(port: number): Promise<number | undefined> {
    const [response] = (await once(get({ port, agent: false }), 'response')) as [IncomingMessage];
    response.destroy();
    return response.statusCode;
  }
});

describe('requests that are sent ahead', () => {
  const BODY = 'x'.repeat(256 * 1024);
  const POST = `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

  /** An app that keeps bodies and answers only with `answer`. */
  async function hoarder() {
    const waiting: (() => void)[] = [];
    const server = create((request, response) => {
      waiting.push(() => response.end());
      request.resume();
    });
    const { port } = await server.listen(LOOPBACK);
    const open = async () => {
      const socket = connect(port, '127.0.0.1');
      atEnd(() => void socket.destroy());
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      return socket;
    };
    return { open, waiting, answer: () => waiting.splice(0).forEach((one) => one()) };
  }

  it('are some; a connection with more of them ends', async () => {
    const { open, waiting } = await hoarder();
    const [few, many] = [await open(), await open()];
    few.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(MOST_OF_ONE));
    await until(() => waiting.length === MOST_OF_ONE, 'the requests', LONG_MS);
    many.resume().write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1000));
    await once(many, 'close');
    expect(waiting.length).toBe(2 * MOST_OF_ONE);
    expect(few.destroyed).toBe(false);
  });

  it('have bodies within bounds, of all connections together, until they are answered or gone', async () => {
    const { open, waiting, answer } = await hoarder();
    const most = MOST_BODY_BYTES / BODY.length;
    const isRefused = async () => {
      const socket = await open();
      const before = waiting.length;
      let answered = '';
      socket.setEncoding('latin1').on('data', (text: string) => (answered += text));
      socket.write(POST);
      await until(() => answered !== '' || waiting.length > before, 'an answer or that it waits for one', LONG_MS);
      socket.destroy();
      return answered.startsWith('HTTP/1.1 503 ');
    };
    /** By one connection more than it takes, as requests of before may still be counted. */
    const fill = async () => {
      const sockets = await Promise.all(Array.from({ length: most / MOST_OF_ONE + 1 }, open));
      for (const socket of sockets) socket.resume().write(POST.repeat(MOST_OF_ONE));
      await until(isRefused, 'as many requests as there may be', LONG_MS);
      expect(waiting.length).toBeGreaterThanOrEqual(most - 1);
      return sockets;
    };
    await fill();
    answer();
    await until(async () => !(await isRefused()), 'room after answers');
    answer();
    const sockets = await fill();
    for (const socket of sockets) socket.destroy();
    await until(async () => !(await isRefused()), 'room after clients have gone');
  });
});

describe('connections that are kept for later', () => {
  const MOST = 1024;

  it('make room when there are too many', async () => {
    const server = create();
    const { port } = await server.listen(LOOPBACK);
    const agent = new Agent({ keepAlive: true, maxFreeSockets: MOST });
    atEnd(() => agent.destroy());
    await Promise.all(Array.from({ length: MOST }, () => ask(port, agent)));
    await until(async () => (await ask(port)) === 'hello', 'an answer to who comes later', LONG_MS);
  });
});

describe('close', () => {
  /** An app that answers when it is told to. */
  function waitingApp() {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    let asked = 0;
    const app: RequestListener = (_request, response) => {
      asked++;
      void promise.then(() => response.end('late'));
    };
    return { app, answer: () => resolve(undefined), isAsked: () => asked > 0 };
  }

  it('ends idle connections at once', async () => {
    const server = create();
    const { port } = await server.listen(LOOPBACK);
    const agent = new Agent({ keepAlive: true });
    await ask(port, agent);
    await server.close(60_000);
    await expect(ask(port)).rejects.toThrow('ECONNREFUSED');
  });

  it('lets running requests finish, and then ends their connection', async () => {
    const { app, answer, isAsked } = waitingApp();
    const server = create(app);
    const { port } = await server.listen(LOOPBACK);
    const running = ask(port, new Agent({ keepAlive: true }));
    await until(isAsked, 'the request');
    const closed = server.close(60_000);
    answer();
    expect(await running).toBe('late');
    await closed;
  });

  it('ends what runs longer than the grace', async () => {
    const { app, isAsked } = waitingApp();
    const server = create(app);
    const { port } = await server.listen(LOOPBACK);
    const running = ask(port);
    const failed = expect(running).rejects.toThrow('socket hang up');
    await until(isAsked, 'the request');
    await server.close(1);
    await failed;
  });

  it('may be asked for twice', async () => {
    const server = create();
    await server.listen(LOOPBACK);
    await Promise.all([server.close(0), server.close(0)]);
  });
});
