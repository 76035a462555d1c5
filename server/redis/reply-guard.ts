import { Decoder } from 'ioredis/built/resp/decoder';

/** A CLIENT LIST of some 80,000 clients; what a poll asks for is a hundredth of it. */
export const MOST_BYTES = 32 * 2 ** 20;
/** In one reply, those within arrays and the arrays themselves. */
export const MOST_VALUES = 1_000_000;
/** Redis' own bound for a line. */
const LONGEST_LINE = 65_536;

const [CARRIAGE_RETURN, LINE_FEED, ZERO] = [13, 10, 48];
const LINE_END_BYTES = 2;
/** What begins with these characters: a line alone, or one that says how many bytes or values follow. */
const KINDS = { line: '+-:_#,(', bulk: '$=!', array: '*~>', map: '%' } as const;
const KIND_OF = new Map(
  Object.entries(KINDS).flatMap(([kind, starts]) => Array.from(Buffer.from(starts), (byte) => [byte, kind] as const))
);
const NO_LENGTH = 'not RESP: a length is no number';

/** A reply larger than any that is asked for. */
export class ReplyTooLarge extends Error {
  override readonly name = 'ReplyTooLarge';
}

/**
 * Follows the replies of one connection, to refuse by what it announces a reply that memory should not hold: ioredis
 * reads as much as comes, and makes room for as many values as an array says it has.
 */
export class ReplyGuard {
  /** Of a bulk string, its line end included. */
  private bytesToCome = 0;
  /** What has come of a line that is not whole. */
  private line = '';
  /** Of the reply at hand. */
  private valuesToCome = 0;
  private values = 0;
  private bytes = 0;

  /** Throws ReplyTooLarge, or an Error for what is neither RESP2 nor RESP3; of no use afterwards. */
  take(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) at = this.bytesToCome > 0 ? this.skip(chunk, at) : this.read(chunk, at);
  }

  private skip(chunk: Buffer, at: number): number {
    const step = Math.min(this.bytesToCome, chunk.length - at);
    this.bytesToCome -= step;
    if (this.bytesToCome === 0) this.valueEnded();
    return at + step;
  }

  private read(chunk: Buffer, at: number): number {
    const found = chunk.indexOf(LINE_FEED, at);
    const end = found < 0 ? chunk.length : found + 1;
    if (this.line === '' && chunk[found - 1] === CARRIAGE_RETURN && found > at) this.lineEnded(chunk, at, end);
    else this.readPart(chunk.toString('latin1', at, end));
    return end;
  }

  private readPart(text: string): void {
    this.line += text;
    refuseLongLine(this.line.length);
    if (!this.line.endsWith('\r\n')) return;
    const whole = Buffer.from(this.line, 'latin1');
    this.line = '';
    this.lineEnded(whole, 0, whole.length);
  }

  private lineEnded(bytes: Buffer, from: number, to: number): void {
    refuseLongLine(to - from);
    if (this.valuesToCome === 0) this.replyBegins();
    this.grow(to - from);
    const kind = KIND_OF.get(bytes[from] ?? 0);
    if (kind === undefined) throw new Error(`not RESP: a line begins with the byte ${bytes[from]}`);
    if (kind === 'line') {
      this.valueEnded();
      return;
    }
    const count = countOf(bytes, from + 1, to - LINE_END_BYTES);
    if (kind === 'bulk') this.bulkBegins(count);
    else this.arrayBegins(kind === 'map' && count !== undefined ? 2 * count : count);
  }

  private replyBegins(): void {
    this.valuesToCome = this.values = 1;
    this.bytes = 0;
  }

  private bulkBegins(length: number | undefined): void {
    if (length === undefined) {
      this.valueEnded();
      return;
    }
    this.grow(length);
    this.bytesToCome = length + LINE_END_BYTES;
  }

  private arrayBegins(length = 0): void {
    this.values += length;
    if (this.values > MOST_VALUES) throw new ReplyTooLarge(`a reply has more than ${MOST_VALUES} values`);
    this.valuesToCome += length;
    this.valueEnded();
  }

  private grow(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > MOST_BYTES) throw new ReplyTooLarge(`a reply has more than ${MOST_BYTES} bytes`);
  }

  private valueEnded(): void {
    this.valuesToCome--;
  }
}

function refuseLongLine(length: number): void {
  if (length > LONGEST_LINE) throw new ReplyTooLarge(`a line is longer than ${LONGEST_LINE} bytes`);
}

/** The number in these bytes, of a bulk string or an array; undefined: it is null. */
function countOf(bytes: Buffer, from: number, to: number): number | undefined {
  let count = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit >= 0 && digit <= 9) count = count * 10 + digit;
    else if (bytes.toString('latin1', from, to) === '-1') return undefined;
    else throw new Error(NO_LENGTH);
  }
  if (from === to) throw new Error(NO_LENGTH);
  return count;
}

/** Has every connection refuse replies that are too large; such a reply ends it. */
export function guardReplies(): void {
  const guards = new WeakMap<Decoder, ReplyGuard>();
  const prototype = Decoder.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const { write } = prototype;
  prototype.write = function (chunk: Buffer) {
    let guard = guards.get(this);
    if (guard === undefined) guards.set(this, (guard = new ReplyGuard()));
    guard.take(chunk);
    write.call(this, chunk);
  };
}
