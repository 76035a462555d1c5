import type { LogEntry, LogKind, LogPosition } from '../history/interfaces';
import type { ArgumentsKept } from '../model/arguments-kept';
import { ErrorReply, type Reply } from '../model/command';
import type { PollResult } from '../model/poll-result';
import type { Target } from '../model/target';
import { parseSlowLog, type LoggedCommand } from '../parse/slow-log';
import type { Targets } from '../poll/interfaces';
import { describeCommand } from './describe-command';
import { LogTail } from './log-tail';
import { getCommand, readLogs, type LogReading } from './readings';

/** A question the server refuses is asked again after this long. */
const REFUSED_MS = 60_000;
/** Losses of a log are told of this often. */
const TELL_LOST_MS = 10 * 60_000;
const MOST_CHARACTERS = 200;

export interface SlowLogCaptureParts {
  readonly ask: Targets['ask'];
  /** Is given new entries, oldest first of each log. */
  readonly add: (entries: readonly LogEntry[]) => void;
  readonly arguments: () => ArgumentsKept;
  /** What is kept of each log already. */
  readonly positions: readonly LogPosition[];
  /** Is told of entries that nobody can read any more: at once, then every ten minutes of what was lost meanwhile. */
  readonly onOverrun: (target: string, log: LogKind, lost: number) => void;
  /** Is told once of what goes on: why a log cannot be read, and what to do. */
  readonly onFailure: (target: string, log: LogKind, message: string) => void;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** A log of a target, and what is in the way of reading it. */
interface Followed {
  readonly tail: LogTail;
  failure: string | undefined;
  notBeforeMs: number;
  /** Lost and not told of yet. */
  lost: number;
  toldLostMs: number;
}

interface TargetLogs {
  readonly logs: Map<LogKind, Followed>;
  isAsking: boolean;
}

interface Question {
  readonly reading: LogReading;
  readonly followed: Followed;
  readonly count: number;
}

/**
 * Keeps what servers log of slow commands and large requests and replies. A server is asked only after a poll that tells
 * of new entries, in a round trip of its own, and never twice at once.
 */
export class SlowLogCapture {
  /** Since the start: entries handed on, entries lost unseen, questions that failed. */
  readonly counters = { entries: 0, lost: 0, failures: 0 };
  private readonly parts: SlowLogCaptureParts;
  private readonly targets = new Map<string, TargetLogs>();

  constructor(parts: SlowLogCaptureParts) {
    this.parts = parts;
    for (const position of parts.positions) {
      this.logsOf(position.target).logs.set(position.log, follow(position));
    }
  }

  /** Is told of every poll. */
  notice({ target, failure, facts, samples }: PollResult): void {
    if (failure !== undefined || facts === undefined) return;
    const state = this.logsOf(target.name);
    if (state.isAsking) return;
    const nowMs = this.parts.now();
    const questions = readLogs(samples).flatMap((reading): Question[] => {
      const followed = followedIn(state, reading.log);
      const count = nowMs < followed.notBeforeMs ? 0 : followed.tail.countToAsk(reading, facts.runId, nowMs);
      return count === 0 ? [] : [{ reading, followed, count }];
    });
    if (questions.length > 0) void this.capture(target, state, facts.runId, questions);
  }

  /** Forgets the other targets. */
  keep(names: ReadonlySet<string>): void {
    for (const name of this.targets.keys()) if (!names.has(name)) this.targets.delete(name);
  }

  private async capture(
    target: Target,
    state: TargetLogs,
    runId: string,
    questions: readonly Question[]
  ): Promise<void> {
    let open = questions;
    state.isAsking = true;
    try {
      while (open.length > 0) {
        const commands = open.map(({ reading, count }) => getCommand(reading.log, count));
        const replies = await this.parts.ask(target.name, commands, target.timeoutMs);
        if (this.targets.get(target.name) !== state) return;
        open = open.flatMap((question, at) => this.settle(target.name, runId, question, replies[at] ?? null));
      }
    } catch (error) {
      if (this.targets.get(target.name) !== state) return;
      const message = error instanceof Error ? error.message : String(error);
      for (const { reading, followed } of open) this.fail(target.name, reading.log, followed, message);
    } finally {
      state.isAsking = false;
    }
  }

  /** Takes in a reply; gives the question to ask instead when it did not reach back far enough. */
  private settle(target: string, runId: string, question: Question, reply: Reply | ErrorReply): readonly Question[] {
    const { reading, followed, count } = question;
    const { log } = reading;
    const entries = reply instanceof ErrorReply ? undefined : parseSlowLog(reply);
    if (entries === undefined) {
      followed.notBeforeMs = this.parts.now() + REFUSED_MS;
      this.fail(target, log, followed, refusal(log, reply));
      return [];
    }
    followed.failure = undefined;
    const tail = followed.tail.take(entries, count, reading, runId, this.parts.now());
    if (typeof tail === 'number') return [{ ...question, count: tail }];
    const kept = this.parts.arguments();
    if (tail.entries.length > 0) {
      this.parts.add(tail.entries.map((entry) => toLogEntry(target, log, tail.runId, entry, kept)));
    }
    this.counters.entries += tail.entries.length;
    this.counters.lost += tail.lost;
    followed.lost += tail.lost;
    this.tellLost(target, log, followed);
    return [];
  }

  private tellLost(target: string, log: LogKind, followed: Followed): void {
    const nowMs = this.parts.now();
    if (followed.lost === 0 || nowMs - followed.toldLostMs < TELL_LOST_MS) return;
    this.parts.onOverrun(target, log, followed.lost);
    followed.lost = 0;
    followed.toldLostMs = nowMs;
  }

  private fail(target: string, log: LogKind, followed: Followed, message: string): void {
    this.counters.failures++;
    if (followed.failure !== message) this.parts.onFailure(target, log, message);
    followed.failure = message;
  }

  private logsOf(target: string): TargetLogs {
    let logs = this.targets.get(target);
    if (logs === undefined) this.targets.set(target, (logs = { logs: new Map(), isAsking: false }));
    return logs;
  }
}

function follow(known?: LogPosition): Followed {
  return { tail: new LogTail(known), failure: undefined, notBeforeMs: -Infinity, lost: 0, toldLostMs: -Infinity };
}

function followedIn({ logs }: TargetLogs, log: LogKind): Followed {
  let followed = logs.get(log);
  if (followed === undefined) logs.set(log, (followed = follow()));
  return followed;
}

function toLogEntry(
  target: string,
  log: LogKind,
  runId: string,
  { id, timeMs, amount, args, clientAddress, clientName }: LoggedCommand,
  kept: ArgumentsKept
): LogEntry {
  const client = {
    clientAddress: clientAddress.slice(0, MOST_CHARACTERS),
    clientName: clientName.slice(0, MOST_CHARACTERS),
  };
  return { target, log, runId, id, timeMs, amount, ...describeCommand(args, kept), ...client };
}

function refusal(log: LogKind, reply: Reply | ErrorReply): string {
  const name = log === 'slow' ? 'SLOWLOG GET' : 'COMMANDLOG GET';
  if (!(reply instanceof ErrorReply)) return `${name} answered with something else than a list of entries`;
  const message = `${name} answered: ${reply.message.slice(0, MOST_CHARACTERS)}`;
  const rule = name.toLowerCase().replace(' ', '|');
  return reply.code === 'NOPERM' ? `${message}: grant +${rule} to the user` : message;
}
