import type { ReplyError } from '../collectors/replies';
import { aclRule, tellable, type ErrorReply } from '../model/command';
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
  [
    /^ERR (unknown (sub)?command|unknown.*subcommand|syntax error|command is not available|unsupported command)/i,
    'unknown_command',
    '',
  ],
];

/** What an error reply to `command` (`SLOWLOG LEN`) means. */
export function replyFailure(command: string, reply: ErrorReply): Failure {
  const [, code, remedy] = KNOWN.find(([start]) => start.test(reply.message)) ?? ['', 'error_reply' as const, ''];
  const message = `${command} answered: ${tellable(reply)}`;
  return { code, message: remedy === '' ? message : `${message}; ${remedy}` };
}

/** Whether the server will go on refusing the command on this connection. */
export function isRefusal(code: FailureCode): boolean {
  return code === 'no_permission' || code === 'unknown_command';
}

/** As `replyFailure`, and what to do about a refusal, when a collector needs the reply or (INFO) all of them do. */
export function commandFailure({ command, reply }: ReplyError, collector?: string): Failure {
  const name = command.split(' ', 2).join(' ');
  const { code, message } = replyFailure(name, reply);
  if (!isRefusal(code)) return { code, message };
  const instead = collector === undefined ? '' : ` or disable collector ${collector}`;
  const remedy =
    code === 'no_permission'
      ? `grant +${aclRule(name)} to the user${instead}`
      : 'the server does not have the command; it was removed, renamed or is too new for it';
  return { code, message: `${message}: ${remedy}` };
}
