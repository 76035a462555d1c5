import type { ErrorReply } from '../model/command';
import type { Failure, FailureCode } from '../model/poll-result';

/** Beginnings of error replies, what they mean, and what to do about them. */
const KNOWN: readonly (readonly [start: RegExp, code: FailureCode, remedy: string])[] = [
  [/^NOAUTH|^ERR operation not permitted/, 'auth', 'set password, and username where the server has users'],
  [/^WRONGPASS|^ERR invalid password/, 'auth', 'check username and password'],
  [/^NOPERM/, 'no_permission', ''],
  [/^LOADING/, 'loading', 'the server is reading its dataset into memory: wait'],
  [/^MASTERDOWN/, 'master_down', 'the link to the master is down and replica-serve-stale-data is off'],
  [/^BUSY/, 'busy', 'a script or function blocks the server: SCRIPT KILL or FUNCTION KILL ends it'],
  [/^ERR max number of clients/, 'max_clients', 'raise maxclients or close idle clients'],
  [/^ERR unknown (sub)?command|^ERR Unknown.*subcommand|^ERR syntax error/i, 'unknown_command', ''],
];

/** The part of an error reply that cannot hold arguments of a command: they follow in quotes, or behind `with args`. */
function withoutArguments(message: string): string {
  return message.replace(/,? with args beginning with:.*$/s, '').trimEnd();
}

/** An error reply to `command` (`SLOWLOG LEN`) as a failure that says what to do. */
export function replyFailure(command: string, reply: ErrorReply): Failure {
  const known = KNOWN.find(([start]) => start.test(reply.message));
  const said = withoutArguments(reply.message);
  if (known === undefined) return { code: 'error_reply', message: `${command} answered: ${said}` };
  const [, code, remedy] = known;
  return { code, message: remedy === '' ? `${command} answered: ${said}` : `${command} answered: ${said}; ${remedy}` };
}

/** Whether the server will go on refusing the command on this connection. */
export function isRefusal(code: FailureCode): boolean {
  return code === 'no_permission' || code === 'unknown_command';
}

/** What to do about a refused command of a collector. */
export function refusalRemedy(collector: string, command: string, code: FailureCode): string {
  const rule = command.split(' ', 2).join('|').toLowerCase();
  return code === 'no_permission'
    ? `grant +${rule} to the user or disable collector ${collector}`
    : `the server does not have the command; it was removed, renamed or is too new for it`;
}
