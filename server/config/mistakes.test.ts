import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../errors';
import { makeCertificates } from '../testing/certificates';
import { tryDirectory } from './context';
import { fileFormat } from './file-format';
import { parseFlags } from './flags';
import { loadConfig } from './load';

const MISTAKES = join(__dirname, 'testdata/mistakes');

/** The files that the configurations name; all others do not exist. */
const FILES = new Map([
  ['/secrets/password', 'hunter2\n'],
  ['/secrets/empty', '\n'],
  ['/secrets/lines', 'hunter\n2\n'],
]);

beforeAll(() => {
  const { caFile, certFile, keyFile } = makeCertificates();
  FILES.set('/certificates/ca.crt', readFileSync(caFile, 'utf8'));
  FILES.set('/certificates/server.crt', readFileSync(certFile, 'utf8'));
  FILES.set('/certificates/server.key', readFileSync(keyFile, 'utf8'));
  FILES.set('/certificates/other.key', newKey({}));
  FILES.set('/certificates/encrypted.key', newKey({ cipher: 'aes-256-cbc', passphrase: 'hunter2' }));
});

function newKey(encryption: { cipher?: string; passphrase?: string }): string {
  return generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', ...encryption },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
}

function readFile(path: string): string {
  if (path === '/secrets/forbidden') throw Object.assign(new Error('no access'), { code: 'EACCES' });
  return FILES.get(path) ?? readFileSync(path === 'FILE' ? join(MISTAKES, current) : path, 'utf8');
}

function tryDirectoryOfTest(path: string): void {
  if (path === '/data/forbidden') throw Object.assign(new Error('no access'), { code: 'EACCES' });
  tryDirectory(path.replace('/data', __dirname));
}

let current = '';

function problemsOf(file: string): string[] {
  current = file;
  try {
    loadConfig({
      fileFormat,
      commandLine: parseFlags(['--config', 'FILE']),
      env: { EMPTY: '' },
      readFile,
      tryDirectory: tryDirectoryOfTest,
      knownCollectors: ['info', 'slowlog', 'latency'],
      reservedLabels: new Set(['cmd']),
    });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

/** What a file is expected to be told: its lines that begin with `#!`. */
function expectedOf(file: string): string[] {
  const lines = readFileSync(join(MISTAKES, file), 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('#! ')).map((line) => line.slice('#! '.length));
}

describe('a configuration file with a mistake', () => {
  it.each(readdirSync(MISTAKES))('%s', (file) => {
    const problems = problemsOf(file);
    expect(problems).toEqual(expectedOf(file));
    expect(problems).not.toEqual([]);
    expect(problems.join()).not.toContain('hunter');
  });
});
