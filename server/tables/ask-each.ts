import { setImmediate } from 'node:timers/promises';
import { TargetError } from '../errors';
import { aclRule, ErrorReply, tellable, type Command, type Reply } from '../model/command';
import type { TargetStatus } from '../poll/interfaces';
import type { TableContext } from './context';

/** A target that does not answer in this time is left out. */
const DEADLINE_MS = 5_000;
/** Targets that are asked at the same time: each reply may be megabytes. */
const MOST_AT_ONCE = 16;

/** What one target told. */
export interface Told<T> {
  readonly name: string;
  readonly status: TargetStatus;
  readonly value: T;
}

type Ask = (command: Command) => Promise<Reply>;

/** The command was answered with an error, or with something else than it should. */
class BadAnswer extends Error {}

/**
 * What `read` makes of the answers of each target that is chosen, in their order. A target that cannot be asked or answers
 * with an error is left out, with a notice.
 */
export async function askEach<T>(
  context: Pick<TableContext, 'targets' | 'note'>,
  chosen: readonly TargetStatus[],
  read: (ask: Ask) => Promise<T>
): Promise<readonly Told<T>[]> {
  const told: (Told<T> | undefined)[] = [];
  const failures: string[] = [];
  const waiting = chosen.entries();
  const work = async (): Promise<void> => {
    for (const [at, status] of waiting) {
      const { name } = status.target;
      try {
        told[at] = { name, status, value: await read(askOne(context, name)) };
      } catch (error) {
        if (!(error instanceof TargetError || error instanceof BadAnswer)) throw error;
        failures[at] = `${name}: ${error.message}`;
      }
      await setImmediate(); // others want their turn before the next reply is worked through
    }
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, work));
  failures.forEach((text) => context.note('warning', text));
  return told.filter((one) => one !== undefined);
}

/** The text a command should be answered with. */
export async function askText(ask: Ask, command: Command): Promise<string> {
  const reply = await ask(command);
  if (typeof reply !== 'string') throw new BadAnswer(`the answer to ${command.args.join(' ')} is no text`);
  return reply;
}

/** The array a command should be answered with. */
export async function askArray(ask: Ask, command: Command): Promise<readonly Reply[]> {
  const reply = await ask(command);
  if (!Array.isArray(reply)) throw new BadAnswer(`the answer to ${command.args.join(' ')} is no array`);
  return reply as readonly Reply[]; // of the replies only arrays come this far
}

function askOne({ targets }: Pick<TableContext, 'targets'>, name: string): Ask {
  return async (command) => {
    const [reply = null] = await targets.ask(name, [command], DEADLINE_MS);
    if (reply instanceof ErrorReply) throw new BadAnswer(describeError(command, reply));
    return reply;
  };
}

function describeError({ args }: Command, reply: ErrorReply): string {
  const name = args.slice(0, 2).join(' ');
  const remedy = reply.code === 'NOPERM' ? `; grant +${aclRule(name)} to the user` : '';
  return `${name} answered: ${tellable(reply)}${remedy}`;
}
