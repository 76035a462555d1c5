import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../testing/cleanup';
import { readVersion } from './version';

describe('readVersion', () => {
  it('is that of our package.json', () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
    expect(readVersion()).toBe(version);
  });

  it('passes by the package.json of others, from wherever the build lies', () => {
    const root = temporaryDirectory();
    const built = join(root, 'dist/server/telemetry');
    mkdirSync(built, { recursive: true });
    writeFileSync(join(root, 'package.json'), '{"name":"redis-vitals","version":"9.8.7"}');
    writeFileSync(join(root, 'dist/package.json'), '{"type":"commonjs"}');
    expect(readVersion(built)).toBe('9.8.7');
  });

  it('says so when there is none', () => {
    expect(() => readVersion(temporaryDirectory())).toThrow('package.json of redis-vitals is not above');
  });
});
