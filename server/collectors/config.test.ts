import { ErrorReply, type Reply } from '../model/command';
import { collected } from '../testing/collected';
import { replyCases } from '../testing/replies';
import { config } from './config';
import { configCommands } from './config-values';
import { learnFacts } from './facts';
import { parseInfo } from '../parse/info';
import { ReplyError, UnexpectedReply } from './replies';

function askedOf(info: string): readonly string[] {
  return configCommands(learnFacts(parseInfo(info), 0)).map(({ args }) => args.join(' '));
}

function server(version: string): string {
  return `# Server\r\nredis_version:${version}\r\n`;
}

const ALL_AT_ONCE = askedOf(server('7.0.0'))[0]!;

describe('config', () => {
  it.each(replyCases().filter(({ situation }) => situation === 'master'))('$version', ({ version, info, reply }) => {
    const asked = Object.fromEntries(askedOf(info).map((command) => [command, reply(...command.split(' '))!]));
    expect(collected(config, info, asked)).toEqual({
      redis_config_maxclients: 10000,
      redis_config_maxmemory: 67108864,
      redis_config_repl_backlog_size: version === 'valkey-8.0' ? 10485760 : 1048576,
      ...(version >= 'redis-6' && { redis_config_io_threads: 1 }),
      'redis_config_client_output_buffer_limit_bytes{class="normal",limit="hard"}': 0,
      'redis_config_client_output_buffer_limit_bytes{class="normal",limit="soft"}': 0,
      'redis_config_client_output_buffer_limit_overcome_seconds{class="normal",limit="soft"}': 0,
      'redis_config_client_output_buffer_limit_bytes{class="slave",limit="hard"}': 268435456,
      'redis_config_client_output_buffer_limit_bytes{class="slave",limit="soft"}': 67108864,
      'redis_config_client_output_buffer_limit_overcome_seconds{class="slave",limit="soft"}': 60,
      'redis_config_client_output_buffer_limit_bytes{class="pubsub",limit="hard"}': 33554432,
      'redis_config_client_output_buffer_limit_bytes{class="pubsub",limit="soft"}': 8388608,
      'redis_config_client_output_buffer_limit_overcome_seconds{class="pubsub",limit="soft"}': 60,
    });
  });

  it.each<[string, Reply, Record<string, number>]>([
    ['nothing (some managed services)', [], {}],
    ['what it has', ['maxmemory', '100', 'databases', '16'], { redis_config_maxmemory: 100 }],
    ['no words', ['maxclients', 'tbd', 'client-output-buffer-limit', ''], {}],
  ])('gives of a server that tells %s', (_, reply, expected) => {
    expect(collected(config, server('7.0.0'), { [ALL_AT_ONCE]: reply })).toEqual(expected);
  });

  it('fails when one of several commands is refused (before Redis 7.0)', () => {
    const info = server('6.2.0');
    const replies = Object.fromEntries(askedOf(info).map((command): [string, Reply | ErrorReply] => [command, []]));
    replies['CONFIG GET maxmemory'] = new ErrorReply("ERR unknown command 'CONFIG'");
    expect(() => collected(config, info, replies)).toThrow(ReplyError);
  });

  it('fails on a reply that is no list', () => {
    expect(() => collected(config, server('7.0.0'), { [ALL_AT_ONCE]: 'OK' })).toThrow(UnexpectedReply);
  });

  it('says nothing of a sentinel', () => {
    expect(collected(config, '# Server\r\nredis_mode:sentinel\r\n')).toEqual({});
  });
});
