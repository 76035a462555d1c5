import type { Keys } from './keys';

export type CommandWords = readonly [string, ...string[]];

/** Something that clients do: how often beside the others, and the commands for it. */
interface Deed {
  readonly weight: number;
  readonly isRead: boolean;
  readonly commands: (keys: Keys, random: () => number) => readonly CommandWords[];
}

const SESSIONS = 4_000;
const CARTS = 600;
/** More than fit into memory. */
const PAGES = 12_000;
const FILLED_AT_ONCE = 100;

const read = (weight: number, command: (keys: Keys, random: () => number) => CommandWords): Deed => ({
  weight,
  isRead: true,
  commands: (keys, random) => [command(keys, random)],
});
const write = (weight: number, commands: Deed['commands']): Deed => ({ weight, isRead: false, commands });

/** What a shop asks of its cache. The last ones are mistakes, as programs make them. */
const DEEDS: readonly Deed[] = [
  read(40, (keys) => ['GET', keys.of('session', SESSIONS)]),
  read(5, (keys) => ['MGET', ...keys.some('session', SESSIONS, 4)]),
  read(9, (keys) => ['HGETALL', keys.of('cart', CARTS)]),
  read(4, (keys) => ['HGET', keys.of('cart', CARTS), 'item:1']),
  read(4, (keys) => ['GET', keys.of('page', PAGES)]),
  read(4, (keys) => ['LRANGE', keys.the('recent'), '0', '9']),
  read(4, (keys) => ['ZREVRANGE', keys.the('ranking'), '0', '9', 'WITHSCORES']),
  read(2, (keys) => ['SMEMBERS', keys.the('tags')]),
  read(1, (keys) => ['XREVRANGE', keys.the('orders'), '+', '-', 'COUNT', '5']),
  read(1, (keys) => ['TTL', keys.of('session', SESSIONS)]),
  write(14, (keys, random) => [
    ['SET', keys.of('session', SESSIONS), someText(random, 1000), 'EX', `${some(random, 60, 600)}`],
  ]),
  write(3, (keys, random) => [
    ['SET', keys.of('code', 9999), `${some(random, 1000, 9999)}`, 'EX', `${some(random, 1, 6)}`],
  ]),
  write(5, (keys, random) => [['SET', keys.of('page', PAGES), someText(random, 2000)]]),
  write(5, (keys, random) => {
    const cart = keys.of('cart', CARTS);
    return [
      ['HSET', cart, `item:${some(random, 1, 20)}`, someText(random, 60)],
      ['EXPIRE', cart, '900'],
    ];
  }),
  write(1, (keys) => [['DEL', keys.of('cart', CARTS)]]),
  write(3, (keys) => [['INCR', keys.the('visits')]]),
  write(3, (keys, random) => [['ZINCRBY', keys.the('ranking'), '1', `article:${some(random, 1, 500)}`]]),
  write(2, (keys, random) => [
    ['XADD', keys.the('orders'), 'MAXLEN', '~', '500', '*', 'sum', `${some(random, 1, 900)}`],
  ]),
  write(2, (keys, random) => [
    ['LPUSH', keys.the('recent'), `article:${some(random, 1, 500)}`],
    ['LTRIM', keys.the('recent'), '0', '99'],
  ]),
  write(1.5, (keys, random) => [['LPUSH', keys.the('jobs'), `mail:${some(random, 1, 9999)}`]]),
  write(1, (_, random) => [['PUBLISH', 'news', `article:${some(random, 1, 500)}`]]),
  write(1, (keys, random) => [['SADD', keys.the('tags'), `tag:${some(random, 1, 60)}`]]),
  write(1, (keys) => [['MULTI'], ['INCR', keys.the('sales')], ['EXPIRE', keys.the('sales'), '3600'], ['EXEC']]),
  write(0.1, (keys) => [['LPUSH', keys.the('visits'), 'one']]),
  write(0.1, (keys) => [['INCR', keys.the('ranking')]]),
  write(0.05, () => [['EVALSHA', '0'.repeat(40), '0']]),
  write(0.05, () => [['GETT', 'session:1']]),
];

/** The commands of so many deeds, as they come. */
export function someCommands(count: number, isReadOnly: boolean, keys: Keys, random: () => number): CommandWords[] {
  const deeds = isReadOnly ? DEEDS.filter(({ isRead }) => isRead) : DEEDS;
  const weights = deeds.reduce((sum, { weight }) => sum + weight, 0);
  return Array.from({ length: count }, () => {
    let left = random() * weights;
    const deed = deeds.find(({ weight }) => (left -= weight) < 0);
    return deed?.commands(keys, random) ?? [];
  }).flat();
}

/** What is there before the others come, of keys that do not expire: some MB, the ones asked for most often last. */
export function fillCommands(keys: Keys, random: () => number): readonly CommandWords[] {
  return [
    ...fillWith(keys.all('page', PAGES / 4), 2000, random),
    ...fillWith(keys.all('session', SESSIONS), 1000, random),
  ].toReversed();
}

/** Few commands, so that the servers' figures are soon those of the traffic. */
function fillWith(lists: readonly string[][], mostBytes: number, random: () => number): CommandWords[] {
  return lists.flatMap((list) =>
    Array.from({ length: Math.ceil(list.length / FILLED_AT_ONCE) }, (_, part): CommandWords => {
      const some = list.slice(part * FILLED_AT_ONCE, (part + 1) * FILLED_AT_ONCE);
      return ['MSET', ...some.flatMap((key) => [key, someText(random, mostBytes)])];
    })
  );
}

function some(random: () => number, from: number, to: number): number {
  return from + Math.floor(random() * (to - from));
}

function someText(random: () => number, most: number): string {
  return 'x'.repeat(some(random, most / 10, most));
}
