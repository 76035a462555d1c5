/** A Redis command as a collector asks for it. */
export interface Command {
  readonly args: readonly [string, ...string[]];
  /** Ask no more often than this and use the last reply in between; absent: with every poll. */
  readonly refreshMs?: number;
}

/** A reply as it comes over RESP2; a bulk string is decoded as UTF-8. */
export type Reply = string | number | null | readonly Reply[];

/** An error reply (`-NOPERM ...`) to one command of a round trip; the other commands of the trip are not affected. */
export class ErrorReply {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }

  /** First word of the message: `ERR`, `NOPERM`, `LOADING`... */
  get code(): string {
    return this.message.split(' ', 1)[0] ?? '';
  }
}

/** Servers say what they like; what is passed on of it ends here. */
const MOST_CHARACTERS = 200;

/** What may be told of an error reply: without the arguments of the command, which some versions add, and not too long. */
export function tellable({ message }: ErrorReply): string {
  const said = message.replace(/,? with args beginning with:.*$/s, '').trimEnd();
  return said.length > MOST_CHARACTERS ? `${said.slice(0, MOST_CHARACTERS)}...` : said;
}

/** A command's name and arguments as one text: the key of its reply. */
export function commandKey(command: Command): string {
  return command.args.join(' ');
}

/** The ACL rule, without its `+`, that allows a command by its first two words: `slowlog|len`; INFO's second is no subcommand. */
export function aclRule(words: string): string {
  return words.startsWith('INFO') ? 'info' : words.toLowerCase().replace(' ', '|');
}
