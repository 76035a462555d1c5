import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that has another server under a path, as many companies do. */
export class PathProxy {
  readonly #server: Server;

  private constructor(
    private readonly prefix: string,
    target: string
  ) {
    this.#server = createServer((request, response) => {
      const { url = '', method = 'GET', headers } = request;
      if (!url.startsWith(prefix)) return void response.writeHead(404).end();
      const upstream = httpRequest(`${target}/${url.slice(prefix.length)}`, { method, headers }, (from) => {
        response.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(response);
      });
      upstream.once('error', () => response.destroy());
      response.once('close', () => upstream.destroy());
      request.pipe(upstream);
    });
  }

  /** `prefix`: with a slash at both ends. */
  static async start(prefix: string, target: string): Promise<PathProxy> {
    const proxy = new PathProxy(prefix, target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.prefix}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
