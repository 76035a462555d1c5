import { resolve } from 'node:path';
import type { Secret } from '../model/secret';
import type { PasswordSource } from '../model/target';
import { type Context, tryRead } from './context';
import type { Environment } from './environment';
import { accept, andThen, type Parsed } from './parsed';
import { isPasswordMap, lookUpPassword, parsePasswordMap } from './password-map';
import { parseSecretFile } from './secret-source';
import type { Settings } from './settings';
import type { TargetUrl } from './target-url';

type PasswordOf = (url: TargetUrl) => PasswordSource | undefined;

const FOR_ONE = 'is for one target, but there are several: put user and password into each redis-url';

/**
 * What REDIS_USER, REDIS_PASSWORD and REDIS_PASSWORD_FILE give to targets that came by URL. With several targets only
 * a map in the password file says which password belongs to which.
 */
export function environmentCredentials(
  environment: Environment,
  several: boolean,
  context: Context
): (url: TargetUrl) => Settings {
  const { username, password } = environment;
  if (several && username !== undefined) context.report(['REDIS_USER'], FOR_ONE);
  if (several && password !== undefined) context.report(['REDIS_PASSWORD'], FOR_ONE);

  const passwordOf = password === undefined ? filePassword(environment, several, context) : () => fromValue(password);
  return (url) => ({ username, password: passwordOf?.(url) });
}

function filePassword(
  { passwordFile, username }: Environment,
  several: boolean,
  { readFile, report }: Context
): PasswordOf | undefined {
  if (passwordFile === undefined) return undefined;
  const path = resolve(passwordFile);
  const parse = (text: string): Parsed<PasswordOf> => {
    if (isPasswordMap(text)) {
      return andThen(parsePasswordMap(text), (map) => ({
        value: (url) => fromValue(lookUpPassword(map, url, url.username ?? username)),
      }));
    }
    if (several) return { problem: FOR_ONE };
    return andThen(parseSecretFile(text), () => ({ value: () => ({ from: 'file', path }) }));
  };
  return accept(andThen(tryRead(path, readFile), parse), (problem) => report(['REDIS_PASSWORD_FILE'], problem));
}

function fromValue(value: Secret | undefined): PasswordSource | undefined {
  return value && { from: 'value', value };
}
