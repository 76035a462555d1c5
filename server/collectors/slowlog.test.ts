import { ErrorReply, type Reply } from '../model/command';
import { collected } from '../testing/collected';
import { replyCases } from '../testing/replies';
import { ReplyError, UnexpectedReply } from './replies';
import { slowlog } from './slowlog';

function of(length: Reply | ErrorReply, newest: Reply | ErrorReply, mode = 'standalone') {
  const info = `# Server\r\nredis_mode:${mode}\r\n`;
  return collected(slowlog, info, { 'SLOWLOG LEN': length, 'SLOWLOG GET 1': newest });
}

function gives(length: number, id: number, seconds: number) {
  return {
    redis_slowlog_length: length,
    redis_slowlog_last_id: id,
    redis_last_slow_execution_duration_seconds: seconds,
  };
}

describe('slowlog', () => {
  it.each([
    ['an empty log', 0, [], gives(0, 0, 0)],
    ['an entry before Redis 4.0', 6, [[5, 1795164062, 60021, ['DEBUG', 'SLEEP', '0.06']]], gives(6, 5, 0.060021)],
    ['an entry from Redis 4.0 on', 1, [[9, 1795164062, 3, ['GET', 'x'], '127.0.0.1:1', 'me']], gives(1, 9, 0.000003)],
    ['the first entry ever', 1, [[0, 1795164062, 12000, ['GET', 'x']]], gives(1, 0, 0.012)],
  ])('gives %s', (_, length, newest, expected) => {
    expect(of(length, newest)).toEqual(expected);
  });

  it.each(replyCases().filter(({ situation }) => situation === 'master'))('$version', ({ info, reply }) => {
    const replies = { 'SLOWLOG LEN': reply('SLOWLOG', 'LEN')!, 'SLOWLOG GET 1': reply('SLOWLOG', 'GET', '1')! };
    const found = collected(slowlog, info, replies);
    const length = found['redis_slowlog_length']!;
    const seconds = found['redis_last_slow_execution_duration_seconds']!;
    // The log was never emptied: ids count from 0.
    expect(found).toEqual(gives(length, length - 1, seconds));
    expect(seconds).toBeGreaterThan(0);
  });

  it.each([
    ['a refused LEN', new ErrorReply('NOPERM'), [], ReplyError],
    ['a refused GET', 0, new ErrorReply('NOPERM'), ReplyError],
    ['a length that is none', '0', [], UnexpectedReply],
    ['entries that are none', 1, ['x'], UnexpectedReply],
    ['an entry without a duration', 1, [[5, 1795164062]], UnexpectedReply],
  ])('fails on %s', (_, length, newest, error) => {
    expect(() => of(length, newest)).toThrow(error);
  });

  it('says nothing of a sentinel', () => {
    expect(of(0, [], 'sentinel')).toEqual({});
  });
});
