import { Secret } from '../model/secret';
import type { PasswordSource } from '../model/target';
import { type Context, readNamed } from './context';
import { accept, andThen, type Parsed } from './parsed';
import type { Path } from './read';

/** A secret as the file gives it: at most one of these. */
export interface SecretGiven {
  readonly value: Secret | undefined;
  readonly file: string | undefined;
  readonly env: string | undefined;
}

export interface LoadedSecret {
  readonly source: PasswordSource;
  readonly secret: Secret;
}

/**
 * The secret called `key` (`password`, `token`), from `key`, `keyFile` or `keyEnv`; undefined when none is given or
 * what is given is refused.
 */
export function loadSecret(key: string, given: SecretGiven, path: Path, context: Context): LoadedSecret | undefined {
  const { value, file, env } = given;
  if ([value, file, env].filter((one) => one !== undefined).length > 1) {
    context.report(path, `give only one of ${key}, ${key}File and ${key}Env`);
    return undefined;
  }
  const take = (parsed: Parsed<LoadedSecret>, suffix: string) =>
    accept(parsed, (problem) => context.report([...path, key + suffix], problem));
  if (value !== undefined) return take(fromValue(value), '');
  if (file !== undefined) return take(fromFile(file, context), 'File');
  if (env !== undefined) return take(fromEnv(env, context), 'Env');
  return undefined;
}

function fromValue(secret: Secret): Parsed<LoadedSecret> {
  const isPlaceholder = secret.reveal() === secret.toString();
  return isPlaceholder
    ? { problem: 'is what --print-config writes in place of a secret: put the secret itself here' }
    : { value: { source: { from: 'value', value: secret }, secret } };
}

function fromFile(file: string, context: Context): Parsed<LoadedSecret> {
  return andThen(readNamed(file, context), ({ path, text }) =>
    andThen(parseSecretFile(text), (secret) => ({ value: { source: { from: 'file', path }, secret } }))
  );
}

/** The one line of a secret file, without the white space behind it. */
export function parseSecretFile(text: string): Parsed<Secret> {
  const secret = text.trimEnd();
  if (secret === '') return { problem: 'is an empty file: it must hold the secret' };
  if (/[\r\n]/.test(secret)) return { problem: 'has several lines: it must hold the secret and nothing else' };
  return { value: new Secret(secret) };
}

function fromEnv(variable: string, { env }: Context): Parsed<LoadedSecret> {
  const value = env[variable] ?? '';
  return value === ''
    ? { problem: 'names an environment variable that is not set, or empty' }
    : { value: { source: { from: 'env', variable }, secret: new Secret(value) } };
}
