import type { ConfigProblem } from '../errors';
import { Secret } from '../model/secret';
import { asItIs } from './arguments';
import type { Env } from './context';
import { type Listen, parseListen } from './listen';
import { accept, type Parsed } from './parsed';
import { parseTargetUrl, type TargetUrl } from './target-url';
import { parseNamespace } from './values';

/** redis_exporter's variables that we honour, and what --help says of them. */
export const VARIABLES = [
  ['REDIS_ADDR', 'the target, when no redis-url is given'],
  ['REDIS_USER', 'user name for the one target'],
  ['REDIS_PASSWORD', 'password for the one target'],
  ['REDIS_PASSWORD_FILE', 'file that holds the password, or a JSON map of addresses to passwords'],
  ['REDIS_EXPORTER_WEB_LISTEN_ADDRESS', 'as --listen; allows serving without authentication'],
  ['REDIS_EXPORTER_NAMESPACE', 'first word of metric names (default redis)'],
] as const;

type Variable = (typeof VARIABLES)[number][0];

/** What the environment says; an empty variable says nothing. */
export interface Environment {
  readonly url: TargetUrl | undefined;
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  readonly passwordFile: string | undefined;
  readonly listen: Listen | undefined;
  readonly namespace: string | undefined;
  readonly problems: readonly ConfigProblem[];
}

export function readEnvironment(env: Env): Environment {
  const problems: ConfigProblem[] = [];
  const take = <T>(name: Variable, parse: (text: string) => Parsed<T>): T | undefined => {
    const text = env[name] ?? '';
    return text === '' ? undefined : accept(parse(text), (message) => problems.push({ path: name, message }));
  };
  return {
    url: take('REDIS_ADDR', parseTargetUrl),
    username: take('REDIS_USER', asItIs),
    password: take('REDIS_PASSWORD', (text) => ({ value: new Secret(text) })),
    passwordFile: take('REDIS_PASSWORD_FILE', asItIs),
    listen: take('REDIS_EXPORTER_WEB_LISTEN_ADDRESS', parseListen),
    namespace: take('REDIS_EXPORTER_NAMESPACE', parseNamespace),
    problems,
  };
}
