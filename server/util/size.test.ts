import { formatSize, parseSize } from './size';

describe('parseSize and formatSize', () => {
  it.each([
    ['0B', 0],
    ['1B', 1],
    ['1023B', 1023],
    ['1KB', 1024],
    ['1025B', 1025],
    ['500MB', 500 * 1024 ** 2],
    ['10GB', 10 * 1024 ** 3],
    ['3TB', 3 * 1024 ** 4],
    ['7PB', 7 * 1024 ** 5],
  ])('%s is %d bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
    expect(formatSize(bytes)).toBe(text);
  });

  it.each([
    ['1024KB', '1MB'],
    ['2048GiB', '2TB'],
    ['010MB', '10MB'],
  ])('%s is %s', (text, shorter) => {
    expect(parseSize(text)).toBe(parseSize(shorter));
    expect(formatSize(parseSize(text)!)).toBe(shorter);
  });

  it.each(['', '10', 'GB', '10 GB', '1.5GB', '-1GB', '10gb', '10G', '10iB', '1EB', '9007199254740992B', '1e3MB'])(
    '%j is no size',
    (text) => {
      expect(parseSize(text)).toBeUndefined();
    }
  );
});
