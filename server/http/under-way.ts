import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { LIMITS } from '../api/limits';

/** Of one connection: clients wait for an answer before they ask again, but for a few that send some requests ahead. */
export const MOST_OF_ONE = 8;
/** Of the bodies of all, as they are announced: so many that it takes hundreds of connections to come to it. */
export const MOST_BODY_BYTES = 128 * 1024 * 1024;

interface Held {
  requests: number;
  bodyBytes: number;
  isGone: boolean;
}

/** The requests that are not answered yet: what they hold is bounded, however many are sent ahead. */
export class UnderWay {
  private bodyBytes = 0;
  private readonly bySocket = new WeakMap<Socket, Held>();

  /** Counts a request until it is answered or its connection ends; does not, and says why, when there is too much. */
  begin(request: IncomingMessage, response: ServerResponse): 'begun' | 'too many' | 'too much' {
    const held = this.heldBy(request.socket);
    const bodyBytes = longestBody(request);
    if (held.isGone || held.requests >= MOST_OF_ONE) return 'too many';
    if (bodyBytes > 0 && this.bodyBytes + bodyBytes > MOST_BODY_BYTES) return 'too much';
    this.change(held, 1, bodyBytes);
    response.once('close', () => {
      if (!held.isGone) this.change(held, -1, -bodyBytes);
    });
    return 'begun';
  }

  private heldBy(socket: Socket): Held {
    const known = this.bySocket.get(socket);
    if (known !== undefined) return known;
    const held: Held = { requests: 0, bodyBytes: 0, isGone: false };
    this.bySocket.set(socket, held);
    // Answers that wait for others before them are not told.
    socket.once('close', () => {
      this.change(held, -held.requests, -held.bodyBytes);
      held.isGone = true;
    });
    return held;
  }

  private change(held: Held, requests: number, bodyBytes: number): void {
    held.requests += requests;
    held.bodyBytes += bodyBytes;
    this.bodyBytes += bodyBytes;
  }
}

/** What of it may come to be in memory: longer ones are refused. */
function longestBody({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return LIMITS.bodyBytes;
  return Math.min(Number(headers['content-length'] ?? 0), LIMITS.bodyBytes);
}
