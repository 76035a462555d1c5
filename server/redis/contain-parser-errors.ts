import DataHandler from 'ioredis/built/DataHandler';

/**
 * ioredis throws what goes wrong while it assigns a reply to its command out of a callback of its own, where nobody
 * can catch it: one reply nobody asked for would end the process. Thrown at once, it ends that connection alone.
 */
export function containParserErrors(): void {
  // Safe: the method is private in the types only; a test notices when it is no longer called.
  const handler = DataHandler.prototype as unknown as { dispatch(assign: () => void): void };
  handler.dispatch = (assign) => assign();
}
