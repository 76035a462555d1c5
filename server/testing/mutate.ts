import { randomInteger } from './random';

type Random = () => number;

/** What a number, a name or a value of INFO may turn into. */
// prettier-ignore
const ODD_WORDS = [
  '', ' ', '-', '0', '-1', '1.5', '1e400', '-0', '00', '0x10', '1,5', '99999999999999999999999', 'NaN', 'inf', '-inf',
  'true', 'null', '__proto__', 'constructor', 'toString', 'a b', 'a"b', 'a\\b', 'a\nb', 'é', '\u{1f4a9}', '\0', '\u007f',
  '=', ',', ':', '=,=', 'a=1', 'a=1,a=2', 'keys=1,expires=', '#', '# Server', '{}', '{x="y"}', 'x'.repeat(5_000),
];

const pick = <T>(random: Random, from: readonly T[]): T => from[randomInteger(random, from.length)]!;

/** Changes a text of `name:value` lines in one to six places, as no server would but a broken one. */
export function mutateText(text: string, random: Random): string {
  let lines = text.split('\r\n');
  for (let changes = 1 + randomInteger(random, 6); changes > 0; changes--)
    lines = pick(random, LINE_CHANGES)(lines, random);
  return lines.join(random() < 0.05 ? '\n' : '\r\n');
}

type LineChange = (lines: readonly string[], random: Random) => string[];

const LINE_CHANGES: readonly LineChange[] = [
  (lines, random) => (lines.length < 2 ? [...lines] : lines.toSpliced(randomInteger(random, lines.length), 1)),
  (lines, random) => lines.toSpliced(randomInteger(random, lines.length), 0, pick(random, lines)),
  (lines, random) => lines.toSpliced(randomInteger(random, lines.length), 0, pick(random, ODD_WORDS)),
  (lines, random) => lines.slice(0, 1 + randomInteger(random, lines.length)),
  (lines) => [...lines, ...lines],
  // Three times as likely as the others, for it is what reaches the parsers.
  ...Array<LineChange>(3).fill((lines, random) => {
    const at = randomInteger(random, lines.length);
    return lines.with(at, mutateLine(lines[at]!, random));
  }),
];

/** Puts something odd where a word or a number is, or makes a mess of its signs. */
function mutateLine(line: string, random: Random): string {
  const words = [...line.matchAll(/[^:=,]+/g)];
  if (words.length === 0) return pick(random, ODD_WORDS);
  const word = pick(random, words);
  const odd = random() < 0.2 ? pick(random, [':', '=', ',', ',,']) : pick(random, ODD_WORDS);
  return line.slice(0, word.index) + odd + line.slice(word.index + word[0].length);
}

/** Changes one to eight bytes, or cuts, repeats or inserts some. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  let changed: Buffer = Buffer.from(bytes);
  for (let changes = 1 + randomInteger(random, 8); changes > 0; changes--)
    changed = pick(random, BYTE_CHANGES)(changed, random);
  return changed;
}

type ByteChange = (bytes: Buffer, random: Random) => Buffer;

// prettier-ignore
const TOKENS = [
  '\r\n', '$-1\r\n', '*-1\r\n', '$99999999\r\n', '*5\r\n', '*99999999\r\n', '+OK\r\n', '-ERR x\r\n', ':1\r\n', '%1\r\n', '_\r\n',
];

const BYTE_CHANGES: readonly ByteChange[] = [
  (bytes, random) => {
    if (bytes.length > 0) bytes[randomInteger(random, bytes.length)] = randomInteger(random, 256);
    return bytes;
  },
  (bytes, random) => insert(bytes, random, Buffer.from(pick(random, TOKENS))),
  // Where the types and lengths of replies are.
  (bytes, random) => {
    const heads = [...bytes.toString('latin1').matchAll(/^[$*:+-]-?\d*/gm)];
    if (heads.length === 0) return bytes;
    const { index } = pick(random, heads);
    bytes[index + randomInteger(random, 2)] = pick(random, [...Buffer.from('$*:+-019x_%')]);
    return bytes;
  },
  (bytes, random) => bytes.subarray(0, randomInteger(random, bytes.length + 1)),
  (bytes, random) => {
    const from = randomInteger(random, bytes.length + 1);
    return insert(bytes, random, bytes.subarray(from, from + randomInteger(random, 64)));
  },
];

function insert(bytes: Buffer, random: Random, more: Buffer): Buffer {
  const at = randomInteger(random, bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
}
