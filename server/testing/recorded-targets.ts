import { collectors } from '../collectors/registry';
import type { ErrorReply, Reply } from '../model/command';
import type { Target } from '../model/target';
import { TargetSet } from '../poll/target-set';
import { FakeClock } from './fake-clock';
import { FakeRedis } from './fake-redis';
import { makeTarget } from './fake-targets';
import type { ReplyCase } from './replies';
import { ASKED_AT_MS } from './collected';

/** Targets that answer as recorded servers did, each polled once; its name is version and situation. */
export async function startRecordedTargets(cases: readonly ReplyCase[]): Promise<TargetSet> {
  const servers = new Map(cases.map((recorded) => [nameOf(recorded), serverOf(recorded)]));
  const clock = new FakeClock(ASKED_AT_MS);
  const set = new TargetSet({
    connect: (target, signal) => servers.get(target.name)!.connect(target, signal),
    collectors,
    clock,
    random: () => 0,
    publish: () => undefined,
  });
  set.replace(cases.map(targetOf), () => false);
  await clock.advance(0);
  return set;
}

function targetOf(recorded: ReplyCase): Target {
  const port = Number(/^tcp_port:(\d+)/m.exec(recorded.info)?.[1] ?? 6379);
  return makeTarget(nameOf(recorded), { address: { kind: 'tcp', host: '127.0.0.1', port } });
}

function nameOf({ version, situation }: ReplyCase): string {
  return `${version} ${situation}`;
}

function serverOf(recorded: ReplyCase): FakeRedis {
  return new FakeRedis((command) => answer(recorded, command.split(' ')));
}

/** INFO of a section is answered with all of it where nothing else was recorded. */
function answer(recorded: ReplyCase, args: readonly string[]): Reply | ErrorReply | undefined {
  const reply = recorded.reply(...args);
  return reply === undefined && args[0] === 'INFO' ? recorded.info : reply;
}
