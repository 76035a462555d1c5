import { replyCases } from '../testing/replies';
import { clientLines, describeFlags, hostOf, isBlocked, parseClient } from './client-list';

const LINE =
  'id=7 addr=10.0.0.7:42276 laddr=10.0.0.1:6379 fd=8 name=web-1 age=70 idle=5 flags=bt db=3 sub=1 psub=2 ssub=3 multi=4 ' +
  'watch=0 qbuf=26 qbuf-free=16360 argv-mem=10 multi-mem=0 rbs=1032 rbp=1032 obl=11 oll=12 omem=13 tot-mem=18226 ' +
  'events=r cmd=client|list user=app redir=-1 resp=2 lib-name=redis-py lib-ver=5.0.1';

describe('parseClient', () => {
  it('reads a line of a new server', () => {
    expect(parseClient(LINE)).toEqual({
      id: 7,
      address: '10.0.0.7:42276',
      name: 'web-1',
      libraryName: 'redis-py',
      libraryVersion: '5.0.1',
      user: 'app',
      db: 3,
      ageSeconds: 70,
      idleSeconds: 5,
      command: 'client|list',
      flags: 'bt',
      subscriptions: 1,
      patternSubscriptions: 2,
      shardSubscriptions: 3,
      queuedCommands: 4,
      queryBufferBytes: 26,
      outputBufferBytes: 11,
      outputListLength: 12,
      outputMemoryBytes: 13,
      totalMemoryBytes: 18226,
    });
  });

  it('leaves undefined what an old server does not tell', () => {
    const { libraryName, user, totalMemoryBytes, shardSubscriptions, ...known } = parseClient(
      'addr=127.0.0.1:1 fd=6 name= age=3 idle=0 flags=N db=0 sub=0 psub=0 multi=-1 qbuf=0 qbuf-free=0 obl=0 oll=0 omem=0 events=r cmd=get'
    );
    expect([libraryName, user, totalMemoryBytes, shardSubscriptions]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(known).toMatchObject({ id: undefined, name: '', queuedCommands: -1, command: 'get' });
  });

  it.each([
    [
      'a path with a space',
      'id=1 addr=/var/run/my redis.sock:0 fd=8 name=x',
      { address: '/var/run/my redis.sock:0', name: 'x' },
    ],
    ['an IPv6 address', 'id=1 addr=[fe80::1%eth0]:50000 fd=8', { address: '[fe80::1%eth0]:50000' }],
    ['an equals sign in a name', 'id=1 name=a=b=c age=2', { name: 'a=b=c', ageSeconds: 2 }],
    ['no command yet', 'id=1 cmd=NULL', { command: '' }],
    ['a carriage return', 'id=1 cmd=get\r', { command: 'get' }],
    ['nothing', '', { id: undefined, address: '', command: '' }],
  ])('understands %s', (_, line, expected) => {
    expect(parseClient(line)).toMatchObject(expected);
  });

  const recorded = replyCases().flatMap(({ version, situation, reply }) => {
    const text = reply('CLIENT', 'LIST');
    return typeof text === 'string' ? [{ version, situation, text }] : [];
  });

  it('is tried with all versions', () => {
    expect(new Set(recorded.map(({ version }) => version)).size).toBe(8);
  });

  it.each(recorded)('reads every line of $version $situation', ({ text }) => {
    const clients = Array.from(clientLines(text), parseClient);
    expect(clients).toHaveLength(text.split('\n').filter((line) => line !== '').length);
    for (const client of clients) {
      expect(client.id).toBeGreaterThan(0);
      expect(client.address).toMatch(/^127\.0\.0\.1:\d+$/);
      expect(client.command).toMatch(/^[a-z|]*$/);
      expect(client.outputMemoryBytes).toBeGreaterThanOrEqual(0);
    }
  });
});

it.each([
  ['', []],
  ['\n', []],
  ['id=1\nid=2\n', ['id=1', 'id=2']],
  ['id=1\n\nid=2', ['id=1', 'id=2']],
])('the lines of %j', (text, lines) => {
  expect([...clientLines(text)]).toEqual(lines);
});

describe('flags', () => {
  it.each([
    ['N', []],
    ['b', ['blocked']],
    ['xU', ['in a transaction', 'Unix socket']],
    ['P?', ['subscriber', '?']],
    ['', []],
  ])('%j are %j', (flags, words) => {
    expect(describeFlags(flags)).toEqual(words);
  });

  it.each([
    ['b', true],
    ['tb', true],
    ['u', false],
    ['N', false],
  ])('%j: blocked is %s', (flags, expected) => {
    expect(isBlocked(parseClient(`id=1 flags=${flags}`))).toBe(expected);
  });
});

it.each([
  ['10.0.0.7:42276', '10.0.0.7'],
  ['[fe80::1]:42276', 'fe80::1'],
  ['/run/redis.sock:0', '/run/redis.sock'],
  ['', ''],
])('the host of %j is %j', (address, host) => {
  expect(hostOf(address)).toBe(host);
});
