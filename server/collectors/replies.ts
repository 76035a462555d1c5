import { ErrorReply, type Reply } from '../model/command';
import type { ServerFacts } from '../model/server-facts';
import { parseCommandStats, usageByCommand, type CommandStat } from '../parse/command-stats';
import { parseInfo, type InfoReply, type InfoShape } from '../parse/info';
import { learnFacts } from './facts';

/** An error reply to a command a collector cannot do without. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
  readonly command: string;
  readonly reply: ErrorReply;

  constructor(command: string, reply: ErrorReply) {
    super(reply.message);
    this.command = command;
    this.reply = reply;
  }
}

/** In characters: beyond what any server says, and little enough to be read without holding others up. */
const LONGEST_INFO = 2 * 2 ** 20;

/** A reply whose shape no known server version gives. */
export class UnexpectedReply extends Error {
  override readonly name = 'UnexpectedReply';

  constructor(command: string, expected: string) {
    super(`the reply to ${command} is not ${expected}`);
  }
}

/** What is kept of a poll for the next one of the same target. */
export interface Learned {
  readonly shape: InfoShape;
  readonly facts: ServerFacts;
}

/** The replies of one poll, by command; INFO is always among them and already parsed. */
export class Replies {
  readonly info: InfoReply;
  readonly facts: ServerFacts;
  private readonly byCommand: ReadonlyMap<string, Reply | ErrorReply>;
  private stats: readonly CommandStat[] | undefined;
  private usages: ReturnType<typeof usageByCommand> | undefined;

  /**
   * Throws ReplyError when INFO was refused, UnexpectedReply when it is no text or too long. `previous` is what was
   * learned in the same target's poll before: it saves work and holds the start time still.
   */
  constructor(
    byCommand: ReadonlyMap<string, Reply | ErrorReply>,
    infoCommand: string,
    nowMs: number,
    previous: Learned | undefined
  ) {
    this.byCommand = byCommand;
    const text = this.text(infoCommand);
    if (text.length > LONGEST_INFO) throw new UnexpectedReply(infoCommand, 'shorter than 2 MiB');
    this.info = parseInfo(text, previous);
    this.facts = learnFacts(this.info, nowMs, previous?.facts);
  }

  get learned(): Learned {
    return { shape: this.info.shape, facts: this.facts };
  }

  /** INFO Commandstats, parsed once for all collectors that read it. */
  get commandStats(): readonly CommandStat[] {
    return (this.stats ??= parseCommandStats(this.info));
  }

  /** Calls and microseconds by command name, containers included. */
  get usage(): ReturnType<typeof usageByCommand> {
    return (this.usages ??= usageByCommand(this.commandStats));
  }

  /** The reply to a command a collector can do without: undefined when it was not asked. */
  find(command: string): Reply | ErrorReply | undefined {
    return this.byCommand.get(command);
  }

  /** Throws ReplyError when the server answered with an error. */
  get(command: string): Reply {
    const reply = this.byCommand.get(command);
    if (reply instanceof ErrorReply) throw new ReplyError(command, reply);
    if (reply === undefined) throw new UnexpectedReply(command, 'there');
    return reply;
  }

  integer(command: string): number {
    const reply = this.get(command);
    if (typeof reply !== 'number') throw new UnexpectedReply(command, 'an integer');
    return reply;
  }

  text(command: string): string {
    const reply = this.get(command);
    if (typeof reply !== 'string') throw new UnexpectedReply(command, 'a string');
    return reply;
  }

  array(command: string): readonly Reply[] {
    const reply = this.get(command);
    if (!Array.isArray(reply)) throw new UnexpectedReply(command, 'an array');
    return reply as readonly Reply[];
  }
}
