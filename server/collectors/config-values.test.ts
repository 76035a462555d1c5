import { configCommands } from './config-values';
import { learnFacts } from './facts';
import { parseInfo } from '../parse/info';

const KEYS = ['databases', 'maxclients', 'maxmemory', 'io-threads', 'repl-backlog-size', 'client-output-buffer-limit'];
const COMMANDLOG_KEYS = [
  'commandlog-execution-slower-than',
  'commandlog-slow-execution-max-len',
  'commandlog-request-larger-than',
  'commandlog-large-request-max-len',
  'commandlog-reply-larger-than',
  'commandlog-large-reply-max-len',
];

function commandsOf(...fields: readonly string[]) {
  return configCommands(learnFacts(parseInfo(['# Server', ...fields, ''].join('\r\n')), 0));
}

describe('configCommands', () => {
  it.each([
    ['one command from Redis 7.0 on', ['redis_version:7.0.0'], [KEYS]],
    ['one for each setting before', ['redis_version:6.2.16'], KEYS.map((key) => [key])],
    ['one for each setting of KeyDB', ['redis_version:6.3.4', 'server_threads:2'], KEYS.map((key) => [key])],
    ['none of Valkey 8.0 for COMMANDLOG', ['redis_version:7.2.4', 'valkey_version:8.0.1'], [KEYS]],
    ['those of COMMANDLOG, too', ['redis_version:7.2.4', 'valkey_version:8.1.0'], [[...KEYS, ...COMMANDLOG_KEYS]]],
    ['nothing of a sentinel', ['redis_version:7.2.0', 'redis_mode:sentinel'], []],
  ])('asks %s', (_, fields, asked) => {
    expect(commandsOf(...fields).map(({ args }) => args)).toEqual(asked.map((keys) => ['CONFIG', 'GET', ...keys]));
  });

  it('asks once a minute', () => {
    expect(commandsOf('redis_version:7.0.0')).toEqual([expect.objectContaining({ refreshMs: 60_000 })]);
  });
});
