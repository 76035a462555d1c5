import { collectors } from '../collectors/registry';
import type { ServerFacts } from '../model/server-facts';
import { allowedCommands, assertAllowed } from './allowed-commands';

describe('assertAllowed', () => {
  it.each([
    ['INFO'],
    ['INFO everything'],
    ['AUTH name secret'],
    ['CLIENT SETNAME redis-vitals'],
    ['CONFIG GET maxmemory maxclients'],
    ['SLOWLOG GET 1'],
    ['SENTINEL CKQUORUM cache'],
  ])('lets %s pass', (command) => {
    expect(() => assertAllowed(command.split(' '))).not.toThrow();
  });

  it.each([
    ['', 'the command   is'],
    ['SET key value', 'the command SET key is'],
    ['CONFIG SET maxmemory 1', 'the command CONFIG SET is'],
    ['CONFIG', 'the command CONFIG  is'],
    ['SLOWLOG RESET', 'the command SLOWLOG RESET is'],
    ['SENTINEL FAILOVER cache', 'the command SENTINEL FAILOVER is'],
    ['CLIENT KILL TYPE normal', 'the command CLIENT KILL is'],
    ['info', 'the command info  is'],
    ['toString', 'the command toString  is'],
    ['EVAL return 0', 'the command EVAL return is'],
  ])('refuses %j', (command, start) => {
    expect(() => assertAllowed(command.split(' '))).toThrow(`${start} not on the list of allowed commands`);
  });

  it('has what every collector asks of any server', () => {
    const facts = {
      flavour: 'valkey',
      version: [8, 1, 0],
      redisVersion: [7, 2, 4],
      role: 'master',
      runId: '',
      startTimeSeconds: 0,
      sentinelMasters: ['cache'],
    } as const;
    const kinds: ServerFacts[] = (['standalone', 'cluster', 'sentinel'] as const).map((mode) => ({ ...facts, mode }));
    const asked = kinds.flatMap((kind) => collectors.flatMap((collector) => collector.commands(kind)));
    expect(asked.length).toBeGreaterThan(10);
    for (const { args } of asked) expect(() => assertAllowed(args)).not.toThrow();
  });
});

it('names the commands as ACL rules do', () => {
  expect(allowedCommands).toEqual(expect.arrayContaining(['INFO', 'SLOWLOG LEN', 'CONFIG GET']));
});
