import { tokenize } from './arguments';
import { type CommandName, COMMANDS, OPTIONS } from './options';

/** A command and the arguments that are left for it. */
export interface GivenCommand {
  readonly name: CommandName;
  readonly argv: readonly string[];
}

/** The command that the first argument which is no option names. Behind `--` it is a redis-url, as `verify:6379` is. */
export function findCommand(argv: readonly string[]): GivenCommand | undefined {
  const first = tokenize(argv, OPTIONS).find(({ kind }) => kind !== 'option');
  const command = first?.kind === 'positional' ? COMMANDS.find(({ name }) => name === first.value) : undefined;
  return command && { name: command.name, argv: argv.filter((_, index) => index !== first?.index) };
}
