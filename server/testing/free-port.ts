import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A TCP port of 127.0.0.1 nobody listens on. Taken from below the range systems give to outgoing connections, so
 * that nothing but another call can take it before it is used; and low enough for a cluster bus 10000 above.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 22_000);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      return port;
    } catch {
      continue; // taken
    } finally {
      server.close();
    }
  }
}
