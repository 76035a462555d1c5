import { once } from 'node:events';
import { hostname } from 'node:os';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { atEnd, temporaryDirectory } from '../testing/cleanup';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { startHostileServer, type HostileServer } from '../testing/hostile-server';
import { until } from '../testing/wait';

jest.setTimeout(60_000);

/** Something that must not be connected to: a port on all addresses of this machine, and a socket. */
interface Canary {
  readonly port: number;
  readonly socketPath: string;
  readonly connections: () => number;
}

async function startCanary(): Promise<Canary> {
  let connections = 0;
  const listen = async (server: Server, where: object): Promise<Server> => {
    server.on('connection', (socket) => {
      connections++;
      socket.destroy();
    });
    await once(server.listen(where), 'listening');
    atEnd(() => void server.close());
    return server;
  };
  const socketPath = join(temporaryDirectory(), 'canary.sock');
  await listen(createServer(), { path: socketPath });
  // Safe: a server that listens on TCP has an address of this kind.
  const { port } = (await listen(createServer(), { port: 0, host: '::' })).address() as AddressInfo;
  return { port, socketPath, connections: () => connections };
}

/** INFO of a replica, and more, that names another address wherever a server can. */
function seducer(port: number): (command: readonly string[]) => string | string[] {
  const info =
    `# Server\r\nredis_version:7.2.6\r\nredis_mode:cluster\r\ntcp_port:${port}\r\n# Replication\r\nrole:slave\r\n` +
    `master_host:127.0.0.1\r\nmaster_port:${port}\r\nslave0:ip=127.0.0.1,port=${port},state=online,offset=1,lag=0\r\n` +
    `# Cluster\r\ncluster_enabled:1\r\nlocation:http://127.0.0.1:${port}/\r\n`;
  return ([command = '']) => {
    switch (command.toUpperCase()) {
      case 'INFO':
        return info;
      case 'CLUSTER':
        return `07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:${port}@1,localhost master - 0 1 1 connected 0-16383\n`;
      case 'ROLE':
        return ['slave', '127.0.0.1', String(port)];
      default:
        return `-MOVED 0 127.0.0.1:${port}`;
    }
  };
}

let canary: Canary;
let allowed: HostileServer;
let collector: CollectorProcess;

beforeAll(async () => {
  canary = await startCanary();
  allowed = await startHostileServer(seducer(canary.port));
  collector = await startCollector({
    configText: JSON.stringify({
      defaults: { interval: '500ms', timeout: '400ms' },
      scrape: {
        allow: [
          `127.0.0.1:${allowed.port}`,
          'cache-*.example.com:6379',
          '10.0.0.*:6379',
          '127.0.0.*.example.com:*',
          MANY_STARS,
        ],
      },
      targets: [
        { name: 'configured', url: allowed.url },
        // What a user name or password may hold goes to the server as one argument.
        { name: 'lines', url: allowed.url, username: 'a\r\nFLUSHALL', password: 'b\r\n*1\r\n$8\r\nFLUSHALL\r\n' },
      ],
    }),
  });
});

const scrape = (target: string) => collector.get(`/scrape?target=${encodeURIComponent(target)}`);

/** A regular expression would try all ways to share a name among them. */
const MANY_STARS = '*.*.*.*.*.*.*.*.example.com:6379';

/** PORT is that of the canary, SOCKET its path, ALLOWED the port that may be asked on 127.0.0.1. */
const DISGUISES = [
  '127.0.0.1:PORT',
  'localhost:PORT',
  'LOCALHOST:PORT',
  'localhost.:PORT',
  'ip6-localhost:PORT',
  'localhost.localdomain:PORT',
  'vitals.localhost:PORT',
  'HOSTNAME:PORT',
  '0:PORT',
  '0.0.0.0:PORT',
  '00.00.00.00:PORT',
  '127.1:PORT',
  '127.0.1:PORT',
  '127.0.0.1.:PORT',
  '127.0.0.2:PORT',
  '2130706433:PORT',
  '0x7f000001:PORT',
  '0x7f.0.0.1:PORT',
  '0x7f.1:PORT',
  '017700000001:PORT',
  '0177.0.0.1:PORT',
  '127.000.000.001:PORT',
  '4294967296:PORT',
  '[::1]:PORT',
  '[::]:PORT',
  '[0:0:0:0:0:0:0:1]:PORT',
  '[::ffff:127.0.0.1]:PORT',
  '[::ffff:7f00:1]:PORT',
  '[0:0:0:0:0:ffff:127.0.0.1]:PORT',
  '[::127.0.0.1]:PORT',
  '[64:ff9b::127.0.0.1]:PORT',
  '[::1%lo]:PORT',
  '::1:PORT',
  '[127.0.0.1]:PORT',
  '１２７.0.0.1:PORT',
  '127。0。0。1:PORT',
  'ⓛocalhost:PORT',
  'loc\u00adalhost:PORT',
  '%31%32%37.0.0.1:PORT',
  '127.0.0.1%00.example.com:PORT',
  '127.0.0.1:PORT#cache-1.example.com:6379',
  '127.0.0.1:PORT/cache-1.example.com:6379',
  '127.0.0.1:PORT?cache-1.example.com:6379',
  '127.0.0.1:PORT\\@cache-1.example.com:6379',
  '127.0.0.1:PORT cache-1.example.com:6379',
  'cache-1.example.com:6379@127.0.0.1:PORT',
  'cache-1.example.com:6379,127.0.0.1:PORT',
  'cache-1.example.com:6379\r\n127.0.0.1:PORT',
  'cache-1.example.com:6379\x00127.0.0.1:PORT',
  'cache-1.example.com:6379:PORT',
  '127.0.0.1:PORT:6379',
  '127.0.0.1:0PORT',
  '127.0.0.1:+PORT',
  '127.0.0.1:PORT.0',
  '127.0.0.1:ALLOWED@127.0.0.1:PORT',
  '127.0.0.1:ALLOWED\r\n127.0.0.1:PORT',
  'redis://127.0.0.1:PORT',
  'rediss://127.0.0.1:PORT',
  'valkey://127.0.0.1:PORT',
  'redis://127.0.0.1:PORT/0',
  'redis://:x@127.0.0.1:PORT',
  'redis://127.0.0.1:ALLOWED@127.0.0.1:PORT',
  'redis:127.0.0.1:PORT',
  'redis:///127.0.0.1:PORT',
  'http://127.0.0.1:PORT/',
  'https://127.0.0.1:PORT/',
  'gopher://127.0.0.1:PORT/_INFO',
  'dict://127.0.0.1:PORT/INFO',
  'tcp://127.0.0.1:PORT',
  'file://SOCKET',
  'unix://SOCKET',
  'redis-socket://SOCKET',
  'redis+socket://SOCKET',
  'redis+unix://SOCKET',
  'SOCKET',
  './SOCKET',
];

describe('whatever is asked for that is not allowed', () => {
  it.each(DISGUISES)('%j is refused', async (disguise) => {
    const target = disguise
      .replaceAll('PORT', String(canary.port))
      .replaceAll('ALLOWED', String(allowed.port))
      .replaceAll('SOCKET', canary.socketPath)
      .replaceAll('HOSTNAME', hostname());
    const { status, text } = await scrape(target);
    expect([400, 403]).toContain(status);
    expect(text).not.toContain(String(canary.port));
  });

  it.each([
    ['a list', 'target[]=127.0.0.1:PORT'],
    ['two targets', 'target=configured&target=127.0.0.1:PORT'],
    ['an object', 'target[host]=127.0.0.1&target[port]=PORT'],
    ['another parameter', 'target=configured&url=127.0.0.1:PORT&host=127.0.0.1&port=PORT'],
    ['a name twice encoded', 'target=127.0.0.1%253APORT'],
  ])('%s leads nowhere else', async (_, query) => {
    const { status } = await collector.get(`/scrape?${query.replaceAll('PORT', String(canary.port))}`);
    expect(status).toBe(query.startsWith('target=configured&url') ? 200 : query.includes('%25') ? 403 : 400);
  });

  it('takes no time by which pattern it is refused', async () => {
    expect((await scrape(`${'.'.repeat(500)}x`)).status).toBe(403);
  });

  it('is not connected to, nor are the addresses that servers tell of', async () => {
    for (const name of ['configured', `127.0.0.1:${allowed.port}`]) {
      expect((await scrape(name)).text).toMatch(/^redis_up 1$/m);
    }
    for (const table of ['replication', 'cluster', 'info']) {
      expect((await collector.post('/api/v1/table', { table })).status).toBe(200);
    }
    const polls = () => allowed.commands.filter(([name]) => name === 'INFO').length;
    const before = polls();
    await until(() => polls() > before + 2, 'more polls');
    expect(canary.connections()).toBe(0);
  });

  it('the canary tells of connections', async () => {
    const { connect } = await import('node:net');
    const where = [
      { host: '127.0.0.1', port: canary.port },
      { host: '::1', port: canary.port },
    ];
    for (const options of [...where, { path: canary.socketPath }]) {
      const before = canary.connections();
      connect(options).on('error', () => undefined);
      await until(() => canary.connections() > before, 'a connection');
    }
  });
});

describe('what is sent to a server', () => {
  it('is made of our own commands and of credentials in one piece', async () => {
    const names = () => new Set(allowed.commands.map(([name = '']) => name.toUpperCase()));
    await until(() => names().has('AUTH'), 'the credentials');
    for (const text of ['\r\nFLUSHALL\r\n', ' FLUSHALL', '\r\n*1\r\n$8\r\nFLUSHALL\r\n']) {
      expect((await scrape(`127.0.0.1:${allowed.port}${text}`)).status).toBe(403);
      expect((await scrape(`configured${text}`)).status).toBe(403);
      expect((await collector.get(`/targets/${encodeURIComponent(`configured${text}`)}`)).status).toBe(404);
    }
    expect((await scrape('configured')).status).toBe(200);
    const sent = allowed.commands.filter(([name]) => name === 'AUTH');
    expect(new Set(sent.map((args) => JSON.stringify(args)))).toEqual(
      new Set([JSON.stringify(['AUTH', 'a\r\nFLUSHALL', 'b\r\n*1\r\n$8\r\nFLUSHALL\r\n'])])
    );
    expect(names()).not.toContain('FLUSHALL');
  });
});
