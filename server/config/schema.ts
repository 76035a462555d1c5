import { z } from 'zod';
import { ARGUMENTS_KEPT } from '../model/arguments-kept';
import { Secret } from '../model/secret';
import { formatDuration } from '../util/duration';
import { formatSize } from '../util/size';
import { DEFAULTS, LOG_LEVELS, SYNCHRONOUS } from './config';
import { key, oneOfText, rangeText } from './key-document';
import { formatListen, parseListen } from './listen';
import type { Parsed } from './parsed';
import { parseTargetUrl } from './target-url';
import {
  LEAST_STORE_BYTES,
  NOT_A_DURATION,
  NOT_A_SIZE,
  parseAllowPattern,
  parseArgumentsKept,
  parseInterval,
  parseLogLevel,
  parseMaxAge,
  parseMaxSize,
  parseNamespace,
  parseRetention,
  parseSynchronous,
  parseTargetName,
  parseTimeout,
  RANGES,
} from './values';

/** Text that is not empty, read by `parse`. No message ever holds the value. */
function text<T>(parse: (value: string) => Parsed<T>, notText = 'must be text: put it in quotes') {
  return z
    .string({ error: notText })
    .min(1, { error: 'is empty: give a value or remove the key', abort: true })
    .transform((value, context) => {
      const parsed = parse(value);
      if (!('problem' in parsed)) return parsed.value;
      context.addIssue({ code: 'custom', message: parsed.problem });
      return z.NEVER;
    });
}

const plain = text((value) => ({ value }));
const secret = text((value) => ({ value: new Secret(value) }));
const flag = z.boolean({ error: 'must be true or false' });
const duration = (parse: (value: string) => Parsed<number>) => text(parse, NOT_A_DURATION);

const ON_OFF = '`true` or `false`';
const PEM_FILE = '`FILE` in PEM form';

const settings = {
  username: key(plain, {
    help: 'ACL user; not beside a user in the URL',
    value: 'text',
    otherwise: 'none',
    example: 'monitor',
  }),
  password: key(secret, {
    help: 'the password; not beside one in the URL; only one of `password`, `passwordFile` and `passwordEnv`',
    value: 'text',
    otherwise: 'none',
    example: '"correct horse"',
  }),
  passwordFile: key(plain, {
    help: 'a file with the password in one line',
    value: '`FILE`',
    otherwise: 'none',
    example: '/run/secrets/redis',
  }),
  passwordEnv: key(plain, {
    help: 'name of the environment variable that holds the password',
    value: 'text',
    otherwise: 'none',
    example: 'ORDERS_PASSWORD',
  }),
  tls: key(
    z
      .strictObject({
        ca: key(plain, {
          help: "the CA that signed the server's certificate",
          value: PEM_FILE,
          otherwise: 'the CAs that Node trusts',
          example: 'tls/ca.crt',
        }),
        cert: key(plain, {
          help: 'our own certificate, for servers that ask clients for one',
          value: PEM_FILE,
          otherwise: 'none',
          example: 'tls/client.crt',
        }),
        key: key(plain, {
          help: 'the key of `cert`, without a passphrase',
          value: PEM_FILE,
          otherwise: 'none',
          example: 'tls/client.key',
        }),
        serverName: key(plain, {
          help: "the name that the server's certificate must carry",
          value: 'text',
          otherwise: 'the host of the URL',
          example: 'redis.internal',
        }),
        insecureSkipVerify: key(flag, {
          help: 'accept any certificate',
          value: ON_OFF,
          default: 'false',
          example: 'true',
        }),
      })
      .partial(),
    {
      help: 'its presence switches TLS on, as `rediss://` does',
      value: 'a mapping, which may be empty',
      otherwise: 'as the scheme says',
      example: '{}',
    }
  ),
  labels: key(z.record(z.string(), plain), {
    help: 'added to every series of the target',
    value: 'a mapping of label names to text',
    otherwise: 'none',
    example: '{ env: prod }',
  }),
  interval: key(duration(parseInterval), {
    help: 'how often to poll; a poll that a scrape waits for stands in for the next one',
    value: rangeText(RANGES.interval),
    default: formatDuration(DEFAULTS.intervalMs),
    example: '30s',
  }),
  timeout: key(duration(parseTimeout), {
    help: 'how long a poll may take, connecting included; not longer than the interval',
    value: rangeText(RANGES.timeout),
    default: formatDuration(DEFAULTS.timeoutMs),
    otherwise: 'the interval if that is shorter',
    example: '500ms',
  }),
  collectors: key(z.record(z.string(), flag), {
    help: 'switches collectors of [metrics.md](metrics.md) on or off by their names',
    value: `a mapping of names to ${ON_OFF}`,
    otherwise: 'all on',
    example: '{ latency: false }',
  }),
};

export const settingsSchema = z.strictObject(settings).partial();

export const targetSchema = z
  .strictObject({
    name: key(text(parseTargetName), {
      help: 'value of the `instance` label; every target needs one of its own',
      value: 'text',
      otherwise: '`host:port` of the URL, or `unix:///path`',
      example: 'orders',
    }),
    url: key(text(parseTargetUrl), {
      help: 'where it is',
      value: '[redis-url](#redis-url)',
      otherwise: 'required',
      example: 'rediss://cache-1:6380',
    }),
    ...settings,
  })
  .partial();

const bearerToken = z
  .strictObject({
    token: key(secret, {
      help: 'a token; only one of `token`, `tokenFile` and `tokenEnv`',
      value: 'text without white space',
      otherwise: 'none',
      example: 'abc.def',
    }),
    tokenFile: key(plain, {
      help: 'a file with the token in one line',
      value: '`FILE`',
      otherwise: 'none',
      example: '/run/secrets/scrape-token',
    }),
    tokenEnv: key(plain, {
      help: 'name of the environment variable that holds the token',
      value: 'text',
      otherwise: 'none',
      example: 'GRAFANA_TOKEN',
    }),
  })
  .partial();

export const webSchema = z
  .strictObject({
    allowUnauthenticated: key(flag, {
      help: 'serve [beyond this machine](#serving-beyond-this-machine) without users and tokens',
      value: ON_OFF,
      default: 'false',
      example: 'true',
    }),
    basicAuthUsers: key(z.record(z.string(), secret), {
      help: 'who may read, by the bcrypt hash of the password',
      value: 'a mapping of user names to hashes',
      otherwise: 'nobody is asked',
      example: '{ prometheus: $2y$10$... }',
    }),
    bearerTokens: key(z.array(bearerToken), {
      help: 'tokens that let in',
      value: 'a list',
      otherwise: 'nobody is asked',
      example: '[{ tokenEnv: GRAFANA_TOKEN }]',
    }),
    tls: z
      .strictObject({
        cert: key(plain, {
          help: 'serve HTTPS with this certificate',
          value: PEM_FILE,
          otherwise: 'plain HTTP',
          example: 'tls/server.crt',
        }),
        key: key(plain, {
          help: 'the key of `cert`, without a passphrase',
          value: PEM_FILE,
          otherwise: 'plain HTTP',
          example: 'tls/server.key',
        }),
        clientCa: key(plain, {
          help: 'clients must show a certificate that this CA has signed',
          value: PEM_FILE,
          otherwise: 'clients show none',
          example: 'tls/clients.crt',
        }),
      })
      .partial(),
  })
  .partial();

export const historySchema = z
  .strictObject({
    enabled: key(flag, {
      help: 'keep what is polled; see [History](#history)',
      value: ON_OFF,
      default: 'true',
      example: 'false',
    }),
    directory: key(plain, {
      help: 'where; the default is in the working directory',
      value: '`DIR`',
      default: `./${DEFAULTS.dataDirectory}`,
      example: '/var/lib/redis-vitals',
    }),
    retention: key(duration(parseRetention), {
      help: 'how long',
      value: rangeText(RANGES.retention),
      default: formatDuration(DEFAULTS.retentionMs),
      example: '30d',
    }),
    maxSize: key(text(parseMaxSize, NOT_A_SIZE), {
      help: 'the oldest goes before the files take more',
      value: `\`SIZE\` of \`${formatSize(LEAST_STORE_BYTES)}\` or more`,
      otherwise: 'no limit',
      example: '10GB',
    }),
    synchronous: key(text(parseSynchronous), {
      help: 'whether a write reaches the disk in time, or before it counts as written',
      value: oneOfText(SYNCHRONOUS),
      default: DEFAULTS.synchronous,
      example: 'full',
    }),
  })
  .partial();

/** The configuration file. */
export const fileSchema = z
  .strictObject({
    listen: key(text(parseListen), {
      help: 'where to serve; IPv6 in brackets; `:9121` is every interface; port 0 is any free one',
      value: '`HOST:PORT`',
      default: formatListen(DEFAULTS.listen),
      example: '10.0.0.7:9121',
    }),
    namespace: key(text(parseNamespace), {
      help: 'first word of metric names',
      value: 'letters, digits and `_`',
      default: DEFAULTS.namespace,
      example: 'cache',
    }),
    log: z
      .strictObject({
        level: key(text(parseLogLevel), {
          help: 'how severe a message must be to be logged',
          value: oneOfText(LOG_LEVELS),
          default: DEFAULTS.logLevel,
          example: 'warn',
        }),
      })
      .partial(),
    scrape: z
      .strictObject({
        maxAge: key(duration(parseMaxAge), {
          help: 'a scrape is answered by a poll no older than this; `0s` polls for each scrape',
          value: rangeText(RANGES.maxAge),
          default: formatDuration(DEFAULTS.maxAgeMs),
          example: '5s',
        }),
        allow: key(z.array(text(parseAllowPattern)), {
          help: 'what `/scrape?target=` may name beside the targets of the file',
          value: 'a list of `HOST:PORT`, where `*` stands for any text',
          otherwise: 'nothing',
          example: "['cache-*.example.com:6379']",
        }),
      })
      .partial(),
    web: webSchema,
    history: historySchema,
    slowlog: z
      .strictObject({
        arguments: key(text(parseArgumentsKept), {
          help: "what is kept of a slow command's arguments; see [History](#history)",
          value: oneOfText(ARGUMENTS_KEPT),
          default: DEFAULTS.slowlogArguments,
          example: 'keys',
        }),
      })
      .partial(),
    defaults: key(settingsSchema, {
      help: '[settings](#settings-of-a-target) for all targets',
      value: 'a mapping',
      otherwise: 'none',
      example: '{ interval: 30s }',
    }),
    targets: key(z.array(targetSchema), {
      help: 'the targets, with their [settings](#settings-of-a-target)',
      value: 'a list',
      otherwise: `one, \`${DEFAULTS.url}\``,
      example: '[{ url: redis://cache-1 }]',
    }),
  })
  .partial();
