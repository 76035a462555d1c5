import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { ErrorReply } from '../model/command';
import { atEnd } from '../testing/cleanup';
import { makeTarget } from '../testing/fake-targets';
import { randomInteger, randomNumbers } from '../testing/random';
import { encodeReply } from '../testing/resp';
import { Connection } from './connection';
import { MOST_BYTES, MOST_VALUES, ReplyGuard, ReplyTooLarge } from './reply-guard';

/** What it throws of `text`, given in pieces; undefined: nothing. */
function refusalOf(text: string, pieces: (bytes: Buffer) => readonly Buffer[] = (bytes) => [bytes]): unknown {
  const guard = new ReplyGuard();
  try {
    for (const piece of pieces(Buffer.from(text))) guard.take(piece);
    return undefined;
  } catch (error) {
    return error;
  }
}

const CUTS: Readonly<Record<string, (bytes: Buffer) => readonly Buffer[]>> = {
  'in one piece': (bytes) => [bytes],
  'byte by byte': (bytes) => Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)),
  'in pieces of any length': (bytes) => {
    const random = randomNumbers(1);
    const pieces: Buffer[] = [];
    for (let at = 0; at < bytes.length;) pieces.push(bytes.subarray(at, (at += 1 + randomInteger(random, 9))));
    return pieces;
  },
};
const REPLIES = [
  'OK\r\n*9999999\r\n$99999999999\r\n', // text of a bulk string means nothing
  '',
  null,
  -7,
  new ErrorReply('ERR no such\nthing'),
  [],
  [['a', [1, null]], [], 'çé', [[[]]]],
];

const RESP3 = '%2\r\n+a\r\n_\r\n$1\r\nb\r\n~2\r\n#t\r\n,1.5\r\n>2\r\n(12\r\n=5\r\ntxt:a\r\n!3\r\nERR\r\n';

describe.each(Object.entries(CUTS))('replies that come %s', (_, cut) => {
  it('are followed from one to the next', () => {
    const text = REPLIES.map(encodeReply).join('');
    expect(refusalOf(`+OK\r\n${text}*-1\r\n${text}`, cut)).toBeUndefined();
    expect(refusalOf(`${RESP3}${text}${RESP3}$99999999\r\n`, cut)).toBeInstanceOf(ReplyTooLarge);
    expect(refusalOf(`${RESP3}${text}${RESP3}`, cut)).toBeUndefined();
  });

  it.each([
    ['a bulk string beyond all bounds', `$${MOST_BYTES}\r\n`, 'bytes'],
    ['values beyond all bounds', `*${MOST_VALUES}\r\n`, 'values'],
    ['arrays in arrays', '*900000\r\n*900000\r\n', 'values'],
    ['a map of pairs', '%600000\r\n', 'values'],
    ['a number nobody can hold', '*99999999999999999999999\r\n', 'values'],
  ])('are refused as soon as they announce too much: %s', (_what, text, of) => {
    const refusal = refusalOf(`+OK\r\n${text}`, cut);
    expect(refusal).toBeInstanceOf(ReplyTooLarge);
    expect((refusal as Error).message).toMatch(new RegExp(`^a reply has more than \\d+ ${of}$`));
  });

  it.each([
    ['another protocol', 'HTTP/1.1 400 Bad Request\r\n', 'the byte 72'],
    ['a type nobody has', '|1\r\n+a\r\n+b\r\n', 'the byte 124'],
    ['a length that is no number', '$1x\r\n', 'a length is no number'],
    ['a negative length', '*-2\r\n', 'a length is no number'],
    ['no length', '$\r\n', 'a length is no number'],
    ['a bulk string that is longer than it says', '$1\r\nabcdef\r\n', 'the byte 100'],
    ['nothing', '\r\n', 'the byte 13'],
  ])('are refused when they are no RESP: %s', (_what, text, message) => {
    expect((refusalOf(text, cut) as Error).message).toMatch(new RegExp(`^not RESP: .*${message}`));
  });
});

const LONG_ERROR = `-ERR ${'x'.repeat(70_000)}\r\n`;

it('a line without an end is refused', () => {
  expect(refusalOf(LONG_ERROR)).toBeInstanceOf(ReplyTooLarge);
  expect(refusalOf(LONG_ERROR.slice(0, -2), CUTS['in pieces of any length'])).toBeInstanceOf(ReplyTooLarge);
});

it('bytes count for one reply only', () => {
  const guard = new ReplyGuard();
  const piece = Buffer.alloc(2 ** 20, '.');
  const bulk = (): void => {
    guard.take(Buffer.from(`$${20 * piece.length}\r\n`));
    for (let count = 0; count < 20; count++) guard.take(piece);
    guard.take(Buffer.from('\r\n'));
  };
  bulk();
  bulk();
  guard.take(Buffer.from('*2\r\n'));
  bulk();
  expect(bulk).toThrow(ReplyTooLarge);
});

describe('a connection to a server that announces too much', () => {
  it.each([
    ['a hundred megabytes', '$104857600\r\n'],
    ['arrays of thirty million values each', '*33000000\r\n'.repeat(50)],
  ])('%s: ends, says so, and takes no memory', async (_, bytes) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy()).once('data', () => socket.write(`+OK\r\n${bytes}`));
    }).listen(0, '127.0.0.1');
    atEnd(() => void server.close());
    await once(server, 'listening');
    // Safe: a server that listens on TCP has an address of this kind.
    const { port } = server.address() as AddressInfo;
    const target = makeTarget('large', { address: { kind: 'tcp', host: '127.0.0.1', port } });
    const before = process.memoryUsage.rss();
    const asked = Connection.open(target, new AbortController().signal).then(async (connection) => {
      atEnd(() => connection.close());
      await connection.roundTrip([{ args: ['INFO'] }]);
    });
    await expect(asked).rejects.toMatchObject({
      code: 'protocol',
      message: `127.0.0.1:${port}: a reply is larger than 32 MiB or has more than 1,000,000 values: check what answers there`,
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 2 ** 20);
  });
});
