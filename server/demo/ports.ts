import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { formatListen, type Listen } from '../config/listen';

export const HOST = '127.0.0.1';

/** A cluster node talks to the others on a second port, so much above its own. */
const BUS = 10_000;

/**
 * Ports of 127.0.0.1 nobody listens on, nor on those of their cluster buses. They are below the range that systems give
 * to outgoing connections, so that nothing takes them before they are used.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(10_000, 22_000);
    const isFree = (await listenProblem(port, HOST)) ?? (await listenProblem(port + BUS, HOST));
    if (isFree === undefined && !ports.has(port + BUS) && !ports.has(port - BUS)) ports.add(port);
  }
  return [...ports];
}

/** Rejects with what to do when the address cannot be listened on. */
export async function refuseTaken(listen: Listen): Promise<void> {
  const code = await listenProblem(listen.port, listen.host);
  if (code === undefined) return;
  const remedy = `give another address, for example --listen ${formatListen({ ...listen, port: 9122 })}`;
  if (code === 'EADDRINUSE') {
    throw new Error(`port ${listen.port} is taken, perhaps by another demo or a collector: end it, or ${remedy}`);
  }
  throw new Error(`nothing can listen on ${formatListen(listen)} (${code}): ${remedy}`);
}

/** The code of what is in the way of listening; undefined: nothing. */
async function listenProblem(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  try {
    // Without a host node:net listens on all interfaces.
    server.listen(host === '' ? { port } : { port, host });
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'for an unknown reason'; // what node:net emits
  } finally {
    server.close();
  }
}
