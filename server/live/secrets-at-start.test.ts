import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenConfigs } from '../testing/broken-configs';
import { Canaries, type Said } from '../testing/canaries';
import { temporaryDirectory } from '../testing/cleanup';
import { runCollector, type CollectorOptions } from '../testing/collector-process';

jest.setTimeout(60_000);

const canaries = new Canaries();
const secret = (place: string) => canaries.plant(place);
const inUrl = (place: string) => encodeURIComponent(secret(place));
/** What may be seen. Where it is, a secret would have been found, too. */
const open = new Canaries();
const HOST = open.plantPlain('a host');
const UNKNOWN_KEY = open.plantPlain('an unknown key');

const directory = temporaryDirectory();
let files = 0;
function file(content: string): string {
  const path = join(directory, `${++files}`);
  writeFileSync(path, content);
  return path;
}

const PRINT = ['--print-config'];
const KEYS = {
  cert: file(`certificate ${secret('a certificate file')}`),
  key: file(`-----BEGIN PRIVATE KEY-----\n${canaries.plantPlain('a key file')}\n-----END PRIVATE KEY-----\n`),
};

interface Run extends CollectorOptions {
  readonly what: string;
  /** 0: it is accepted; 2: it is refused. */
  readonly exit: 0 | 2;
}

const passwordFile = (what: string, exit: 0 | 2, content: string): Run => ({
  what: `REDIS_PASSWORD_FILE with ${what}`,
  exit,
  args: PRINT,
  env: { REDIS_PASSWORD_FILE: file(content) },
});

const RUNS: readonly Run[] = [
  { what: 'a redis-url', exit: 0, args: [...PRINT, `redis://:${inUrl('a redis-url')}@${HOST}`] },
  { what: 'a redis-url of a user', exit: 0, args: [...PRINT, `rediss://u:${inUrl('a redis-url of a user')}@cache`] },
  {
    what: 'bad redis-urls',
    exit: 2,
    args: [
      ...[':99999', '/x', '?password=x', ' x'].map((end) => `redis://:${inUrl(`a redis-url with ${end}`)}@cache${end}`),
      `http://user:${inUrl('the URL of another scheme')}@cache`,
      `redis://:${secret('a redis-url that is not encoded')}@cache`,
      `user:${secret('a redis-url without scheme')}@cache`,
      secret('a password in place of a redis-url'),
    ],
  },
  {
    what: 'unknown options',
    exit: 2,
    args: [
      ...[`--redis.password=${secret('an unknown option')}`, '--password', secret('what follows an unknown option')],
      ...['-redis.password', secret('what follows an option with one dash'), `-a${secret('an option of one letter')}`],
      ...[`--interval=${secret('an interval')}`, `--log-level=${secret('a log level')}`, '--check-config=x'],
    ],
  },
  { what: 'REDIS_PASSWORD', exit: 0, args: PRINT, env: { REDIS_PASSWORD: secret('REDIS_PASSWORD') } },
  {
    what: 'REDIS_PASSWORD for two',
    exit: 2,
    args: ['a', 'b'],
    env: { REDIS_PASSWORD: secret('REDIS_PASSWORD for two') },
  },
  { what: 'REDIS_ADDR', exit: 0, args: PRINT, env: { REDIS_ADDR: `redis://:${inUrl('REDIS_ADDR')}@cache` } },
  { what: 'a bad REDIS_ADDR', exit: 2, env: { REDIS_ADDR: `redis://:${inUrl('a bad REDIS_ADDR')}@cache:x` } },
  passwordFile('a password', 0, secret('a password file')),
  passwordFile('a map', 0, JSON.stringify({ 'redis://127.0.0.1:6379': secret('a password map') })),
  passwordFile('several lines', 2, `${secret('a first line')}\n${secret('a second line')}\n`),
  passwordFile('a map that does not end', 2, `{"redis://cache": "${secret('a password map without end')}`),
  passwordFile('a map of maps', 2, JSON.stringify({ 'redis://cache': { password: secret('a map of maps') } })),
  passwordFile(
    'a bad address',
    2,
    JSON.stringify({ [`redis://:${secret('an address')}@cache:x`]: secret('its value') })
  ),
  {
    what: 'files that hold something else',
    exit: 2,
    configText: JSON.stringify({
      web: {
        tls: KEYS,
        bearerTokens: [{ tokenFile: file(`${secret('a token file')}\n${secret('its second line')}`) }],
      },
      targets: [
        { url: 'rediss://cache', tls: { ...KEYS, ca: KEYS.key }, passwordFile: file(`${secret('a file')}\nx`) },
      ],
    }),
  },
  { what: 'an unknown key', exit: 2, configText: JSON.stringify({ [UNKNOWN_KEY]: 1 }) },
  ...brokenConfigs(canaries).map(([what, configText]): Run => ({
    what,
    exit: 2,
    args: ['--check-config'],
    configText,
  })),
];

describe('a start', () => {
  const said: Said[] = [];

  it.concurrent.each(RUNS)('with $what ends with $exit and shows no secret', async ({ what, exit, ...options }) => {
    const { exit: actual, output } = await runCollector(options);
    const text = { where: what, text: output };
    said.push(text);
    expect(output).not.toBe('');
    expect(canaries.leaksIn([text])).toEqual([]);
    expect(actual).toBe(exit);
  });

  it('shows what may be seen, so that a secret would have been found', () => {
    expect(open.leaksIn(said)).toEqual(['a redis-url shows a host', 'an unknown key shows an unknown key']);
  });
});
