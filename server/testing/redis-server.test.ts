import { readFileSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import { makeCertificates } from './certificates';
import { startRedis } from './redis-server';
import { until } from './wait';

describe('startRedis', () => {
  it('starts a server that can be paused, stopped and restarted', async () => {
    const server = await startRedis({ args: ['--maxmemory', '10mb'] });
    expect(await server.command('CONFIG', 'GET', 'maxmemory')).toEqual(['maxmemory', '10485760']);
    await server.command('SET', 'key', 'value');

    server.pause();
    let answered = false;
    const answer = server.command('GET', 'key').finally(() => (answered = true));
    await expect(until(() => answered, 'an answer', 50)).rejects.toThrow('in vain');
    server.resume();
    expect(await answer).toBe('value');

    await server.stop();
    await expect(server.command('PING')).rejects.toThrow('ECONNREFUSED');
    await server.restart();
    expect(await server.command('GET', 'key')).toBeNull();
  });

  it('says why a server did not start', async () => {
    await expect(startRedis({ args: ['--no-such-setting', '1'] })).rejects.toThrow('Bad directive');
  });

  it('rejects a command that is answered with an error', async () => {
    const server = await startRedis();
    await expect(server.command('NOSUCH', 'x')).rejects.toThrow("NOSUCH x: ERR unknown command 'NOSUCH'");
  });

  it('starts a replica and a sentinel of a master with a password', async () => {
    const master = await startRedis({ password: 'two words' });
    expect(master.url).toBe(`redis://:two%20words@127.0.0.1:${master.port}`);
    const replica = await startRedis({ replicaOf: master });
    const sentinel = await startRedis({ sentinel: { cache: master } });

    const replication = async () => String(await replica.command('INFO', 'replication'));
    await until(async () => (await replication()).includes('master_link_status:up'), 'the replica to be in step');
    expect(await sentinel.command('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'cache')).toEqual([
      '127.0.0.1',
      `${master.port}`,
    ]);
    const masters = async () => String(await sentinel.command('INFO', 'sentinel'));
    await until(async () => (await masters()).includes('name=cache,status=ok'), 'the sentinel to reach the master');
  });

  it('starts a cluster node with all slots, also again', async () => {
    const node = await startRedis({ cluster: true });
    await node.restart();
    expect(await node.command('CLUSTER', 'INFO')).toContain('cluster_slots_ok:16384');
  });

  it('knows users', async () => {
    const server = await startRedis({ users: ['monitor on >secret -@all +info +ping'] });
    expect(await server.command('ACL', 'LIST')).toEqual([
      expect.stringMatching(/^user default on nopass/),
      expect.stringMatching(/^user monitor on .* -@all \+(info \+ping|ping \+info)$/),
    ]);
  });

  it('speaks TLS with a certificate of its own CA', async () => {
    const certificates = makeCertificates();
    const server = await startRedis({ tls: certificates });
    expect(server.url).toBe(`rediss://127.0.0.1:${server.port}`);
    const socket = connectTls({ host: server.host, port: server.port, ca: readFileSync(certificates.caFile) });
    socket.write('PING\r\n');
    const [answer] = await new Promise<[Buffer]>((resolve, reject) => {
      socket.once('data', (data) => resolve([data])).once('error', reject);
    });
    socket.destroy();
    expect(answer.toString()).toBe('+PONG\r\n');
  });
});
