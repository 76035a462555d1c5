import { ErrorReply, type Reply } from '../model/command';
import type { ServerFacts } from '../model/server-facts';
import type { InfoReply } from '../parse/info';

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

/** A reply whose shape no known server version gives. */
export class UnexpectedReply extends Error {
  override readonly name = 'UnexpectedReply';

  constructor(command: string, expected: string) {
    super(`the reply to ${command} is not ${expected}`);
  }
}

/** The replies of one poll, by command. */
export class Replies {
  readonly info: InfoReply;
  readonly facts: ServerFacts;
  private readonly byCommand: ReadonlyMap<string, Reply | ErrorReply>;

  constructor(info: InfoReply, facts: ServerFacts, byCommand: ReadonlyMap<string, Reply | ErrorReply>) {
    this.info = info;
    this.facts = facts;
    this.byCommand = byCommand;
  }

  /** Whether the command was asked in this poll, or before and its reply is still good. */
  has(command: string): boolean {
    return this.byCommand.has(command);
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
