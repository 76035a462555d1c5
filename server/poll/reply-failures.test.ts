import { ReplyError } from '../collectors/replies';
import { ErrorReply } from '../model/command';
import { replyCases } from '../testing/replies';
import { commandFailure, isRefusal, replyFailure } from './reply-failures';

describe('replyFailure', () => {
  it.each([
    ['NOAUTH Authentication required.', 'auth', '; set password, and username where the server has users'],
    ['ERR operation not permitted', 'auth', '; set password, and username where the server has users'],
    ['WRONGPASS invalid username-password pair or user is disabled.', 'auth', '; check username and password'],
    ["NOPERM User monitor has no permissions to run the 'info' command", 'no_permission', ''],
    [
      'LOADING Redis is loading the dataset in memory',
      'loading',
      '; the server is reading its dataset into memory: wait',
    ],
    [
      "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
      'master_down',
      '; the link to the master is down and replica-serve-stale-data is off',
    ],
    [
      'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.',
      'busy',
      '; a script or function blocks the server: SCRIPT KILL or FUNCTION KILL ends it',
    ],
    ['ERR max number of clients reached', 'max_clients', '; raise maxclients or close idle clients'],
    ["ERR unknown command 'SLOWLOG'", 'unknown_command', ''],
    ["ERR unknown subcommand 'HISTOGRAM'. Try LATENCY HELP.", 'unknown_command', ''],
    ["ERR Unknown subcommand or wrong number of arguments for 'HISTOGRAM'", 'unknown_command', ''],
    ["ERR Command is not available: 'CONFIG'", 'unknown_command', ''],
    ['ERR This instance has cluster support disabled', 'error_reply', ''],
  ])('explains %j', (said, code, remedy) => {
    expect(replyFailure('INFO', new ErrorReply(said))).toEqual({ code, message: `INFO answered: ${said}${remedy}` });
  });

  it('leaves out arguments, and everything that goes on too long', () => {
    const unknown = 'ERR unknown command `SLOWLOG`, with args beginning with: `canary`, ';
    expect(replyFailure('SLOWLOG GET', new ErrorReply(unknown)).message).toBe(
      'SLOWLOG GET answered: ERR unknown command `SLOWLOG`'
    );
    const long = replyFailure('INFO', new ErrorReply(`ERR ${'x'.repeat(1000)}`)).message;
    expect(long).toBe(`INFO answered: ERR ${'x'.repeat(196)}...`);
  });
});

describe('commandFailure', () => {
  const refused = (command: string, said: string) => new ReplyError(command, new ErrorReply(said));

  it.each([
    ['SLOWLOG LEN', 'slowlog', 'grant +slowlog|len to the user or disable collector slowlog'],
    ['CONFIG GET maxmemory maxclients', 'config', 'grant +config|get to the user or disable collector config'],
    ['INFO everything', undefined, 'grant +info to the user'],
  ])('says what to do about NOPERM on %s', (command, collector, remedy) => {
    const name = command.split(' ', 2).join(' ');
    expect(commandFailure(refused(command, 'NOPERM no'), collector)).toEqual({
      code: 'no_permission',
      message: `${name} answered: NOPERM no: ${remedy}`,
    });
  });

  it('says why a command may be unknown', () => {
    expect(commandFailure(refused('INFO', "ERR unknown command 'INFO'")).message).toBe(
      "INFO answered: ERR unknown command 'INFO': the server does not have the command; it was removed, renamed or is too new for it"
    );
  });

  it('adds nothing to other failures', () => {
    expect(commandFailure(refused('SLOWLOG LEN', 'ERR no'), 'slowlog').message).toBe('SLOWLOG LEN answered: ERR no');
  });
});

describe('what servers of all versions said is taken for a refusal', () => {
  const COMMANDS = [
    'CONFIG GET maxmemory',
    'SLOWLOG LEN',
    'LATENCY LATEST',
    'LATENCY HISTOGRAM',
    'COMMANDLOG LEN slow',
  ];
  const refusals = replyCases().flatMap(({ version, situation, reply }) =>
    COMMANDS.flatMap((command) => {
      const answer = reply(...command.split(' '));
      return answer instanceof ErrorReply && answer.code !== 'NOAUTH'
        ? [[version, situation, command, answer] as const]
        : [];
    })
  );

  it.each(refusals)('%s %s: %s', (_version, _situation, command, answer) => {
    expect(isRefusal(replyFailure(command, answer).code)).toBe(true);
  });
});
