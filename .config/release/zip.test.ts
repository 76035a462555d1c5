import { inflateRawSync } from 'node:zlib';
import { zip } from './zip.ts';

const long = Buffer.from('pulse '.repeat(1000));
const archive = zip([
  { path: 'plugin/README.md', data: Buffer.from('# Redis Vitals\n') },
  { path: 'plugin/img/größe.svg', data: long },
]);

/** Reads an archive by its directory, as every tool does. */
function unzip(bytes: Buffer): Record<string, string> {
  const end = bytes.length - 22;
  let entry = bytes.readUInt32LE(end + 16);
  const files: Record<string, string> = {};
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = bytes.readUInt16LE(entry + 28);
    const name = bytes.toString('utf8', entry + 46, entry + 46 + nameLength);
    const start = bytes.readUInt32LE(entry + 42) + 30 + nameLength;
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(entry + 20));
    files[name] = inflateRawSync(packed).toString('utf8');
    entry += 46 + nameLength;
  }
  return files;
}

it('gives every file back', () => {
  expect(unzip(archive)).toEqual({ 'plugin/README.md': '# Redis Vitals\n', 'plugin/img/größe.svg': long.toString() });
});

it('packs', () => {
  expect(archive.length).toBeLessThan(600);
});

it('is the same for the same files', () => {
  expect(zip([{ path: 'a', data: long }])).toEqual(zip([{ path: 'a', data: long }]));
});

it('may be empty', () => {
  expect(zip([])).toHaveLength(22);
});
