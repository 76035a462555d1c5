import { allowedCommands, assertAllowed } from './allowed-commands';

describe('assertAllowed', () => {
  it.each([
    ['INFO'],
    ['INFO everything'],
    ['AUTH name secret'],
    ['CLIENT SETNAME redis-vitals'],
    ['CONFIG GET maxmemory maxclients'],
    ['SLOWLOG GET 1'],
    ['CLIENT LIST'],
    ['CLUSTER NODES'],
    ['COMMANDLOG GET 128 slow'],
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
});

it('names the commands as ACL rules do', () => {
  expect(allowedCommands).toEqual(expect.arrayContaining(['INFO', 'SLOWLOG LEN', 'CONFIG GET']));
});
