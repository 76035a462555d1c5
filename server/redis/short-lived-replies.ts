import { Command } from 'ioredis';

/** What of a command is used here; the types of ioredis call some of it private. */
interface CommandParts {
  /** Set where a reply is not asked for by promise. */
  callback?: unknown;
  isResolved: boolean;
  isSettled: boolean;
  transformed: boolean;
  promise: Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  initPromise: (this: CommandParts) => void;
  stringifyArguments(): void;
  _convertValue(resolve: (value: unknown) => void): (value: unknown) => void;
  _clearTimers(): void;
}

/**
 * Lets replies be collected soon after they are read. ioredis writes `this.reject = (error) => ...` for each command;
 * V8 takes a function literal assigned to a property for a method and puts it among the long-lived objects, from where
 * it holds the command and its reply, for INFO ten kilobytes a poll, until the next full collection. Made by a
 * function of its own, the closure dies young with all it holds.
 */
export function keepRepliesShortLived(): void {
  // Safe: CommandParts has the members under the names they have in ioredis; a test compares the function replaced.
  const prototype = Command.prototype as unknown as CommandParts;
  const { initPromise } = prototype;
  prototype.initPromise = function () {
    if (this.callback !== undefined) {
      initPromise.call(this);
      return;
    }
    this.isResolved = false;
    this.isSettled = false;
    if (!this.transformed) {
      this.transformed = true;
      this.stringifyArguments();
    }
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.resolve = this._convertValue(resolve);
    this.reject = rejecter(this, reject);
    this.promise = promise;
  };
}

function rejecter(command: CommandParts, reject: (error: Error) => void): (error: Error) => void {
  return (error) => {
    command._clearTimers();
    command.isSettled = true;
    reject(error);
  };
}
