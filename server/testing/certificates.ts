import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './cleanup';
import { findTool } from './tool';

/** Paths of PEM files. */
export interface Certificates {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

const EXTENSIONS = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1';
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * A new CA and a certificate it has signed, for localhost and the loopback addresses, good for servers and clients.
 * Files that are already in `directory` are replaced.
 */
export function makeCertificates(directory: string = temporaryDirectory()): Certificates {
  mkdirSync(directory, { recursive: true });
  const path = (name: string) => join(directory, name);
  const openssl = (...args: string[]) => execFileSync(findTool('openssl'), args, { stdio: 'pipe' });

  writeFileSync(path('extensions'), EXTENSIONS);
  const ca = ['-keyout', path('ca.key'), '-out', path('ca.crt'), '-subj', '/CN=redis-vitals test CA'];
  openssl('req', '-x509', '-days', '2', ...NEW_KEY, ...ca);
  const request = ['-keyout', path('server.key'), '-out', path('server.csr'), '-subj', '/CN=localhost'];
  openssl('req', '-new', ...NEW_KEY, ...request);
  const signer = ['-CA', path('ca.crt'), '-CAkey', path('ca.key'), '-CAcreateserial', '-extfile', path('extensions')];
  openssl('x509', '-req', '-days', '2', '-in', path('server.csr'), ...signer, '-out', path('server.crt'));
  return { caFile: path('ca.crt'), certFile: path('server.crt'), keyFile: path('server.key') };
}
