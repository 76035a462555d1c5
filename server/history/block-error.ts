/** A block that cannot be read: damaged, or of a version that is not known here. The message says what is wrong. */
export class BlockError extends Error {
  override readonly name = 'BlockError';
  readonly code = 'block';
}
