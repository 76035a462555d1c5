import { ErrorReply, type Reply } from '../model/command';
import { collected, recordedInfo } from '../testing/collected';
import { commandlog } from './commandlog';
import { configCommands } from './config-values';
import { learnFacts } from './facts';
import { parseInfo } from '../parse/info';
import { ReplyError, UnexpectedReply } from './replies';

const VALKEY = '# Server\r\nredis_version:7.2.4\r\nvalkey_version:8.1.0\r\nserver_mode:standalone\r\n';
const LENGTHS = { 'COMMANDLOG LEN slow': 3, 'COMMANDLOG LEN large-request': 2, 'COMMANDLOG LEN large-reply': 1 };
const CONFIG = configCommands(learnFacts(parseInfo(VALKEY), 0))
  .map(({ args }) => args.join(' '))
  .join();

const GIVEN = {
  redis_commandlog_slow_length: 3,
  redis_commandlog_large_request_length: 2,
  redis_commandlog_large_reply_length: 1,
};

describe('commandlog', () => {
  it('gives lengths and settings', () => {
    const settings = [
      ...['databases', '16'],
      ...['commandlog-execution-slower-than', '10000'],
      ...['commandlog-slow-execution-max-len', '128'],
      ...['commandlog-request-larger-than', '1048576'],
      ...['commandlog-large-request-max-len', '127'],
      ...['commandlog-reply-larger-than', '-1'],
      ...['commandlog-large-reply-max-len', '126'],
    ];
    expect(collected(commandlog, VALKEY, { ...LENGTHS, [CONFIG]: settings })).toEqual({
      ...GIVEN,
      redis_commandlog_execution_slower_than: 10000,
      redis_commandlog_slow_execution_max_len: 128,
      redis_commandlog_request_larger_than: 1048576,
      redis_commandlog_large_request_max_len: 127,
      redis_commandlog_reply_larger_than: -1,
      redis_commandlog_large_reply_max_len: 126,
    });
  });

  it.each([
    ['is not asked', {}],
    ['is refused', { [CONFIG]: new ErrorReply('NOPERM') }],
  ])('gives lengths where CONFIG %s', (_, config) => {
    expect(collected(commandlog, VALKEY, { ...LENGTHS, ...config })).toEqual(GIVEN);
  });

  it.each<[string, Reply | ErrorReply, new (...args: never[]) => Error]>([
    [
      'a refusal',
      new ErrorReply("NOPERM User monitor has no permissions to run the 'commandlog|len' command"),
      ReplyError,
    ],
    ['a length that is none', '1', UnexpectedReply],
  ])('fails on %s', (_, reply, error) => {
    expect(() => collected(commandlog, VALKEY, { ...LENGTHS, 'COMMANDLOG LEN large-reply': reply })).toThrow(error);
  });

  it.each([
    ['Valkey 9.0', VALKEY.replace('8.1.0', '9.0.0'), GIVEN],
    ['Valkey 8.0', VALKEY.replace('8.1.0', '8.0.9'), {}],
    ['a sentinel of Valkey 8.1', VALKEY.replace('standalone', 'sentinel'), {}],
    ['Redis 8.2', '# Server\r\nredis_version:8.2.0\r\n', {}],
    ['a recorded Valkey 8.0', recordedInfo('valkey-8.0', 'master'), {}],
  ])('%s', (_, info, expected) => {
    expect(collected(commandlog, info, LENGTHS)).toEqual(expected);
  });
});
