import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertFiles, RULES_FILE } from './files';

const ROOT = join(__dirname, '../..');

describe.each(alertFiles(readFileSync(join(ROOT, RULES_FILE), 'utf8')))('$path', ({ path, text }) => {
  it('is up to date', () => {
    if (readFileSync(join(ROOT, path), 'utf8') !== text) throw new Error(`${path} is out of date: run npm run docs`);
    expect(text).not.toBe('');
  });
});
