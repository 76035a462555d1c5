/**
 * Everything that may ever be sent to a target: commands that read, and naming and authenticating our own connection.
 * A command with subcommands is listed with the ones allowed.
 */
const ALLOWED: Readonly<Record<string, readonly string[] | 'any arguments'>> = {
  AUTH: 'any arguments',
  INFO: 'any arguments',
  CLIENT: ['SETNAME', 'LIST'],
  CLUSTER: ['INFO', 'NODES'],
  COMMANDLOG: ['LEN', 'GET'],
  CONFIG: ['GET'],
  LATENCY: ['LATEST', 'HISTOGRAM'],
  SENTINEL: ['MASTERS', 'SLAVES', 'SENTINELS', 'CKQUORUM'],
  SLOWLOG: ['LEN', 'GET'],
};

/** The commands as ACL rules and docs name them: `INFO`, `SLOWLOG LEN`... */
export const allowedCommands: readonly string[] = Object.entries(ALLOWED).flatMap(([name, subcommands]) =>
  subcommands === 'any arguments' ? [name] : subcommands.map((subcommand) => `${name} ${subcommand}`)
);

/** Throws for a command that is not on the list: a mistake in a collector, which must not reach a server. */
export function assertAllowed(args: readonly string[]): void {
  const [name = '', subcommand = ''] = args;
  const allowed = Object.hasOwn(ALLOWED, name) ? ALLOWED[name] : undefined;
  if (allowed === 'any arguments' || allowed?.includes(subcommand)) return;
  throw new Error(`the command ${name} ${subcommand} is not on the list of allowed commands`);
}
