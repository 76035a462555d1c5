import type { ArgumentsKept } from '../model/arguments-kept';
import { describeCommand } from './describe-command';

const words = (text: string): string[] => text.split(' ');

describe('describeCommand', () => {
  it.each([
    ['GET user:17', 'get', 'user:*', 'user:17', 'user:17'],
    ['SET user:17 hunter2 EX 60', 'set', 'user:*', 'user:17', 'user:17 hunter2 EX 60'],
    ['MSET a:1 x a:2 y b z', 'mset', 'a:* b', 'a:1 a:2 b', 'a:1 x a:2 y b z'],
    ['BLPOP jobs:1 jobs:2 30', 'blpop', 'jobs:*', 'jobs:1 jobs:2', 'jobs:1 jobs:2 30'],
    ['RENAME old:1 new:1', 'rename', 'old:* new:*', 'old:1 new:1', 'old:1 new:1'],
    ['OBJECT ENCODING user:1', 'object|encoding', 'user:*', 'user:1', 'user:1'],
    ['ZUNIONSTORE out 2 a:1 b:1 WEIGHTS 1 2', 'zunionstore', 'out a:* b:*', 'out a:1 b:1', 'out 2 a:1 b:1 WEIGHTS 1 2'],
    ['BLMPOP 0 2 a:1 b:1 LEFT', 'blmpop', 'a:* b:*', 'a:1 b:1', '0 2 a:1 b:1 LEFT'],
    ['XREAD COUNT 1 STREAMS s:1 s:2 0-0 $', 'xread', 's:*', 's:1 s:2', 'COUNT 1 STREAMS s:1 s:2 0-0 $'],
    ['XREADGROUP GROUP streams me STREAMS s:1 >', 'xreadgroup', 's:*', 's:1', 'GROUP streams me STREAMS s:1 >'],
    ['BITOP AND out a b', 'bitop', 'out a b', 'out a b', 'AND out a b'],
    ['KEYS user:*', 'keys', 'user:*', 'user:*', 'user:*'],
    ['EVAL return(1) 1 user:1 hunter2', 'eval', '', '', 'return(1) 1 user:1 hunter2'],
    ['CONFIG SET maxmemory 1gb', 'config|set', '', '', 'maxmemory 1gb'],
    ['PUBLISH channel hunter2', 'publish', '', '', 'channel hunter2'],
    ['MY.COMMAND user:1 hunter2', 'my.command', '', '', 'user:1 hunter2'],
    ['CLIENT hunter2', 'client', '', '', 'hunter2'],
    ['PING', 'ping', '', '', ''],
    ['GETPASS', 'getpass', '', '', ''],
  ])('%s', (line, command, redacted, keys, full) => {
    const texts = (['redacted', 'keys', 'full'] as const).map((kept) => describeCommand(words(line), kept));
    expect(texts).toEqual([redacted, keys, full].map((text) => ({ command, text })));
  });

  it.each([
    'AUTH hunter2',
    'AUTH admin hunter2',
    'HELLO 3 AUTH admin hunter2',
    'CONFIG SET requirepass hunter2',
    'CONFIG SET maxmemory 1gb masterauth hunter2',
    'CONFIG SET tls-key-file-pass hunter2',
    'ACL SETUSER ada on >hunter2',
    'MIGRATE 10.0.0.1 6379 key:1 0 100 AUTH hunter2',
    'MIGRATE 10.0.0.1 6379 key:1 0 100 AUTH2 admin hunter2',
    'SENTINEL SET cache auth-pass hunter2',
    'SENTINEL CONFIG SET sentinel-pass hunter2',
    'MODULE LOAD /x.so hunter2',
  ])('never tells the arguments of %s', (line) => {
    const texts = (['redacted', 'keys', 'full'] as const).map((kept) => describeCommand(words(line), kept).text);
    expect(texts).toEqual(['', '', '(hidden)']);
  });

  it.each([
    ['HELLO 3', '3'],
    ['MIGRATE 10.0.0.1 6379 key:1 0 100', '10.0.0.1 6379 key:1 0 100'],
    ['ACL WHOAMI', ''],
    ['SENTINEL SET cache quorum 2', 'cache quorum 2'],
  ])('tells those of %s, which has no secret', (line, text) => {
    expect(describeCommand(words(line), 'full').text).toBe(text);
  });

  it.each([
    ['more words than the server keeps', ['DEL', 'a:1', 'a:2', '... (98 more arguments)'], 'a:* …', 'a:1 a:2 …'],
    ['pairs cut off', ['MSET', 'a:1', 'x', '... (98 more arguments)'], 'a:* …', 'a:1 …'],
    ['streams cut off', ['XREAD', 'STREAMS', 's:1', 's:2', 's:3', '... (3 more arguments)'], 's:* …', 's:1 …'],
    ['a key cut short', ['GET', 'user:12... (300 more bytes)'], 'user:*…', '"user:12... (300 more bytes)"'],
    ['words that do not print', ['GET', 'a b\u0000'], 'a *', '"a b\\u0000"'],
    ['an empty key', ['GET', ''], '', '""'],
    ['no words at all', [], '', ''],
    ['a count that is none', ['ZUNION', 'many', 'a', 'b'], '', ''],
  ] as [string, string[], string, string][])('copes with %s', (_, args, redacted, keys) => {
    expect([describeCommand(args, 'redacted').text, describeCommand(args, 'keys').text]).toEqual([redacted, keys]);
  });

  it.each<ArgumentsKept>(['keys', 'full'])('is of bounded length as %s', (kept) => {
    expect(describeCommand(['DEL', ...Array<string>(100).fill('k'.repeat(1000))], kept).text).toHaveLength(5001);
  });
});
