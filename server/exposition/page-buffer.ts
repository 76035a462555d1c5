/** Of a character of JavaScript in UTF-8. */
const MOST_BYTES = 3;

/** A page under way: bytes, with room for more. */
export class PageBuffer {
  length = 0;
  /** Whether every character so far took one byte. */
  isAscii = true;
  private buffer: Buffer;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  append(text: string): void {
    // Where there is room in any case, bytes are counted as they are written: a fifth less time for a page.
    if (this.length + text.length * MOST_BYTES > this.buffer.length) this.makeRoom(Buffer.byteLength(text));
    const bytes = this.buffer.write(text, this.length, 'utf8');
    this.isAscii &&= bytes === text.length;
    this.length += bytes;
  }

  /** As `append`, for a text that is known to be ASCII. */
  appendAscii(text: string): void {
    this.makeRoom(text.length);
    this.length += this.buffer.write(text, this.length, 'latin1');
  }

  /** Appends a part of another page. */
  copyFrom(page: Buffer, from: number, to: number): void {
    this.makeRoom(to - from);
    this.length += page.copy(this.buffer, this.length, from, to);
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  private makeRoom(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow((this.length + bytes) * 2);
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
