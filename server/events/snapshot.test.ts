import { collectors } from '../collectors/registry';
import { ReplyError, Replies } from '../collectors/replies';
import { commandKey, ErrorReply } from '../model/command';
import { SampleRecorder } from '../model/sample-recorder';
import type { Series } from '../model/samples';
import { makePoll } from '../testing/poll-results';
import { replyCases, type ReplyCase } from '../testing/replies';
import { planSettings } from './settings';
import { fillIn, takeSnapshot, type Snapshot } from './snapshot';

const CASES = replyCases();

/** What a recorded server is seen as, by way of all collectors. */
function seen({ info, reply }: ReplyCase): Snapshot {
  const { facts } = new Replies(new Map([['INFO', info]]), 'INFO', 0, undefined);
  const commands = collectors.flatMap((one) => one.commands(facts));
  const answers = commands.map(({ args }) => reply(...args) ?? new ErrorReply('ERR not recorded'));
  const byCommand = new Map(commands.map((command, at) => [commandKey(command), answers[at] ?? null] as const));
  const replies = new Replies(new Map([...byCommand, ['INFO', info]]), 'INFO', 0, undefined);
  const recorder = new SampleRecorder();
  for (const collector of collectors) {
    if (collector.applies?.(facts) === false) continue;
    try {
      collector.collect(replies, recorder);
    } catch (error) {
      if (!(error instanceof ReplyError)) throw error;
    }
  }
  return takeSnapshot({ ...makePoll(), samples: recorder.finish() }, facts);
}

const of = (situation: string): ReplyCase[] => CASES.filter((one) => one.situation === situation);

describe('takeSnapshot', () => {
  it.each(of('master'))('sees what $version says as a master', (one) => {
    const { numbers, links, settings, replicas } = seen(one);
    expect(numbers).toEqual({
      evictedKeys: 0,
      rejectedConnections: 0,
      isSaved: 1,
      isAofWritten: 1,
      isAofRewritten: 1,
    });
    expect(links).toEqual([]);
    expect(replicas?.size).toBe(2);
    expect(settings.get('maxmemory')?.value).toEqual(expect.any(Number));
  });

  it.each(of('replica-up'))('sees the link of $version as a replica', (one) => {
    expect(seen(one).links).toEqual([
      { master: expect.stringMatching(/:\d+$/) as string, isUp: true, downSeconds: undefined },
    ]);
  });

  it.each(of('replica-down'))('sees the lost link of $version as a replica', (one) => {
    expect(seen(one).links).toEqual([
      { master: expect.stringMatching(/:\d+$/) as string, isUp: false, downSeconds: expect.any(Number) as number },
    ]);
  });

  it.each(of('bgsave-failed'))('sees that a save of $version failed', (one) => {
    expect(seen(one).numbers.isSaved).toBe(0);
  });

  it.each(of('sentinel'))('sees the masters of $version as a sentinel', (one) => {
    const [[, master] = []] = [...seen(one).masters];
    expect(master).toEqual({ address: expect.stringMatching(/:\d+$/) as string, epoch: expect.any(Number) as number });
  });

  it('takes what a poll does not tell from the one before', () => {
    const samples = { redis_connected_slaves: 0, redis_max_clients: 100, redis_evicted_keys_total: 7 };
    const [full, empty] = [makePoll({ samples }), makePoll({ atMs: 5 })].map((poll) => takeSnapshot(poll, poll.facts!));
    expect(fillIn(empty!, full!)).toEqual({ ...full, atMs: 5 });
  });
});

it('settings are known by the names their families have', () => {
  const series = collectors
    .flatMap(({ families }) => families)
    .map((family): Series => ({ family, part: '', labels: family.labelNames.map((name) => `<${name}>`) }));
  const { values, labels } = planSettings(series);
  expect([...values.map(({ setting }) => setting), ...labels.keys()]).toEqual([
    'maxmemory',
    'maxclients',
    'repl-backlog-size',
    'io-threads',
    'hz',
    'replica-priority',
    'client-output-buffer-limit <class> <limit>',
    'client-output-buffer-limit <class> <limit> seconds',
    'commandlog-execution-slower-than',
    'commandlog-slow-execution-max-len',
    'commandlog-request-larger-than',
    'commandlog-large-request-max-len',
    'commandlog-reply-larger-than',
    'commandlog-large-reply-max-len',
    'maxmemory-policy',
    'replica-read-only',
  ]);
});
