import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { checkServerIdentity, type ConnectionOptions } from 'node:tls';
import { TargetError } from '../errors';
import type { PasswordSource, Target, TargetTls } from '../model/target';

/** The password of a target as its source has it now; throws a TargetError (`auth`) that names the source. */
export async function readPassword(source: PasswordSource): Promise<string> {
  switch (source.from) {
    case 'value':
      return source.value.reveal();
    case 'env':
      return notEmpty(process.env[source.variable] ?? '', `the environment variable ${source.variable}`);
    case 'file': {
      const text = await readCredential('auth', source.path, 'password file');
      return notEmpty(text.trimEnd(), `the password file ${source.path}`);
    }
  }
}

/** Options for the TLS handshake with a target; certificate files are read anew. Throws a TargetError (`tls`). */
export async function readTlsOptions(tls: TargetTls, target: Target): Promise<ConnectionOptions> {
  const read = (path: string | undefined): Promise<string | undefined> =>
    path === undefined ? Promise.resolve(undefined) : readCredential('tls', path, 'TLS file');
  const [ca, cert, key] = await Promise.all([read(tls.caFile), read(tls.certFile), read(tls.keyFile)]);
  const name = tls.serverName ?? (target.address.kind === 'tcp' ? target.address.host : 'localhost');
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    // SNI is for names alone: an address is only looked for in the certificate.
    ...(isIP(name) === 0
      ? { servername: name }
      : { checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate) }),
    rejectUnauthorized: !tls.insecureSkipVerify,
  };
}

function notEmpty(password: string, source: string): string {
  if (password === '') throw new TargetError('auth', `${source} holds no password: set it, or configure no password`);
  return password;
}

async function readCredential(code: 'auth' | 'tls', path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code: reason = 'unreadable' } = cause as NodeJS.ErrnoException;
    throw new TargetError(code, `cannot read the ${what} ${path} (${reason}): check that it exists and may be read`, {
      cause,
    });
  }
}
