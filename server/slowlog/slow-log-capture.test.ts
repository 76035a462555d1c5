import { setImmediate } from 'node:timers/promises';
import { TargetError } from '../errors';
import type { LogEntry, LogKind, LogPosition } from '../history/interfaces';
import { createMemoryLogBook } from '../history/log-book';
import { ErrorReply, type Command, type Reply } from '../model/command';
import type { Failure, PollResult } from '../model/poll-result';
import { makePoll } from '../testing/poll-results';
import { randomInteger, randomNumbers } from '../testing/random';
import { SlowLogCapture } from './slow-log-capture';

/** A server as far as its logs go. */
class LoggingServer {
  runId = 'run-1';
  mostEntries = 128;
  /** Set: what it says to every GET. */
  refusal: Reply | ErrorReply | TargetError | undefined;
  readonly asked: string[] = [];
  logs: Record<LogKind, Reply[]> = { slow: [], 'large-request': [], 'large-reply': [] };
  /** Every entry there ever was, as `run id`, of the slow log. */
  readonly written: string[] = [];
  private ids = { slow: 0, 'large-request': 0, 'large-reply': 0 };
  private seconds = 1000;

  write(count = 1, log: LogKind = 'slow', args: readonly string[] = ['GET', 'a:1']): void {
    for (let index = 0; index < count; index++) {
      const id = this.ids[log]++;
      this.logs[log].unshift([id, this.seconds++, 50, args, '10.0.0.9:1', 'app']);
      this.logs[log].length = Math.min(this.logs[log].length, this.mostEntries);
      if (log === 'slow') this.written.push(`${this.runId} ${id}`);
    }
  }

  restart(runId = `run-${Number(this.runId.slice(4)) + 1}`): void {
    this.runId = runId;
    this.logs = { slow: [], 'large-request': [], 'large-reply': [] };
    this.ids = { slow: 0, 'large-request': 0, 'large-reply': 0 };
  }

  poll(failure?: Failure): PollResult {
    const { slow } = this.logs;
    const [newest = [0]] = slow as Reply[][];
    return makePoll({
      facts: { runId: this.runId },
      ...(failure !== undefined && { failure }),
      samples: {
        redis_slowlog_length: slow.length,
        redis_slowlog_last_id: Number(newest[0]),
        redis_commandlog_slow_length: slow.length,
        redis_commandlog_large_request_length: this.logs['large-request'].length,
        redis_commandlog_large_reply_length: this.logs['large-reply'].length,
        redis_commandlog_large_request_max_len: this.mostEntries,
        redis_commandlog_large_reply_max_len: this.mostEntries,
      },
    });
  }

  readonly ask = async (_: string, commands: readonly Command[]): Promise<(Reply | ErrorReply)[]> => {
    this.asked.push(commands.map(({ args }) => args.join(' ')).join('; '));
    await setImmediate();
    const { refusal } = this;
    if (refusal instanceof TargetError) throw refusal;
    return commands.map(({ args: [, , count, log = 'slow'] }) =>
      refusal === undefined ? this.logs[log as LogKind].slice(0, Number(count)) : refusal
    );
  };
}

/** What a capture does with a server, written down. */
function start(server = new LoggingServer(), positions: readonly LogPosition[] = []) {
  const added: LogEntry[] = [];
  const overruns: string[] = [];
  const failures: string[] = [];
  const clock = { nowMs: 0 };
  const capture = new SlowLogCapture({
    ask: server.ask,
    add: (entries) => added.push(...entries),
    arguments: () => 'redacted',
    positions,
    onOverrun: (target, log, lost) => overruns.push(`${target} ${log} ${lost}`),
    onFailure: (target, log, message) => failures.push(`${target} ${log}: ${message}`),
    now: () => clock.nowMs,
  });
  /** Has the capture see a poll and be done with all that follows from it. */
  const poll = async (result = server.poll()): Promise<void> => {
    capture.notice(result);
    for (let turn = 0; turn < 4; turn++) await setImmediate();
  };
  const seen = (): string[] => added.map(({ runId, id }) => `${runId} ${id}`);
  return { server, capture, added, overruns, failures, clock, poll, seen };
}

describe('SlowLogCapture', () => {
  it('keeps entries with target, client and a key pattern', async () => {
    const { server, added, poll } = start();
    server.write(1, 'slow', ['SET', 'user:17', 'hunter2']);
    await poll();
    expect(added).toEqual([
      {
        target: 'cache',
        log: 'slow',
        runId: 'run-1',
        id: 0,
        timeMs: 1_000_000,
        amount: 50,
        command: 'set',
        text: 'user:*',
        clientAddress: '10.0.0.9:1',
        clientName: 'app',
      },
    ]);
  });

  it('asks only when something is new', async () => {
    const { server, poll } = start();
    await poll();
    server.write(3);
    await poll();
    await poll();
    server.write(2);
    await poll();
    expect(server.asked).toEqual(['SLOWLOG GET 19', 'SLOWLOG GET 18']);
  });

  it('asks for all logs in one round trip, and for slow commands once', async () => {
    const { server, added, poll } = start();
    server.write(1);
    server.write(2, 'large-reply');
    await poll();
    expect(server.asked).toEqual(['SLOWLOG GET 17; COMMANDLOG GET 18 large-reply']);
    expect(added.map(({ log, id }) => `${log} ${id}`)).toEqual(['slow 0', 'large-reply 0', 'large-reply 1']);
  });

  it('never asks a target twice at once', async () => {
    const { server, capture, poll, seen } = start();
    server.write(1);
    capture.notice(server.poll());
    server.write(1);
    capture.notice(server.poll());
    expect(server.asked).toHaveLength(1);
    await poll();
    await poll();
    expect(seen()).toEqual(server.written);
  });

  it('asks for more when more are new, and counts what it could not get', async () => {
    const { server, overruns, capture, poll, seen } = start();
    server.mostEntries = 5000;
    server.write(1);
    await poll();
    server.write(1500);
    await poll();
    expect(server.asked).toEqual(['SLOWLOG GET 17', 'SLOWLOG GET 128', 'SLOWLOG GET 1024']);
    expect(seen()).toEqual(['run-1 0', ...server.written.slice(-1024)]);
    expect(overruns).toEqual(['cache slow 476']);
    expect(capture.counters).toEqual({ entries: 1025, lost: 476, failures: 0 });
  });

  it('tells of losses at once, then every ten minutes', async () => {
    const { server, overruns, clock, poll } = start();
    server.mostEntries = 10;
    server.write(1);
    for (const laterMs of [60_000, 60_000, 60_000, 540_000]) {
      await poll();
      server.write(15);
      clock.nowMs += laterMs;
    }
    await poll();
    expect(overruns).toEqual(['cache slow 5', 'cache slow 15']);
  });

  it('goes on after a restart of ours', async () => {
    const server = new LoggingServer();
    server.write(10);
    const before = start(server);
    await before.poll();
    server.write(5);
    const book = createMemoryLogBook();
    book.addEntries(before.added);
    const after = start(server, book.positions());
    await after.poll();
    expect([...before.seen(), ...after.seen()]).toEqual(server.written);
    expect(after.overruns).toEqual([]);
  });

  it('forgets a target that is gone, and what it was still asking of it', async () => {
    const { server, capture, added, failures, poll } = start();
    server.write(1);
    capture.notice(server.poll());
    capture.keep(new Set());
    await setImmediate();
    await setImmediate();
    expect([added, failures]).toEqual([[], []]);
    await poll();
    expect(added).toHaveLength(1);
  });

  it.each([
    ['failed', (server: LoggingServer) => server.poll({ code: 'timeout', message: 'no answer' })],
    ['has no logs in it', () => makePoll()],
  ])('asks nothing when a poll %s', async (_, result) => {
    const { server, poll } = start();
    server.write(1);
    await poll(result(server));
    expect(server.asked).toEqual([]);
  });

  it.each([
    [
      'a refusal',
      new ErrorReply('NOPERM this user has no permissions'),
      'SLOWLOG GET answered: NOPERM this user has no permissions: grant +slowlog|get to the user',
    ],
    ['another error', new ErrorReply('ERR busy'), 'SLOWLOG GET answered: ERR busy'],
    ['nonsense', 'OK', 'SLOWLOG GET answered with something else than a list of entries'],
  ])('tells once of %s, and goes on when that is over', async (_, refusal, message) => {
    const { server, failures, clock, poll, seen } = start();
    server.refusal = refusal;
    server.write(1);
    await poll();
    await poll();
    expect(server.asked).toHaveLength(1);
    clock.nowMs += 60_000;
    await poll();
    expect(server.asked).toHaveLength(2);
    expect(failures).toEqual([`cache slow: ${message}`]);
    server.refusal = undefined;
    clock.nowMs += 60_000;
    await poll();
    expect(seen()).toEqual(server.written);
  });

  it('tells once of a server that does not answer, and asks with the next poll', async () => {
    const { server, failures, capture, poll, seen } = start();
    server.refusal = new TargetError('timeout', 'no answer within 2000 ms');
    server.write(1);
    await poll();
    await poll();
    server.refusal = undefined;
    await poll();
    expect(failures).toEqual(['cache slow: no answer within 2000 ms']);
    expect(seen()).toEqual(server.written);
    expect(capture.counters.failures).toBe(2);
  });
});

describe('whatever happens, every entry is kept once or counted as lost', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('seed %d', async (seed) => {
    const random = randomNumbers(seed);
    const server = new LoggingServer();
    server.mostEntries = [20, 128, 2000][seed % 3]!;
    const book = createMemoryLogBook();
    let lost = 0;
    let part = start(server);
    const handOver = (): void => {
      book.addEntries(part.added.splice(0));
      lost += part.capture.counters.lost;
    };
    for (let round = 0; round < 200; round++) {
      server.write(random() < 0.9 ? randomInteger(random, 20) : randomInteger(random, 300));
      await part.poll();
      if (random() < 0.05) {
        await part.poll();
        server.restart();
      }
      if (random() < 0.05) server.logs.slow.length = 0;
      if (random() < 0.05) {
        handOver();
        part = start(server, book.positions());
      }
    }
    handOver();
    const kept = book.entries({ fromMs: 0, toMs: Infinity, limit: Infinity }).map(({ runId, id }) => `${runId} ${id}`);
    expect(new Set(kept).size).toBe(kept.length);
    const known = new Set(kept);
    const missing = server.written.filter((one) => !known.has(one));
    const counted = missing.filter((one) => kept.some((other) => isBefore(other, one)));
    expect(counted).toHaveLength(lost);
    expect(kept.length).toBeGreaterThan(1000);
  });

  /** Whether an earlier entry of the same run is kept: from then on the run is followed. */
  function isBefore(one: string, other: string): boolean {
    const [[run, id], [otherRun, otherId]] = [one.split(' '), other.split(' ')];
    return run === otherRun && Number(id) < Number(otherId);
  }
});
