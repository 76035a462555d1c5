import type { Collector } from '../collectors/collector';
import { Replies, UnexpectedReply, type Learned } from '../collectors/replies';
import { commandKey, ErrorReply, type Command, type Reply } from '../model/command';
import type { CollectorFailure } from '../model/poll-result';
import type { ServerFacts } from '../model/server-facts';
import type { Clock } from '../util/clock';
import type { TargetConnection } from './interfaces';
import { planKey, planPoll, type PollPlan } from './poll-plan';
import { isRefusal, replyFailure } from './reply-failures';
import type { RestingCollector } from './run-collectors';

/** A refused command is tried again this long after it was learned: permissions may have been granted meanwhile. */
const RELEARN_MS = 3_600_000;

const FACTS: Command = { args: ['INFO'] };

/** Asked in turn of servers that answer with nothing to the word their version should know. */
const OTHER_INFO: readonly Command[] = [{ args: ['INFO', 'all'] }, FACTS];

export interface SessionParts {
  readonly collectors: readonly Collector[];
  readonly disabled: ReadonlySet<string>;
  readonly clock: Clock;
  /** Is told of the commands of each round trip before they are sent. */
  readonly onSend: (commands: number) => void;
}

/** What a server answered, and the collectors that asked. */
export interface Answers {
  readonly replies: Replies;
  readonly collectors: readonly Collector[];
  readonly resting: Map<string, RestingCollector>;
}

/** What is known of a server as long as one connection to it lasts. */
export class Session {
  readonly connection: TargetConnection;
  private readonly parts: SessionParts;
  private learnedAtMs: number;
  private learned: Learned | undefined;
  /** Collectors one of whose commands the server refuses. */
  private readonly off = new Map<string, CollectorFailure>();
  /** Last replies to commands that are not asked every time, refused ones among them. */
  private readonly kept = new Map<string, { readonly reply: Reply | ErrorReply; readonly untilMs: number }>();
  private readonly resting = new Map<string, RestingCollector>();
  /** Set when the server does not know INFO's word for everything. */
  private info: Command | undefined;
  private infosRefused = 0;
  private plan: { readonly key: string; readonly poll: PollPlan } | undefined;

  constructor(connection: TargetConnection, parts: SessionParts) {
    this.connection = connection;
    this.parts = parts;
    this.learnedAtMs = parts.clock.monotonic();
  }

  /** Of the last answer; undefined before the first. */
  get facts(): ServerFacts | undefined {
    return this.learned?.facts;
  }

  /**
   * Sends what is due in one round trip; before the first, one more asks what kind of server it is. Rejects with a
   * ReplyError when INFO is refused.
   */
  async ask(): Promise<Answers> {
    this.tryRefusedAgain();
    this.learned ??= await this.learn();
    let plan = this.planFor(this.learned.facts);
    let byCommand = await this.roundTrip(plan);
    while (hasNoFields(byCommand.get(plan.infoKey))) {
      this.takeOtherInfo(plan.infoKey);
      plan = this.planFor(this.learned.facts);
      byCommand = await this.roundTrip(plan);
    }
    const replies = new Replies(byCommand, plan.infoKey, this.parts.clock.now(), this.learned);
    this.learned = replies.learned;
    return { replies, collectors: plan.collectors, resting: this.resting };
  }

  /** Takes note of the collectors that are off from now on; gives all failures of the poll, and theirs. */
  note(failures: readonly CollectorFailure[]): readonly CollectorFailure[] {
    for (const failure of failures) {
      if (!failure.off) continue;
      this.off.set(failure.collector, failure);
      this.plan = undefined;
    }
    return this.off.size === 0 ? failures : [...failures.filter(({ off }) => !off), ...this.off.values()];
  }

  private async learn(): Promise<Learned> {
    const [reply = null] = await this.send([FACTS]);
    const key = commandKey(FACTS);
    return new Replies(new Map([[key, reply]]), key, this.parts.clock.now(), undefined).learned;
  }

  private takeOtherInfo(infoKey: string): void {
    this.info = OTHER_INFO[this.infosRefused++];
    if (this.info === undefined) throw new UnexpectedReply(infoKey, 'a list of fields: it is empty');
    this.plan = undefined;
  }

  private tryRefusedAgain(): void {
    const nowMs = this.parts.clock.monotonic();
    if (nowMs - this.learnedAtMs < RELEARN_MS) return;
    this.learnedAtMs = nowMs;
    this.off.clear();
    this.kept.clear();
    this.plan = undefined;
  }

  private planFor(facts: ServerFacts): PollPlan {
    const key = planKey(facts);
    if (this.plan?.key !== key) {
      const { collectors, disabled } = this.parts;
      this.plan = { key, poll: planPoll(collectors, facts, disabled, this.off, this.info) };
    }
    return this.plan.poll;
  }

  /** The replies to all commands of the plan: new ones to those that are due, kept ones to the others. */
  private async roundTrip({ commands }: PollPlan): Promise<ReadonlyMap<string, Reply | ErrorReply>> {
    const nowMs = this.parts.clock.monotonic();
    const byCommand = new Map<string, Reply | ErrorReply>();
    for (const [name, { untilMs }] of this.resting) if (nowMs >= untilMs) this.resting.delete(name);
    const due = commands.filter(({ key, restsWith }) => {
      if (restsWith !== undefined && this.resting.has(restsWith)) return false;
      const kept = this.kept.get(key);
      if (kept === undefined || nowMs >= kept.untilMs) return true;
      byCommand.set(key, kept.reply);
      return false;
    });
    const answers = await this.send(due.map(({ command }) => command));
    due.forEach(({ key, command }, at) => {
      const reply = answers[at] ?? null;
      byCommand.set(key, reply);
      const keepMs = keepReplyMs(command, reply);
      if (keepMs > 0) this.kept.set(key, { reply, untilMs: nowMs + keepMs });
    });
    return byCommand;
  }

  private send(commands: readonly Command[]): Promise<readonly (Reply | ErrorReply)[]> {
    this.parts.onSend(commands.length);
    return this.connection.roundTrip(commands);
  }
}

/** How long a reply is good for: a refusal until it is tried again, any other error not at all. */
function keepReplyMs({ args, refreshMs = 0 }: Command, reply: Reply | ErrorReply): number {
  if (!(reply instanceof ErrorReply)) return refreshMs;
  return isRefusal(replyFailure(args[0], reply).code) ? Infinity : 0;
}

/** Some services answer INFO with an argument they do not know with nothing, or with a heading alone. */
function hasNoFields(reply: Reply | ErrorReply | undefined): boolean {
  return typeof reply === 'string' && !reply.includes(':');
}
