import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const DOCUMENT = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const PROMISES = DOCUMENT.split('## What is promised')[1]!
  .split('## What is not promised')[0]!
  .split('\n')
  .filter((line) => /^\| (?!Promise |-)/.test(line));
const TEST = /`(server\/[\w/.-]+\.test\.ts)`/g;
const named = (text: string) => [...text.matchAll(TEST)].map(([, path = '']) => path);

describe('docs/security.md', () => {
  it('has promises', () => {
    expect(PROMISES.length).toBeGreaterThan(15);
  });

  it.each(PROMISES)('names tests that exist: %s', (promise) => {
    expect(named(promise)).not.toEqual([]);
    expect(named(promise).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names every attack there is', () => {
    const files = readdirSync(join(__dirname, 'live')).filter((name) => name.startsWith('attack-'));
    const attacks = files.map((name) => `server/live/${name}`);
    expect(attacks.filter((path) => !named(DOCUMENT).includes(path))).toEqual([]);
  });
});
