import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Decoder } from 'ioredis/built/resp/decoder';
import { collectors } from '../collectors/registry';
import { TargetError } from '../errors';
import { PageWriter } from '../exposition/page-writer';
import { commandKey, ErrorReply, type Command, type Reply } from '../model/command';
import type { Failure, PollResult } from '../model/poll-result';
import type { TargetConnection } from '../poll/interfaces';
import { TargetPoller } from '../poll/target-poller';
import { ReplyGuard } from '../redis/reply-guard';
import { temporaryDirectory } from '../testing/cleanup';
import { followEachOther, peakMemory, readStored } from '../testing/collector-api';
import { startCollector, type CollectorProcess } from '../testing/collector-process';
import { FakeClock } from '../testing/fake-clock';
import { makeTarget } from '../testing/fake-targets';
import { parseExposition } from '../testing/exposition';
import { startHostileServer } from '../testing/hostile-server';
import { mutateBytes, mutateText } from '../testing/mutate';
import { randomInteger, randomNumbers } from '../testing/random';
import { startRedis } from '../testing/redis-server';
import { replyCases, type ReplyCase } from '../testing/replies';
import { encodeReply } from '../testing/resp';
import { findTool } from '../testing/tool';
import { until } from '../testing/wait';

jest.setTimeout(120_000);

const POLLS = 10_000;
const SEED = 20_251;
const SERVERS = replyCases();
const POLLS_OF_EACH = 20;
/** The strict reader takes ten times as long as a poll. */
const PAGES_EVERY = 10;

/** Targets of the real process, and how often each of them is polled at least. */
const FUZZED = 300;
const POLLS_OF_PROCESS = 3;
const MOST_MEMORY = 400 * 2 ** 20;

/** What no user should have to read, unless the server said it. */
const OUR_MISTAKES =
  /^(?!.* answered: ).*(Cannot |is not a function|is not iterable|undefined|\[object|NaN|Maximum call)/;

/** What ioredis makes of bytes, given in pieces: one reply for each command, or how the connection ends. */
function decode(bytes: Buffer, commands: number, random: () => number): readonly (Reply | ErrorReply)[] {
  const replies: (Reply | ErrorReply)[] = [];
  const guard = new ReplyGuard();
  const typeMapping = { [36]: Buffer, [43]: Buffer };
  const decoder = new Decoder({
    getTypeMapping: () => typeMapping,
    onReply: (reply: unknown) => replies.push(asText(reply)),
    onErrorReply: ({ message }: Error) => replies.push(new ErrorReply(message)),
    onPush: () => undefined,
  });
  try {
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, (at += 1 + randomInteger(random, 4_096)));
      guard.take(piece);
      decoder.write(piece);
    }
  } catch (cause) {
    throw new TargetError('protocol', 'it is no RESP', { cause });
  }
  if (replies.length < commands) throw new TargetError('timeout', 'no whole answer');
  if (replies.length > commands) throw new TargetError('protocol', 'a reply too many');
  return replies;
}

/** As ioredis decodes strings. */
function asText(reply: unknown): Reply {
  if (Buffer.isBuffer(reply)) return reply.toString();
  if (Array.isArray(reply)) return reply.map((one) => (one instanceof Error ? (one as never) : asText(one)));
  return reply as Reply; // a number or null
}

/** Answers like the recorded server, but not quite. */
class MutatingServer {
  /** Of the last round trip, for who wants to see what went wrong. */
  said = '';
  private readonly server: ReplyCase;
  private readonly random: () => number;

  constructor(server: ReplyCase, random: () => number) {
    this.server = server;
    this.random = random;
  }

  connect(): TargetConnection {
    const connection = {
      connectMs: 1,
      isOpen: true,
      roundTrip: async (commands: readonly Command[]) => Promise.resolve(this.answer(commands)),
      close: () => void (connection.isOpen = false),
    };
    return connection;
  }

  private answer(commands: readonly Command[]): readonly (Reply | ErrorReply)[] {
    const isTextual = this.random() < 0.6;
    const replies = commands.map(({ args }) => {
      const reply = this.server.reply(...args) ?? new ErrorReply(`ERR unknown command '${args[0]}'`);
      return isTextual && typeof reply === 'string' ? mutateText(reply, this.random) : reply;
    });
    const bytes = Buffer.from(replies.map(encodeReply).join(''));
    const sent = isTextual ? bytes : mutateBytes(bytes, this.random);
    this.said = `${commands.map(commandKey).join('; ')}\n${sent.toString('latin1')}`;
    return decode(sent, commands.length, this.random);
  }
}

/** What is wrong with the result, whatever was answered; undefined: nothing. */
function complaint({ failure, collectorFailures, samples }: PollResult): string | undefined {
  const failures: readonly Failure[] = failure === undefined ? collectorFailures : [failure, ...collectorFailures];
  const unclear = failures.find(({ message }) => OUR_MISTAKES.test(message) || message.length > 600);
  if (unclear !== undefined) return unclear.message;
  const { series } = samples.layout;
  return series.length === samples.values.length
    ? undefined
    : `${series.length} series, ${samples.values.length} values`;
}

it(`${POLLS} answers that are wrong in some way end in a result each, with good pages and clear errors`, async () => {
  const random = randomNumbers(SEED);
  const writer = new PageWriter({ namespace: 'redis' });
  const outcomes = new Map<string, number>();
  for (let poll = 0; poll < POLLS;) {
    const server = new MutatingServer(SERVERS[(poll / POLLS_OF_EACH) % SERVERS.length]!, random);
    const clock = new FakeClock(1_700_000_000_000);
    const poller = new TargetPoller(makeTarget('fuzz'), {
      connect: () => Promise.resolve(server.connect()),
      collectors,
      clock,
      random,
      publish: () => undefined,
    });
    // What was learned of a server lasts from poll to poll.
    for (let of = 0; of < POLLS_OF_EACH; of++, poll++) {
      const result = await poller.fresh(0);
      const wrong = complaint(result);
      if (wrong !== undefined) throw new Error(`poll ${poll}: ${wrong}\n${server.said}`);
      const outcome = result.failure?.code ?? (result.collectorFailures.length > 0 ? 'in part' : 'up');
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (poll % PAGES_EVERY === 0) readPage(writer, result, `poll ${poll}\n${server.said}`);
      await clock.advance(60_000); // no failure is waited after for so long
    }
    poller.close();
  }
  // Mutations of all depths were tried, if these were met.
  expect([...outcomes.keys()]).toEqual(expect.arrayContaining(['up', 'in part', 'parse', 'protocol', 'timeout']));
});

function readPage(writer: PageWriter, result: PollResult, what: string): void {
  const page = writer.write([{ labels: {}, samples: result.samples }], 'text').toString();
  try {
    parseExposition(page);
  } catch (cause) {
    // A server that gives a histogram which is none is passed on as it is: the reader checks that last.
    if (!String(cause).includes('do not add up')) throw new Error(what, { cause });
  }
}

describe(`${FUZZED} servers that answer wrongly, in the process as built`, () => {
  let collector: CollectorProcess;
  const data = join(temporaryDirectory(), 'data');
  const polls = () => readOwn('redis_vitals_polls_total');

  /** Without reading what is told of the servers. */
  async function readOwn(family: string): Promise<readonly [string, number][]> {
    const { text } = await collector.get('/metrics');
    return [...text.matchAll(new RegExp(`^${family}\\{instance="([^"]+)"\\} (\\d+)$`, 'gm'))].map(
      ([, name = '', value]): [string, number] => [name, Number(value)]
    );
  }

  beforeAll(async () => {
    const servers = new Map<number, (command: readonly string[]) => Buffer>();
    const hostile = await startHostileServer((command, connection) => {
      let answer = servers.get(connection);
      if (answer === undefined) servers.set(connection, (answer = answerWrongly(connection)));
      return command[0] === 'CLIENT' ? 'OK' : answer(command);
    });
    const good = await startRedis();
    collector = await startCollector({
      configText: JSON.stringify({
        defaults: { interval: '1s', timeout: '1s' },
        scrape: { maxAge: '1d' }, // scrapes are answered by timed polls alone
        targets: [
          { name: 'good', url: good.url },
          ...Array.from({ length: FUZZED }, (_, at) => ({ name: `fuzz-${at}`, url: hostile.url })),
        ],
      }),
      data,
    });
    await until(
      async () => {
        const counts = await polls();
        return counts.length === FUZZED + 1 && counts.every(([, count]) => count >= POLLS_OF_PROCESS);
      },
      'all targets to be polled',
      60_000
    );
  });

  it('leave the good one as it is', async () => {
    expect(await readOwn('redis_vitals_poll_failures_total')).toContainEqual(['good', 0]);
    expect(await readOwn('redis_vitals_connections_total')).toContainEqual(['good', 1]);
  });

  it('leave pages that Prometheus reads', async () => {
    const { text } = await collector.get('/metrics');
    const { status, stderr } = spawnSync(findTool('promtool'), ['check', 'metrics'], { input: text, encoding: 'utf8' });
    // 3: it read everything and has complaints of style.
    expect({ isRead: status === 0 || status === 3, stderr }).toMatchObject({ isRead: true });
  });

  it.each(['/', '/?state=down', '/targets/fuzz-7', '/sd', '/ready', '/api/v1/status', '/api/v1/catalog'])(
    'leave %s in order',
    async (path) => {
      expect((await collector.get(path)).status).toBe(200);
    }
  );

  it('make no error of ours in the log, and take little memory', () => {
    expect(collector.output()).not.toMatch(/"level":"(error|fatal)"/);
    expect(
      collector
        .output()
        .split('\n')
        .filter((line) => OUR_MISTAKES.test(line))
    ).toEqual([]);
    expect(peakMemory(collector)).toBeLessThan(MOST_MEMORY);
  });

  it('cost no poll of the past', async () => {
    collector.signal('SIGTERM');
    expect(await collector.exit).toBe(0);
    const stored = await readStored(data, 'redis_vitals_polls_total');
    expect(Object.keys(stored)).toHaveLength(FUZZED + 1);
    expect(Object.entries(stored).filter(([, values]) => values[0] !== 1 || !followEachOther(values))).toEqual([]);
  });
});

/** What a server answers wrongly to a command, the same in each run. */
function answerWrongly(connection: number): (command: readonly string[]) => Buffer {
  const random = randomNumbers(SEED + connection);
  const server = SERVERS[connection % SERVERS.length]!;
  return (command) => {
    const reply = server.reply(...command) ?? new ErrorReply(`ERR unknown command '${command[0]}'`);
    const isText = typeof reply === 'string';
    if (random() < 0.7) return Buffer.from(encodeReply(isText ? mutateText(reply, random) : reply));
    return mutateBytes(Buffer.from(encodeReply(reply)), random);
  };
}
