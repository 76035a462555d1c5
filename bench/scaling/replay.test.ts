import { join } from 'node:path';
import { collectors } from '../../server/collectors/registry';
import { Replies } from '../../server/collectors/replies';
import { parseCommandStats } from '../../server/parse/command-stats';
import { infoField, infoSection, parseInfo, type InfoReply } from '../../server/parse/info';
import { decode } from '../../server/testing/resp';
import { RECORDED } from './bench';
import { readRecording, Replay, ReplayedServer, type Shape } from './replay';

const recording = readRecording(join(__dirname, '../../server/testdata/replies/redis-7.2/master'));
const PORT = 7000;

function ask(server: ReplayedServer, ...command: readonly string[]): unknown {
  return decode(Buffer.from(server.reply(command)))?.value;
}

function infoOf(server: ReplayedServer): InfoReply {
  return parseInfo(ask(server, 'INFO', 'everything') as string);
}

function serverOf(shape: Shape = RECORDED, port = PORT): ReplayedServer {
  return new ReplayedServer(new Replay(recording, shape), port);
}

describe('ReplayedServer', () => {
  afterEach(() => jest.useRealTimers());

  it('has the fields and sections of the recorded server', () => {
    const { shape } = infoOf(serverOf());
    const recorded = parseInfo(recording.info).shape;
    expect(shape.sections.map(({ name }) => name)).toEqual(recorded.sections.map(({ name }) => name));
    const plain = recorded.keys.filter((key) => !/^(cmdstat|errorstat|latency_percentiles|db\d)/.test(key));
    expect(shape.keys).toEqual(expect.arrayContaining(plain));
  });

  it.each<[string, Shape]>([
    ['none of them', { commands: 0, databases: 0, errors: 0 }],
    ['more than were recorded', { commands: 120, databases: 16, errors: 9 }],
  ])('has as many commands, databases and errors as it is told: %s', (_what, shape) => {
    const info = infoOf(serverOf(shape));
    const count = (name: string): number => {
      const { from, to } = infoSection(info.shape, name)!;
      return to - from;
    };
    expect(parseCommandStats(info)).toHaveLength(shape.commands);
    expect([count('Latencystats'), count('Keyspace'), count('Errorstats')]).toEqual([
      shape.commands,
      shape.databases,
      shape.errors,
    ]);
  });

  it.each([
    ['total_commands_processed', 'keyspace_hits', 'used_cpu_user', 'cmdstat_get', 'db0', 'errorstat_ERR'],
    ['used_memory', 'allocator_allocated', 'server_time_usec', 'uptime_in_seconds'],
  ])('gives other numbers a while later', (...fields) => {
    jest.useFakeTimers();
    const server = serverOf();
    jest.advanceTimersByTime(10_000);
    const before = infoOf(server);
    jest.advanceTimersByTime(10_000);
    const after = infoOf(server);
    for (const field of fields) expect([field, infoField(after, field)]).not.toEqual([field, infoField(before, field)]);
  });

  it('begins anew when it is restarted', () => {
    jest.useFakeTimers();
    const server = serverOf();
    const first = infoOf(server);
    jest.advanceTimersByTime(60_000);
    const before = infoOf(server);
    server.restart();
    const after = infoOf(server);
    expect(infoField(after, 'run_id')).not.toBe(infoField(before, 'run_id'));
    expect(infoField(after, 'total_commands_processed')).toBe(infoField(first, 'total_commands_processed'));
    expect(infoField(after, 'uptime_in_seconds')).toBe('0');
  });

  it('differs from the server at another port', () => {
    expect(infoField(infoOf(serverOf()), 'run_id')).not.toBe(infoField(infoOf(serverOf(RECORDED, 7001)), 'run_id'));
  });

  it('answers everything a poll asks for', () => {
    const server = serverOf();
    const info = infoOf(server);
    const replies = new Replies(new Map([['INFO', ask(server, 'INFO') as string]]), 'INFO', 0, undefined);
    const commands = collectors
      .filter((collector) => collector.applies?.(replies.facts) ?? true)
      .flatMap((collector) => collector.commands(replies.facts))
      .filter(({ args: [name] }) => name !== 'COMMANDLOG'); // which Redis does not know
    expect(infoField(info, 'redis_version')).toBe('7.2.6');
    expect(commands.length).toBeGreaterThan(3);
    for (const { args } of commands)
      expect([args.join(' '), ask(server, ...args)]).not.toContainEqual(expect.any(Error));
  });

  it('refuses what was not recorded', () => {
    expect(ask(serverOf(), 'FLUSHALL')).toEqual(expect.objectContaining({ message: 'ERR unknown command' }));
  });
});
