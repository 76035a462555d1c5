import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './cleanup';

/** Part of the world of a Node process, in all its threads, as a test sets it. */
export interface Preload<T> {
  /** The process must be started with it. */
  readonly env: Readonly<Record<string, string>>;
  set(value: T): void;
}

/** `script` runs before the process' own code; `read()` in it gives what was set last. */
function preload<T>(script: string, initial: T): Preload<T> {
  const directory = temporaryDirectory();
  const [state, file] = [join(directory, 'state.json'), join(directory, 'preload.js')];
  const read = `const read = () => JSON.parse(require('node:fs').readFileSync(${JSON.stringify(state)}, 'utf8'));`;
  writeFileSync(file, `${read}\n${script}`);
  const set = (value: T): void => {
    writeFileSync(`${state}.new`, JSON.stringify(value));
    renameSync(`${state}.new`, state); // it is read at any moment
  };
  set(initial);
  return { env: { NODE_OPTIONS: `--require ${file}` }, set };
}

/** The system's clock: milliseconds by which it is wrong. Timers go on as they are. */
export function wrongClock(): Preload<number> {
  return preload('const { now } = Date; Date.now = () => now() + read();', 0);
}

/** IPv4 addresses by name; null: there is no such name. Other names are looked up as ever. */
type Addresses = Readonly<Record<string, string | null>>;

/** The name service. */
export function nameService(addresses: Addresses): Preload<Addresses> {
  return preload(
    `const dns = require('node:dns');
    const { lookup } = dns;
    dns.lookup = (name, options, callback) => {
      const address = read()[name];
      const error = Object.assign(new Error('getaddrinfo ENOTFOUND ' + name), { code: 'ENOTFOUND' });
      if (address === undefined) lookup(name, options, callback);
      else if (address === null) process.nextTick(callback, error);
      else if (options.all) process.nextTick(callback, null, [{ address, family: 4 }]);
      else process.nextTick(callback, null, address, 4);
    };`,
    addresses
  );
}

/** The threads beside the main one: each ends when another number is set than there was at its beginning. */
export function mortalThreads(): Preload<number> {
  return preload(
    `const born = read();
    if (!require('node:worker_threads').isMainThread) setInterval(() => read() === born || process.exit(7), 20).unref();`,
    0
  );
}
