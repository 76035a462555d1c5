import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { ConfigError, type ConfigProblem } from '../errors';

/** PEM files of our own HTTPS. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
  /** Clients must show a certificate that it has signed. */
  readonly clientCaFile?: string;
}

/** Reads the files and makes sure that they can be used together; throws a ConfigError otherwise. */
export function readTlsFiles(files: TlsFiles): SecureContextOptions {
  const problems: ConfigProblem[] = [];
  const read = (path: string, file: string): Buffer => {
    try {
      return readFileSync(file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException; // what node:fs throws
      problems.push({ path, message: `cannot be read: ${code} for ${file}` });
      return Buffer.alloc(0);
    }
  };
  const options = {
    cert: read('web.tls.cert', files.certFile),
    key: read('web.tls.key', files.keyFile),
    ...(files.clientCaFile !== undefined && { ca: read('web.tls.clientCa', files.clientCaFile) }),
    minVersion: 'TLSv1.2',
  } as const;
  if (problems.length > 0) throw new ConfigError(problems);
  try {
    createSecureContext(options);
  } catch (error) {
    // OpenSSL's words (`no start line`, `key values mismatch`) hold nothing of the files' content.
    const message = `certificate, key and client CA cannot be used together: ${(error as Error).message}`;
    throw new ConfigError([{ path: 'web.tls', message }]);
  }
  return options;
}
