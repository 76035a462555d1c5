import type { StreamLine } from '../../server/api/contract';

/** A line longer than this is no answer of ours: nothing is kept of it. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** Cuts the bytes of a stream into lines of JSON, however they were cut on the way. */
export class LineReader {
  private readonly decoder = new TextDecoder();
  private rest = '';

  /** The lines that are whole now. Throws where one is no JSON. */
  read(bytes: Uint8Array): StreamLine[] {
    const pieces = (this.rest + this.decoder.decode(bytes, { stream: true })).split('\n');
    this.rest = pieces.pop() ?? '';
    if (this.rest.length > LONGEST_LINE) {
      throw new Error('a line of the stream does not end');
    }
    return pieces.filter((piece) => piece.trim() !== '').map(parseLine);
  }
}

function parseLine(text: string): StreamLine {
  const line: unknown = JSON.parse(text);
  if (typeof line === 'object' && line !== null && 'type' in line && typeof line.type === 'string') {
    // The collector's own: its type is what contract.ts says.
    return line as StreamLine;
  }
  throw new Error('a line of the stream has no type');
}
