import type { ConfigProblem } from '../errors';
import { Secret } from '../model/secret';
import { asItIs } from './arguments';
import { DEFAULTS } from './config';
import type { Env } from './context';
import { type Listen, parseListen } from './listen';
import { accept, type Parsed } from './parsed';
import { parseTargetUrl, type TargetUrl } from './target-url';
import { parseNamespace } from './values';

/** A variable, and what --help and docs/configuration.md say of it. */
interface Documented<Name extends string> {
  readonly name: Name;
  readonly help: string;
  /** What counts without it. */
  readonly default?: string;
  readonly example?: string;
}

type Variable =
  | 'REDIS_ADDR'
  | 'REDIS_USER'
  | 'REDIS_PASSWORD'
  | 'REDIS_PASSWORD_FILE'
  | 'REDIS_EXPORTER_WEB_LISTEN_ADDRESS'
  | 'REDIS_EXPORTER_NAMESPACE';

/** redis_exporter's variables that we honour. */
export const VARIABLES: readonly Documented<Variable>[] = [
  {
    name: 'REDIS_ADDR',
    help: 'the target, when no redis-url is given',
    default: DEFAULTS.url,
    example: 'rediss://cache-1:6380',
  },
  { name: 'REDIS_USER', help: 'user name for the one target', example: 'monitor' },
  { name: 'REDIS_PASSWORD', help: 'password for the one target' },
  {
    name: 'REDIS_PASSWORD_FILE',
    help: 'file that holds the password, or a JSON map of addresses to passwords',
    example: '/run/secrets/redis',
  },
  {
    name: 'REDIS_EXPORTER_WEB_LISTEN_ADDRESS',
    help: 'as --listen; allows serving without authentication',
    example: '0.0.0.0:9121',
  },
  {
    name: 'REDIS_EXPORTER_NAMESPACE',
    help: 'first word of metric names',
    default: DEFAULTS.namespace,
    example: 'cache',
  },
];

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
