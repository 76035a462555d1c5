import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { exchange, statusesIn } from '../testing/raw-http';

jest.setTimeout(60_000);

const CRLF = '\r\n';
const HOST = 'Host: localhost';
/** What an attacker hides in another request; the log tells when it was executed. */
const HIDDEN = lines('POST /-/reload HTTP/1.1', HOST, 'Content-Length: 0', '', '');
const LENGTH = `Content-Length: ${HIDDEN.length}`;
const CHUNKED = 'Transfer-Encoding: chunked';
const NO_CHUNKS = ['0', '', ''];

function lines(...all: readonly string[]): string {
  return all.join(CRLF);
}

/** A request with a body, as these are its further headers, and what follows its head. */
function post(headers: readonly string[], ...rest: readonly string[]): string {
  return lines('POST /api/v1/query HTTP/1.1', HOST, ...headers, '', ...rest);
}

function get(path: string, headers: readonly string[] = [HOST], version = '1.1'): string {
  return lines(`GET ${path} HTTP/${version}`, ...headers, '', '');
}

let collector: CollectorProcess;

beforeAll(async () => {
  collector = await startCollector({ configText: JSON.stringify({ targets: [{ name: 'a', url: '127.0.0.1:1' }] }) });
});

/** The statuses of what is answered to these bytes, and how often the hidden request was executed. */
async function send(bytes: string): Promise<{ statuses: readonly number[]; reloads: number }> {
  const reloads = () => collector.output().split('"the configuration was reloaded"').length;
  const before = reloads();
  const answer = await exchange(Number(new URL(collector.url).port), Buffer.from(bytes, 'latin1'));
  await collector.get('/health'); // what it has logged has been written by then
  return { statuses: statusesIn(answer), reloads: reloads() - before };
}

describe('two requests that are two', () => {
  it.each([
    ['one behind the other', get('/health') + HIDDEN, [200, 200]],
    [
      'one behind a body without a length',
      lines('POST /-/reload HTTP/1.1', HOST, CHUNKED, '', ...NO_CHUNKS) + HIDDEN,
      [411],
    ],
  ])('are both executed: %s', async (_, bytes, statuses) => {
    expect(await send(bytes)).toEqual({ statuses, reloads: 1 });
  });
});

describe('a request whose end is not clear is refused whole', () => {
  it.each([
    ['a length and chunks', post(['Content-Length: 5', CHUNKED], ...NO_CHUNKS)],
    ['chunks and a length', post([CHUNKED, 'Content-Length: 5'], ...NO_CHUNKS)],
    ['two lengths', post(['Content-Length: 0', LENGTH], '')],
    ['the same length twice', post([LENGTH, LENGTH], '')],
    ['a list of lengths', post([`${LENGTH}, ${HIDDEN.length}`], '')],
    ['a length with a plus', post([`Content-Length: +${HIDDEN.length}`], '')],
    ['a negative length', post(['Content-Length: -1'], '')],
    ['a hexadecimal length', post([`Content-Length: 0x${HIDDEN.length.toString(16)}`], '')],
    ['a length beyond all numbers', post(['Content-Length: 99999999999999999999999'], '')],
    ['a blank before the colon of the length', post([LENGTH.replace(':', ' :')], '')],
    ['a blank before the colon of the encoding', post([CHUNKED.replace(':', ' :')], ...NO_CHUNKS)],
    ['an encoding behind chunked', post([`${CHUNKED}, identity`], ...NO_CHUNKS)],
    ['an unknown encoding', post(['Transfer-Encoding: xchunked'], ...NO_CHUNKS)],
    ['two encodings', post([CHUNKED, 'Transfer-Encoding: identity'], ...NO_CHUNKS)],
    ['an encoding behind a control character', post(['Transfer-Encoding: \x0bchunked'], ...NO_CHUNKS)],
    ['chunks in HTTP/1.0', post([CHUNKED], ...NO_CHUNKS).replace('1.1', '1.0')],
    ['a header that goes on in the next line', post(['X: a', ` ${LENGTH}`], '')],
    ['an encoding that goes on in the next line', post(['Transfer-Encoding:', ' chunked'], ...NO_CHUNKS)],
    ['a blank before the first header', lines('GET /health HTTP/1.1', ' X: a', HOST, '', '')],
    ['a line without a colon', get('/health', [HOST, 'X'])],
    ['a NUL in a header', get('/health', [HOST, 'X: a\0b'])],
    ['line feeds alone', `POST /api/v1/query HTTP/1.1\n${HOST}\nContent-Length: 0\n\n`],
    ['a line feed in a header', get('/health', [`X: a\n${LENGTH}`, HOST])],
    ['a carriage return in a header', get('/health', [`X: a\r${LENGTH}`, HOST])],
    ['carriage returns alone', `GET /health HTTP/1.1\r${HOST}\r\r`],
    ['a line feed in a chunk extension', post([CHUNKED], '0;a=b\nxx', '', '')],
    ['line feeds behind chunks', post([CHUNKED], '2\n{}\n0\n\n')],
    ['a negative chunk', post([CHUNKED], '-1', '{}', ...NO_CHUNKS)],
    ['a chunk beyond all numbers', post([CHUNKED], 'fffffffffffffffff', '{}', ...NO_CHUNKS)],
    ['a chunk size with a prefix', post([CHUNKED], '0x2', '{}', ...NO_CHUNKS)],
    ['a length behind the chunks', post([CHUNKED], '0', 'Content-Length: 5', '', '')],
    ['HTTP/0.9', `GET /health${CRLF}`],
    ['HTTP/1.2', get('/health', [HOST], '1.2')],
    ['HTTP/2', `PRI * HTTP/2.0${CRLF}${CRLF}SM${CRLF}${CRLF}`],
    ['a blank before the method', ` ${get('/health')}`],
    ['a blank in the address', get('/health x')],
    ['a NUL in the address', get('/hea\0lth')],
    ['a byte beyond ASCII in the address', get('/health\xff')],
  ])('%s', async (_, bytes) => {
    expect(await send(bytes + HIDDEN)).toEqual({ statuses: [400], reloads: 0 });
  });

  it('one without a host', async () => {
    expect(await send(get('/health', []))).toEqual({ statuses: [400], reloads: 0 });
  });

  it('an extension of a chunk that does not end', async () => {
    const bytes = post([CHUNKED], `2;${'a'.repeat(40_000)}`, '{}', ...NO_CHUNKS);
    expect(await send(bytes + HIDDEN)).toEqual({ statuses: [413], reloads: 0 });
  });
});

describe('a body is not taken for a request', () => {
  it.each([
    ['of a GET', lines('GET /sd HTTP/1.1', HOST, LENGTH, '', HIDDEN), [200]],
    [
      'of a GET in chunks',
      lines('GET /health HTTP/1.1', HOST, CHUNKED, '', HIDDEN.length.toString(16), HIDDEN, ...NO_CHUNKS),
      [411],
    ],
    ['of a HEAD', lines('HEAD /health HTTP/1.1', HOST, LENGTH, '', HIDDEN), [200]],
    ['of a request that is refused', lines('PUT /metrics HTTP/1.1', HOST, LENGTH, '', HIDDEN), [405]],
    ['of nothing', lines('POST /nowhere HTTP/1.1', HOST, LENGTH, '', HIDDEN), [404]],
    [
      'that waits for 100 Continue in vain',
      lines('GET /health HTTP/1.1', HOST, 'Expect: 200-ok', LENGTH, '', HIDDEN),
      [417],
    ],
    ['behind an upgrade', get('/health', [HOST, 'Connection: Upgrade', 'Upgrade: h2c', LENGTH]) + HIDDEN, [200]],
    ['behind CONNECT', lines('CONNECT 127.0.0.1:1 HTTP/1.1', HOST, '', '') + HIDDEN, []],
  ])('%s', async (_, bytes, statuses) => {
    expect(await send(bytes)).toEqual({ statuses, reloads: 0 });
  });
});

describe('no address makes a proxy of it', () => {
  it.each([
    ['the address of another host', 'GET http://elsewhere.example/health HTTP/1.1', [200]],
    ['the address of another scheme', 'GET ftp://127.0.0.1:1/health HTTP/1.1', [200]],
    ['a star', 'OPTIONS * HTTP/1.1', [404]],
    ['a host alone', 'GET 127.0.0.1:1 HTTP/1.1', [400]],
  ])('%s', async (_, start, statuses) => {
    expect(await send(lines(start, HOST, '', ''))).toEqual({ statuses, reloads: 0 });
  });
});
