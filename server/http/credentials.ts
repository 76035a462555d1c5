import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { compare } from 'bcryptjs';
import type { AuthOptions } from './deps';

export type Verdict = 'granted' | 'denied' | 'busy';

const REMEMBERED_HEADERS = 128;
const LONGEST_QUEUE = 8;
/** Of one address: who guesses without end must leave room for others. */
const LONGEST_QUEUE_OF_ONE = 4;

/** A failed comparison is followed by a rest of this many times its length: guessing gets a fifth of the processor. */
const REST = 4;

/** Runs password comparisons one after the other: each occupies the processor for a long while, on purpose. */
export class ComparisonQueue {
  private last: Promise<unknown> = Promise.resolve();
  /** The address of each that waits. */
  private readonly waiting: string[] = [];

  /** Undefined: too many are waiting, of all or of those `from` the same address. */
  run(password: string, hash: string, from: string): Promise<boolean> | undefined {
    const { waiting } = this;
    if (waiting.length >= LONGEST_QUEUE) return undefined;
    if (waiting.filter((address) => address === from).length >= LONGEST_QUEUE_OF_ONE) return undefined;
    waiting.push(from);
    const turn = this.last
      .then(() => timed(compare(password, hash)))
      .finally(() => waiting.splice(waiting.indexOf(from), 1));
    this.last = turn.then(
      ({ same, tookMs }) => (same ? undefined : sleep(REST * tookMs, undefined, { ref: false })),
      () => undefined // whoever waits for this turn is told
    );
    return turn.then(({ same }) => same);
  }
}

async function timed(comparison: Promise<boolean>): Promise<{ same: boolean; tookMs: number }> {
  const startedAt = performance.now();
  return { same: await comparison, tookMs: performance.now() - startedAt };
}

/**
 * Checks Authorization headers against one state of the configuration. A header with a good password is remembered,
 * as a keyed hash, so that a scrape does not pay for bcrypt each time.
 */
export class Credentials {
  readonly options: AuthOptions;
  private readonly queue: ComparisonQueue;
  private readonly tokenDigests: readonly Buffer[];
  private readonly key = randomBytes(32);
  private readonly verified = new Set<string>();

  constructor(options: AuthOptions, queue: ComparisonQueue) {
    this.options = options;
    this.queue = queue;
    this.tokenDigests = options.bearerTokens.map((token) => sha256(token.reveal()));
  }

  /** `from` is the address of who asks. */
  verify(header: string, from: string): Verdict | Promise<Verdict> {
    const [, scheme, value = ''] = /^(basic|bearer) +(\S+)$/i.exec(header) ?? [];
    if (scheme === undefined) return 'denied';
    return scheme.toLowerCase() === 'bearer' ? this.verifyToken(value) : this.verifyPassword(value, from);
  }

  private verifyToken(token: string): Verdict {
    const digest = sha256(token);
    const matching = this.tokenDigests.filter((known) => timingSafeEqual(known, digest));
    return matching.length > 0 ? 'granted' : 'denied';
  }

  private verifyPassword(encoded: string, from: string): Verdict | Promise<Verdict> {
    const fingerprint = createHmac('sha256', this.key).update(encoded).digest('base64');
    if (this.verified.has(fingerprint)) return 'granted';
    const [, user = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
    const hash = this.options.basicAuthUsers.get(user);
    // An unknown user is compared as well: how long it takes must not tell which users there are.
    const [someHash] = this.options.basicAuthUsers.values();
    if (someHash === undefined) return 'denied';
    const comparison = this.queue.run(password, (hash ?? someHash).reveal(), from);
    if (comparison === undefined) return 'busy';
    return comparison.then((same) => {
      if (!same || hash === undefined) return 'denied';
      this.remember(fingerprint);
      return 'granted';
    });
  }

  private remember(fingerprint: string): void {
    const [oldest] = this.verified;
    if (this.verified.size >= REMEMBERED_HEADERS && oldest !== undefined) this.verified.delete(oldest);
    this.verified.add(fingerprint);
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
