/** Hash tags tried in a cluster: with so many, each of some nodes has a few in its slots. */
const TAGS = Array.from({ length: 64 }, (_, number) => `{${number.toString(36)}}`);
const MOST_TAGS = 8;

/** Names of keys that a server has: in a cluster each carries a hash tag of a slot of the server. */
export interface Keys {
  /** One of about so many keys that are called so, the first ones most often. */
  of(name: string, among: number): string;
  /** Several of these, all in one slot. */
  some(name: string, among: number, count: number): string[];
  /** All of about so many keys that are called so, in lists of keys that are in one slot. */
  all(name: string, among: number): string[][];
  /** The one key that is called so. */
  the(name: string): string;
}

/** `tags` is empty where there is no cluster. */
export function makeKeys(tags: readonly string[], random: () => number): Keys {
  const someTag = (): string => tags[Math.floor(random() * tags.length)] ?? '';
  const key = (name: string, tag: string, number: number): string => `${name}:${tag && `${tag}:`}${number}`;
  /** With several tags there are as many keys of each number. */
  const numbers = (among: number): number => Math.ceil(among / Math.max(1, tags.length));
  const someNumber = (among: number): number => Math.floor(numbers(among) * random() ** 4);
  return {
    of: (name, among) => key(name, someTag(), someNumber(among)),
    some(name, among, count) {
      const tag = someTag();
      return Array.from({ length: count }, () => key(name, tag, someNumber(among)));
    },
    all: (name, among) =>
      (tags.length === 0 ? [''] : tags).map((tag) =>
        Array.from({ length: numbers(among) }, (_, number) => key(name, tag, number))
      ),
    the: (name) => `${name}${tags[0] === undefined ? '' : `:${tags[0]}`}`,
  };
}

/** Hash tags whose slots a node of a cluster has; `ask` sends it a command. */
export async function findTags(ask: (...args: [string, ...string[]]) => Promise<unknown>): Promise<readonly string[]> {
  const isOurs = ownSlots(String(await ask('CLUSTER', 'NODES')));
  const slots = await Promise.all(TAGS.map((tag) => ask('CLUSTER', 'KEYSLOT', tag)));
  return TAGS.filter((_, at) => isOurs(Number(slots[at]))).slice(0, MOST_TAGS);
}

/** Of the answer to CLUSTER NODES: whether a slot is the asked node's own. */
export function ownSlots(nodes: string): (slot: number) => boolean {
  const line = nodes.split('\n').find((one) => one.split(' ')[2]?.includes('myself')) ?? '';
  const ranges = line
    .split(' ')
    .slice(8)
    .filter((range) => /^\d+(?:-\d+)?$/.test(range))
    .map((range) => range.split('-').map(Number));
  return (slot) => ranges.some(([from = 0, to = from]) => slot >= from && slot <= to);
}
