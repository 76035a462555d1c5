import type { Reply } from '../model/command';

/** An entry of SLOWLOG GET or COMMANDLOG GET. */
export interface LoggedCommand {
  /** Grows by one with each entry of the log since the server started. */
  readonly id: number;
  /** By the server's clock, which is given in seconds. */
  readonly timeMs: number;
  /** Microseconds of execution; of COMMANDLOG's large requests and replies, bytes. */
  readonly amount: number;
  /** The command's words; the server cuts long ones short, and many. */
  readonly args: readonly string[];
  /** Empty before Redis 4.0, as is the name. */
  readonly clientAddress: string;
  readonly clientName: string;
}

/** `[id, unix time, amount, [arguments], client address, client name]`, newest first; undefined: not of that shape. */
export function parseSlowLog(reply: Reply): readonly LoggedCommand[] | undefined {
  if (!isList(reply)) return undefined;
  const entries = reply.map(parseEntry);
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

function parseEntry(reply: Reply): LoggedCommand | undefined {
  if (!isList(reply)) return undefined;
  const [id, seconds, amount, args = null, clientAddress, clientName] = reply;
  if (!isCount(id) || !isCount(seconds) || !isCount(amount) || !isList(args)) return undefined;
  return {
    id,
    timeMs: seconds * 1000,
    amount,
    args: args.map(String),
    clientAddress: textOf(clientAddress),
    clientName: textOf(clientName),
  };
}

function isList(reply: Reply): reply is readonly Reply[] {
  return Array.isArray(reply);
}

function isCount(reply: Reply | undefined): reply is number {
  return Number.isSafeInteger(reply) && Number(reply) >= 0;
}

function textOf(reply: Reply | undefined): string {
  return typeof reply === 'string' ? reply : '';
}
