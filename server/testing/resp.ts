import { ErrorReply, type Reply } from '../model/command';

/** A command as clients send it: an array of bulk strings. */
export function encodeCommand(args: readonly string[]): string {
  return encodeReply(args);
}

/** A reply in RESP2; every string as a bulk string. */
export function encodeReply(reply: Reply | ErrorReply): string {
  if (reply instanceof ErrorReply) return `-${reply.message}\r\n`;
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'string') return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
  return `*${reply.length}\r\n${reply.map(encodeReply).join('')}`;
}

interface Decoded<T> {
  readonly value: T;
  /** Offset behind it. */
  readonly end: number;
}

/** The RESP2 value that begins at `start`; undefined as long as it is not whole. An error inside an array throws. */
export function decode(bytes: Buffer, start = 0): Decoded<Reply | ErrorReply> | undefined {
  const lineEnd = bytes.indexOf('\r\n', start);
  if (lineEnd < 0) return undefined;
  const line = bytes.toString('utf8', start + 1, lineEnd);
  const end = lineEnd + 2;
  switch (String.fromCharCode(bytes[start]!)) {
    case '+':
      return { value: line, end };
    case '-':
      return { value: new ErrorReply(line), end };
    case ':':
      return { value: Number(line), end };
    case '$':
      return decodeBulk(bytes, end, Number(line));
    case '*':
      return decodeArray(bytes, end, Number(line));
    default:
      throw new Error(`not RESP2: ${JSON.stringify(bytes.toString('utf8', start, lineEnd))}`);
  }
}

function decodeBulk(bytes: Buffer, start: number, length: number): Decoded<string | null> | undefined {
  if (length < 0) return { value: null, end: start };
  const end = start + length;
  return bytes.length < end + 2 ? undefined : { value: bytes.toString('utf8', start, end), end: end + 2 };
}

function decodeArray(bytes: Buffer, start: number, length: number): Decoded<Reply> | undefined {
  if (length < 0) return { value: null, end: start };
  const items: Reply[] = [];
  let end = start;
  while (items.length < length) {
    const item = decode(bytes, end);
    if (item === undefined) return undefined;
    if (item.value instanceof ErrorReply) throw new Error(`an error inside an array: ${item.value.message}`);
    items.push(item.value);
    end = item.end;
  }
  return { value: items, end };
}
