import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { type Context, readNamed } from './context';
import { accept, andThen, type Parsed } from './parsed';
import type { Path } from './read';

interface Pem<T> {
  readonly file: string;
  readonly content: T;
}

/** The path of a CA's certificate that is good; undefined: none is given, or it is refused. */
export function checkCa(file: string | undefined, path: Path, context: Context): string | undefined {
  return load(file, path, context, parseCertificate)?.file;
}

/** Paths of a certificate and its key that are good; undefined: none are given, or they are refused. */
export function checkPair(
  tls: { readonly cert?: string | undefined; readonly key?: string | undefined },
  path: Path,
  context: Context
): { readonly certFile: string; readonly keyFile: string } | undefined {
  if ('cert' in tls !== 'key' in tls) context.report(path, 'needs both cert and key, or neither');
  const cert = load(tls.cert, [...path, 'cert'], context, parseCertificate);
  const key = load(tls.key, [...path, 'key'], context, parseKey);
  if (cert === undefined || key === undefined) return undefined;
  if (cert.content.checkPrivateKey(key.content)) return { certFile: cert.file, keyFile: key.file };
  context.report([...path, 'key'], 'is not the key of the certificate in cert');
  return undefined;
}

function load<T>(
  given: string | undefined,
  path: Path,
  context: Context,
  parse: (pem: string) => Parsed<T>
): Pem<T> | undefined {
  if (given === undefined) return undefined;
  const pem = andThen(readNamed(given, context), ({ path: file, text }) =>
    andThen(parse(text), (content) => ({ value: { file, content } }))
  );
  return accept(pem, (problem) => context.report(path, problem));
}

function parseCertificate(pem: string): Parsed<X509Certificate> {
  try {
    return { value: new X509Certificate(pem) };
  } catch {
    return { problem: 'holds no certificate in PEM form' };
  }
}

function parseKey(pem: string): Parsed<KeyObject> {
  try {
    return { value: createPrivateKey(pem) };
  } catch {
    return { problem: 'holds no private key in PEM form without a passphrase' };
  }
}
