import {
  createServer as createHttpServer,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { ConfigError } from '../errors';
import { readTlsFiles, type TlsFiles } from './tls-files';
import { MOST_BODY_BYTES, UnderWay } from './under-way';

/** What a client may take up. */
const LIMITS: ServerOptions = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  /** How late these two may be noticed; Node's own 30 s would make 40 of 10. */
  connectionsCheckingInterval: 2_000,
  /** Longer than any usual scrape interval, so that Prometheus keeps its connection. */
  keepAliveTimeout: 130_000,
};
const MAX_CONNECTIONS = 1024;
/** Of all answers together that were not read yet; beyond it nobody is given another one. */
const MAX_UNSENT_BYTES = 512 * 1024 * 1024;
const TOO_MUCH_UNSENT = `More than ${MAX_UNSENT_BYTES / 2 ** 20} MB wait for clients that do not read their answers: have them read or hang up.`;
const TOO_MUCH_ASKED = `More than ${MOST_BODY_BYTES / 2 ** 20} MB of questions wait for their answers: try again in a minute.`;
/** Node would wait two minutes. */
const TLS_HANDSHAKE_TIMEOUT_MS = 10_000;
/** A response nobody reads is given up after this; longer than the longest deadline of a scrape. */
const IDLE_TIMEOUT_MS = 150_000;
const SWEEP_MS = 50;

export interface ListenAddress {
  /** Empty: all interfaces. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** An HTTP server with its limits and, with `tls`, HTTPS; throws a ConfigError when the files cannot be used. */
export function createServer(app: RequestListener, { tls }: { readonly tls?: TlsFiles | undefined } = {}): WebServer {
  return new WebServer(app, tls);
}

export class WebServer {
  private readonly server: Server | HttpsServer;
  private readonly asksForClientCertificates: boolean;
  /** Node's own list leaves out those that are still in their TLS handshake. */
  private readonly sockets = new Set<Socket>();
  private readonly underWay = new UnderWay();
  private closed: Promise<void> | undefined;

  constructor(app: RequestListener, tls: TlsFiles | undefined) {
    this.asksForClientCertificates = tls?.clientCaFile !== undefined;
    const answer: RequestListener = (request, response) => {
      const begun = this.underWay.begin(request, response);
      if (begun === 'too many') request.socket.destroy();
      else if (begun === 'too much') refuse(response, TOO_MUCH_ASKED);
      else if (this.unsentBytes() > MAX_UNSENT_BYTES) refuse(response, TOO_MUCH_UNSENT);
      else app(request, response);
    };
    this.server =
      tls === undefined
        ? createHttpServer(LIMITS, answer)
        : createHttpsServer(
            {
              ...LIMITS,
              ...readTlsFiles(tls),
              handshakeTimeout: TLS_HANDSHAKE_TIMEOUT_MS,
              requestCert: this.asksForClientCertificates,
            },
            answer
          );
    this.server.maxConnections = MAX_CONNECTIONS;
    this.server.timeout = IDLE_TIMEOUT_MS;
    // Whoever keeps connections for later must not keep others out: those who really ask connect once more.
    this.server.on('drop', () => this.server.closeIdleConnections());
    const keep = (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    };
    // What waits to be sent over TLS, the inner one has.
    this.server.on('connection', keep).on('secureConnection', keep);
  }

  /** Resolves with where it listens; rejects with an error that says what to do. */
  listen({ host, port }: ListenAddress): Promise<AddressInfo> {
    const { server } = this;
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(describeListenError(error, host, port));
      server.once('error', fail);
      server.listen({ port, ...(host !== '' && { host }) }, () => {
        server.off('error', fail);
        resolve(server.address() as AddressInfo); // a server on a port, not on a socket file
      });
    });
  }

  /**
   * Reads certificate files anew for the connections to come. Throws a ConfigError, and goes on with what it has, when
   * they cannot be used.
   */
  reloadTls(tls: TlsFiles | undefined): void {
    const { server } = this;
    const isHttps = 'setSecureContext' in server;
    if (isHttps !== (tls !== undefined) || this.asksForClientCertificates !== (tls?.clientCaFile !== undefined)) {
      const message = 'whether TLS is spoken, and whether clients need certificates, changes with a restart only';
      throw new ConfigError([{ path: 'web.tls', message }]);
    }
    if (isHttps && tls !== undefined) server.setSecureContext(readTlsFiles(tls));
  }

  private unsentBytes(): number {
    let bytes = 0;
    for (const { writableLength } of this.sockets) bytes += writableLength;
    return bytes;
  }

  /** Stops accepting, lets running requests finish for `graceMs`, then ends them. */
  close(graceMs: number): Promise<void> {
    const { server } = this;
    this.closed ??= new Promise((resolve) => server.close(() => resolve()));
    // Node ends the connections that are idle now, not those that become idle when their request is answered.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    const force = setTimeout(() => this.sockets.forEach((socket) => socket.destroy()), graceMs);
    return this.closed.finally(() => {
      clearInterval(sweep);
      clearTimeout(force);
    });
  }
}

function refuse(response: ServerResponse, error: string): void {
  response.writeHead(503, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(JSON.stringify({ status: 'error', errorType: 'unavailable', error }));
}

function describeListenError(error: Error, host: string, port: number): Error {
  const where = `${host.includes(':') ? `[${host}]` : host || '*'}:${port}`;
  const remedies: Readonly<Record<string, string>> = {
    EADDRINUSE: `${where} is in use: stop what listens there, or choose another address with --listen`,
    EACCES: `${where} needs privileges this process does not have: choose a port above 1023 with --listen`,
    EADDRNOTAVAIL: `${where} is no address of this machine: choose one with --listen`,
    EAI_AGAIN: `the host name of ${where} cannot be resolved now: give an IP address with --listen`,
    ENOTFOUND: `the host name of ${where} is unknown: give an IP address or a known name with --listen`,
  };
  const code = 'code' in error ? String(error.code) : '';
  return new Error(`cannot listen: ${remedies[code] ?? `${where}: ${error.message}`}`, { cause: error });
}
