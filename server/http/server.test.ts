import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http';
import { atEnd } from '../testing/cleanup';
import { until } from '../testing/wait';
import { createServer, type WebServer } from './server';

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
