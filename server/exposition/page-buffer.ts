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
    const bytes = Buffer.byteLength(text);
    this.makeRoom(bytes);
    this.isAscii &&= bytes === text.length;
    // ASCII is copied as it is, several times faster than it would be encoded.
    this.length += this.buffer.write(text, this.length, bytes === text.length ? 'latin1' : 'utf8');
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
