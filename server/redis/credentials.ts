import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import { TargetError } from '../errors';
import type { PasswordSource, Target, TargetTls } from '../model/target';

/** The password of a target as its source has it now; throws a TargetError (`auth`) that names the source. */
export async function readPassword(source: PasswordSource): Promise<string> {
  if (source.from === 'value') return source.value.reveal();
  if (source.from === 'env') {
    const value = process.env[source.variable];
    if (value === undefined) throw new TargetError('auth', `the environment variable ${source.variable} is not set`);
    return value;
  }
  return (await readCredential('auth', source.path, 'password file')).trimEnd();
}

/** Options for the TLS handshake with a target; certificate files are read anew. Throws a TargetError (`tls`). */
export async function readTlsOptions(tls: TargetTls, target: Target): Promise<ConnectionOptions> {
  const read = (path: string | undefined): Promise<string | undefined> =>
    path === undefined ? Promise.resolve(undefined) : readCredential('tls', path, 'TLS file');
  const [ca, cert, key] = await Promise.all([read(tls.caFile), read(tls.certFile), read(tls.keyFile)]);
  const host = target.address.kind === 'tcp' ? target.address.host : 'localhost';
  const isIp = /^[\d.]+$|:/.test(host);
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...((tls.serverName !== undefined || !isIp) && { servername: tls.serverName ?? host }),
    rejectUnauthorized: !tls.insecureSkipVerify,
  };
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
