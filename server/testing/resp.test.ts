import { ErrorReply, type Reply } from '../model/command';
import { decode, encodeCommand, encodeReply } from './resp';

const VALUES: [string, Reply | ErrorReply][] = [
  ['$5\r\nhello\r\n', 'hello'],
  ['$0\r\n\r\n', ''],
  ['$5\r\nç\r\nx\r\n', 'ç\r\nx'],
  ['$-1\r\n', null],
  [':-7\r\n', -7],
  ['-NOAUTH Authentication required.\r\n', new ErrorReply('NOAUTH Authentication required.')],
  ['*3\r\n$1\r\na\r\n*1\r\n:1\r\n*0\r\n', ['a', [1], []]],
];

describe('RESP2', () => {
  it.each(VALUES)('reads and writes %j', (text, value) => {
    expect(decode(Buffer.from(text))).toEqual({ value, end: Buffer.byteLength(text) });
    expect(encodeReply(value)).toBe(text);
  });

  it.each(VALUES)('waits for the end of %j', (text) => {
    const bytes = Buffer.from(text);
    for (let length = 0; length < bytes.length; length++) expect(decode(bytes.subarray(0, length))).toBeUndefined();
  });

  it('reads a status reply, and from the middle', () => {
    expect(decode(Buffer.from(':1\r\n+OK\r\n'), 4)).toEqual({ value: 'OK', end: 9 });
  });

  it('writes a command as an array', () => {
    expect(encodeCommand(['PING', 'x'])).toBe('*2\r\n$4\r\nPING\r\n$1\r\nx\r\n');
  });

  it('refuses what is not RESP2', () => {
    expect(() => decode(Buffer.from('HTTP/1.1 400 Bad Request\r\n'))).toThrow('not RESP2: "HTTP/1.1 400 Bad Request"');
  });
});
