import type { Redis } from 'ioredis';
import type { Keys } from './keys';
import type { CommandWords } from './traffic';

const WORDS = 4_000;

interface SlowCommand {
  /** As INFO has it. */
  readonly name: string;
  /** For people. */
  readonly what: string;
  /** How long it takes, about. */
  readonly ms: number;
  readonly command: (keys: Keys, random: () => number) => CommandWords;
}

/** What makes a server slow. */
export const SLOW_COMMANDS: readonly SlowCommand[] = [
  {
    name: 'eval',
    what: 'a long script',
    ms: 60,
    command: (_, random) => ['EVAL', LONG_SCRIPT, '0', `${Math.round(1e6 + 4e6 * random())}`],
  },
  { name: 'keys', what: 'KEYS', ms: 5, command: () => ['KEYS', '*session*9'] },
  { name: 'sort', what: 'SORT', ms: 7, command: (keys) => ['SORT', keys.the('words'), 'ALPHA', 'LIMIT', '0', '10'] },
];
const LONG_SCRIPT = 'local n = 0 for i = 1, tonumber(ARGV[1]) do n = n + i % 7 end return n';

/** Sends all that makes a server slow, one after the other; gives what took how long. Rejects when the server is gone. */
export async function slowDown(redis: Redis, keys: Keys, random: () => number): Promise<string> {
  const words = keys.the('words');
  if ((await redis.call('EXISTS', words)) === 0) {
    const some = Array.from({ length: WORDS }, () => random().toString(36).slice(2, 10));
    await redis.call('RPUSH', words, ...some);
  }
  const took: string[] = [];
  for (const { what, command } of SLOW_COMMANDS) {
    const startedAt = performance.now();
    await redis.call(...command(keys, random));
    took.push(`${what} ${Math.round(performance.now() - startedAt)} ms`);
  }
  return took.join(', ');
}
