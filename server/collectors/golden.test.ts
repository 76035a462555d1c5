import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PageWriter } from '../exposition/page-writer';
import type { ErrorReply, Reply } from '../model/command';
import type { PollResult } from '../model/poll-result';
import type { Target } from '../model/target';
import { planPoll } from '../poll/poll-plan';
import { TargetPoller } from '../poll/target-poller';
import { ASKED_AT_MS } from '../testing/collected';
import { FakeClock } from '../testing/fake-clock';
import { FakeRedis } from '../testing/fake-redis';
import { replyCases, type ReplyCase } from '../testing/replies';
import { collectors } from './registry';
import { Replies } from './replies';

const DIRECTORY = join(__dirname, '../testdata/golden');
/** Write the files anew; read the difference before it is kept. */
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

/** What one poll of a recorded server asks and gives. */
interface Polled {
  readonly result: PollResult;
  readonly asked: readonly string[];
  /** Collectors left out because a reply to one of their commands was not recorded, and the command. */
  readonly unrecorded: ReadonlyMap<string, string>;
}

async function poll(recorded: ReplyCase): Promise<Polled> {
  const unrecorded = unrecordedCollectors(recorded);
  const redis = new FakeRedis((command) => answer(recorded, command.split(' ')));
  const target: Target = {
    name: 'recorded',
    address: { kind: 'tcp', host: 'recorded', port: 6379 },
    labels: {},
    intervalMs: 10_000,
    timeoutMs: 2000,
    disabledCollectors: new Set(unrecorded.keys()),
  };
  const { connect } = redis;
  const clock = new FakeClock(ASKED_AT_MS);
  const poller = new TargetPoller(target, { connect, collectors, clock, random: () => 0, publish: () => undefined });
  const result = await poller.fresh(0);
  return { result, asked: redis.roundTrips.map((commands) => commands.join(', ')), unrecorded };
}

/** Where nothing was recorded: INFO of another name, and the lists of the sentinels' second master, which has none. */
function answer(recorded: ReplyCase, args: readonly string[]): Reply | ErrorReply | undefined {
  const reply = recorded.reply(...args);
  if (reply !== undefined) return reply;
  if (args[0] === 'INFO') return recorded.info;
  return args[0] === 'SENTINEL' && args[2] === 'other' ? [] : undefined;
}

function unrecordedCollectors(recorded: ReplyCase): ReadonlyMap<string, string> {
  const { info } = recorded;
  if (info === '') return new Map();
  const { facts } = new Replies(new Map([['INFO', info]]), 'INFO', ASKED_AT_MS, undefined);
  const plan = planPoll(collectors, facts, new Set(), new Map());
  return new Map(
    plan.collectors.flatMap((collector) => {
      const missing = collector.commands(facts).find(({ args }) => answer(recorded, args) === undefined);
      return missing === undefined ? [] : [[collector.name, missing.args.join(' ')]];
    })
  );
}

/** The samples, without durations, and what else is to know of the poll. Help and types are in docs/metrics.md. */
function golden({ result, asked, unrecorded }: Polled): string {
  const { samples, facts, failure, collectorFailures } = result;
  const page = new PageWriter({ namespace: 'redis' }).write([{ labels: {}, samples }], 'text').toString();
  const lines = page
    .split('\n')
    .filter((line) => !/^# (HELP|TYPE) |^redis_vitals_collector_duration_seconds/.test(line));
  return [
    ...asked.map((commands) => `# asked: ${commands}`),
    ...Object.entries(facts ?? {}).map(([name, value]) => `# ${name}: ${JSON.stringify(value)}`),
    ...lines.slice(0, -1),
    ...(failure === undefined ? [] : [`# the poll failed, ${failure.code}: ${failure.message}`]),
    ...collectorFailures.map(
      ({ collector, off, code, message }) => `# ${collector} ${off ? 'is off' : 'failed'}, ${code}: ${message}`
    ),
    ...[...unrecorded].map(([name, command]) => `# ${name} was left out: no reply to ${command} was recorded`),
    '',
  ].join('\n');
}

function readOrWrite(path: string, text: string): string {
  if (UPDATE) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return readFileSync(path, 'utf8');
}

describe('a poll of a recorded server', () => {
  it.each(replyCases())('$version $situation', async (recorded) => {
    const { version, situation } = recorded;
    const text = golden(await poll(recorded));
    expect(text).toBe(readOrWrite(join(DIRECTORY, version, `${situation}.txt`), text));
  });

  it('is not kept when nothing was recorded of it', () => {
    const files = readdirSync(DIRECTORY, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.txt'));
    expect(files.sort()).toEqual(
      replyCases()
        .map(({ version, situation }) => join(version, `${situation}.txt`))
        .sort()
    );
  });
});
