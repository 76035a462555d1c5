import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** With slashes, without a leading one. */
  readonly path: string;
  readonly data: Buffer;
}

const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
/** 1 January 1980, the format's first day: the same files make the same archive. */
const DATE = 0x0021;
const UNIX = 3 << 8;
const VERSION = 20;
const REGULAR_FILE_644 = 0o100644 * 0x10000;

/** An archive of regular files, in the order given. No archive of 4 GiB or of 65,535 files, which want Zip64. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, data } of entries) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(data, { level: 9 });
    const shared = sharedHeader(name, data, packed);
    const file = Buffer.concat([signature(0x04034b50), shared, name, packed]);
    directory.push(directoryEntry(shared, name, offset));
    files.push(file);
    offset += file.length;
  }
  const listed = Buffer.concat(directory);
  return Buffer.concat([...files, listed, endOfDirectory(entries.length, listed.length, offset)]);
}

function signature(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

/** What stands before each file and again in the directory: version needed, how it is packed, sizes. */
function sharedHeader(name: Buffer, data: Buffer, packed: Buffer): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(VERSION, 0);
  header.writeUInt16LE(UTF8_NAMES, 2);
  header.writeUInt16LE(DEFLATED, 4);
  header.writeUInt16LE(DATE, 8);
  header.writeUInt32LE(crc32(data), 10);
  header.writeUInt32LE(packed.length, 14);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt16LE(name.length, 22);
  return header;
}

function directoryEntry(shared: Buffer, name: Buffer, offset: number): Buffer {
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(UNIX | VERSION);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(REGULAR_FILE_644, 6);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([signature(0x02014b50), madeBy, shared, rest, name]);
}

function endOfDirectory(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
