import { TargetError } from '../errors';
import { commandKey, ErrorReply, type Command, type Reply } from '../model/command';
import type { FamilyDescriptor } from '../model/family';
import type { PollResult } from '../model/poll-result';
import type { SampleSet } from '../model/samples';
import { formatAddress, type Target } from '../model/target';
import type { Targets, TargetStatus } from '../poll/interfaces';
import type { Responder } from './fake-redis';

const VALUE: FamilyDescriptor = {
  name: 'redis_value',
  type: 'gauge',
  unit: 'none',
  help: 'What the test said.',
  labelNames: [],
  source: { command: 'TEST' },
};
const AGE: FamilyDescriptor = { ...VALUE, name: 'redis_vitals_age' };

/** A target on 10.0.0.1:6379 unless said otherwise. */
export function makeTarget(name: string, overrides: Partial<Target> = {}): Target {
  return {
    name,
    address: { kind: 'tcp', host: '10.0.0.1', port: 6379 },
    labels: {},
    intervalMs: 10_000,
    timeoutMs: 2_000,
    disabledCollectors: new Set(),
    ...overrides,
  };
}

/** A poll whose one sample is `redis_value`. */
export function makeResult(target: Target, value: number, overrides: Partial<PollResult> = {}): PollResult {
  const samples = oneSample(VALUE, value);
  return { target, startedAtMs: 0, durationMs: 1, collectorFailures: [], samples, ...overrides };
}

function oneSample(family: FamilyDescriptor, value: number): SampleSet {
  return { layout: { series: [{ family, part: '', labels: [] }] }, values: Float64Array.of(value) };
}

interface PollCall {
  readonly name: string;
  readonly maxAgeMs: number;
  readonly deadlineMs: number;
}

interface AskCall {
  readonly name: string;
  readonly commands: readonly string[];
  readonly deadlineMs: number;
}

interface Entry {
  readonly status: TargetStatus;
  answer: () => Promise<PollResult>;
  respond: Responder | TargetError;
}

/** Targets whose polls end as the test says. */
export class FakeTargets implements Targets {
  readonly calls: PollCall[] = [];
  readonly asked: AskCall[] = [];
  private readonly entries = new Map<string, Entry>();

  /** A target that is up and gives `value`, unless `overrides` say otherwise of its status; waiting, it has no poll. */
  add(target: Target, value = 1, overrides: Partial<TargetStatus> = {}): this {
    const latest = makeResult(target, value);
    const status: TargetStatus = {
      target,
      state: 'up',
      ...(overrides.state !== 'waiting' && { latest }),
      polls: 1,
      skippedPolls: 0,
      connections: 1,
      recentPolls: [],
      recentFailures: [],
      ...overrides,
    };
    const respond = new TargetError('closed', `there is no connection: ${target.name}: wait for the next poll`);
    this.entries.set(target.name, { status, answer: () => Promise.resolve(status.latest ?? latest), respond });
    return this;
  }

  /** From now on, polls of the target end like this. */
  answer(name: string, answer: () => Promise<PollResult>): void {
    this.entries.get(name)!.answer = answer;
  }

  /** From now on, what the target is asked is answered like this, or fails with the error; before, it has no connection. */
  respond(name: string, respond: Responder | TargetError): this {
    this.entries.get(name)!.respond = respond;
    return this;
  }

  list(): readonly Target[] {
    return [...this.entries.values()].map(({ status }) => status.target);
  }

  find(nameOrAddress: string): Target | undefined {
    const named = this.entries.get(nameOrAddress)?.status.target;
    return named ?? this.list().find(({ address }) => formatAddress(address) === nameOrAddress);
  }

  status(name: string): TargetStatus | undefined {
    return this.entries.get(name)?.status;
  }

  poll(name: string, maxAgeMs: number, deadlineMs: number): Promise<PollResult> {
    this.calls.push({ name, maxAgeMs, deadlineMs });
    return this.entries.get(name)!.answer();
  }

  freshness(): SampleSet {
    return oneSample(AGE, 0.5);
  }

  ask(name: string, commands: readonly Command[], deadlineMs: number): Promise<readonly (Reply | ErrorReply)[]> {
    const keys = commands.map(commandKey);
    this.asked.push({ name, commands: keys, deadlineMs });
    const respond = this.entries.get(name)?.respond ?? new TargetError('closed', `no target is named ${name}`);
    if (respond instanceof TargetError) return Promise.reject(respond);
    return Promise.resolve(keys.map((key) => respond(key) ?? new ErrorReply(`ERR unknown command '${key}'`)));
  }
}
