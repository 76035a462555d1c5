import { z } from 'zod';
import { Secret } from '../model/secret';
import { parseListen } from './listen';
import type { Parsed } from './parsed';
import { parseTargetUrl } from './target-url';
import {
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

const settings = {
  username: plain,
  password: secret,
  passwordFile: plain,
  passwordEnv: plain,
  tls: z.strictObject({ ca: plain, cert: plain, key: plain, serverName: plain, insecureSkipVerify: flag }).partial(),
  labels: z.record(z.string(), plain),
  interval: duration(parseInterval),
  timeout: duration(parseTimeout),
  collectors: z.record(z.string(), flag),
};

export const settingsSchema = z.strictObject(settings).partial();

export const targetSchema = z
  .strictObject({ name: text(parseTargetName), url: text(parseTargetUrl), ...settings })
  .partial();

export const webSchema = z
  .strictObject({
    allowUnauthenticated: flag,
    basicAuthUsers: z.record(z.string(), secret),
    bearerTokens: z.array(z.strictObject({ token: secret, tokenFile: plain, tokenEnv: plain }).partial()),
    tls: z.strictObject({ cert: plain, key: plain, clientCa: plain }).partial(),
  })
  .partial();

export const historySchema = z
  .strictObject({
    enabled: flag,
    directory: plain,
    retention: duration(parseRetention),
    maxSize: text(parseMaxSize, NOT_A_SIZE),
    synchronous: text(parseSynchronous),
  })
  .partial();

/** The configuration file. */
export const fileSchema = z
  .strictObject({
    listen: text(parseListen),
    namespace: text(parseNamespace),
    log: z.strictObject({ level: text(parseLogLevel) }).partial(),
    scrape: z.strictObject({ maxAge: duration(parseMaxAge), allow: z.array(text(parseAllowPattern)) }).partial(),
    web: webSchema,
    history: historySchema,
    slowlog: z.strictObject({ arguments: text(parseArgumentsKept) }).partial(),
    defaults: settingsSchema,
    targets: z.array(targetSchema),
  })
  .partial();
