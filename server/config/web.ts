import type { Secret } from '../model/secret';
import type { Config, WebTls } from './config';
import type { Context } from './context';
import { checkCa, checkPair } from './pem';
import type { Path, Read } from './read';
import type { webSchema } from './schema';
import { loadSecret } from './secret-source';

type Given = Read<typeof webSchema>;
type Web = Omit<Config['web'], 'allowUnauthenticated'>;

const BCRYPT_HASH = /^\$2[aby]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;
const PATH: Path = ['web'];

/** Reports what is wrong within `web`, and returns the rest. */
export function checkWeb(given: Given, context: Context): Web {
  const tls = given.tls && checkTls(given.tls, context);
  return {
    basicAuthUsers: checkUsers(given.basicAuthUsers, [...PATH, 'basicAuthUsers'], context),
    bearerTokens: checkTokens(given.bearerTokens, [...PATH, 'bearerTokens'], context),
    ...(tls && { tls }),
  };
}

/** True when the file means to ask for credentials, be they good or refused. */
export function asksForCredentials(given: Given): boolean {
  return 'basicAuthUsers' in given || 'bearerTokens' in given;
}

function checkUsers(given: Given['basicAuthUsers'], path: Path, { report }: Context): ReadonlyMap<string, Secret> {
  const users = new Map<string, Secret>();
  for (const [user, hash] of Object.entries(given ?? {})) {
    if (user === '' || user.includes(':')) report([...path, user], 'is no user name: it is empty or has a colon');
    if (hash === undefined) continue;
    if (BCRYPT_HASH.test(hash.reveal())) users.set(user, hash);
    else report([...path, user], 'is no bcrypt hash: make one with htpasswd -nB USER and take what follows the colon');
  }
  if (given !== undefined && Object.keys(given).length === 0) report(path, 'names no user: add one or remove the key');
  return users;
}

function checkTokens(given: Given['bearerTokens'], path: Path, context: Context): readonly Secret[] {
  if (given?.length === 0) context.report(path, 'lists no token: add one or remove the key');
  return (given ?? []).flatMap((item, index) => {
    if (item === undefined) return [];
    const place = [...path, index];
    if (Object.keys(item).length === 0) context.report(place, 'give one of token, tokenFile and tokenEnv');
    const { token: value, tokenFile: file, tokenEnv: env } = item;
    const secret = loadSecret('token', { value, file, env }, place, context)?.secret;
    if (secret === undefined) return [];
    if (/^[\w.~+/-]+=*$/.test(secret.reveal())) return [secret];
    context.report(place, 'is no bearer token: use letters, digits and - . _ ~ + /');
    return [];
  });
}

function checkTls(given: NonNullable<Given['tls']>, context: Context): WebTls | undefined {
  const path = [...PATH, 'tls'];
  if (!('cert' in given || 'key' in given)) context.report(path, 'needs both cert and key');
  const pair = checkPair(given, path, context);
  const clientCaFile = checkCa(given.clientCa, [...path, 'clientCa'], context);
  return pair && { ...pair, ...(clientCaFile !== undefined && { clientCaFile }) };
}
