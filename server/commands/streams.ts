import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Where a command writes: process.stdout and process.stderr, but in tests. */
export interface Streams {
  readonly stdout: Output;
  readonly stderr: Output;
}

export type Output = Writable & {
  /** True on a terminal. */
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal in characters. */
  readonly columns?: number | undefined;
};

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its directory does not exist',
  ENOTDIR: 'it is not in a directory',
  EISDIR: 'it is a directory: name a file',
  EACCES: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full, and what was written is incomplete',
};

/**
 * Writes texts as fast as the output takes them, to a file's end or without ending standard output. Returns early when who reads it has gone
 * (`| head`); rejects when it cannot be written.
 */
export async function writePieces(pieces: Iterable<string>, output: Output, file?: string): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), output, { end: file !== undefined });
    if (file === undefined) await flushed(output);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException; // what streams fail with
    if (code === 'EPIPE') return;
    throw new Error(`cannot write ${file ?? 'standard output'}: ${REASONS[code] ?? String(error)}`, { cause: error });
  }
}

/** What was written before has been taken, unlike when a pipeline ends that leaves its output open. */
function flushed(output: Output): Promise<void> {
  return new Promise((resolve, reject) => {
    output.once('error', reject);
    output.write('', () => resolve());
  });
}
