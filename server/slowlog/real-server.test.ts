import { setImmediate } from 'node:timers/promises';
import { commandlog } from '../collectors/commandlog';
import { slowlog } from '../collectors/slowlog';
import type { LogEntry, LogPosition } from '../history/interfaces';
import { createMemoryLogBook } from '../history/log-book';
import type { Target } from '../model/target';
import type { Targets } from '../poll/interfaces';
import { TargetPoller } from '../poll/target-poller';
import { Connection } from '../redis/connection';
import { atEnd } from '../testing/cleanup';
import { makeTarget } from '../testing/fake-targets';
import { startRedis, type RedisServer } from '../testing/redis-server';
import { until } from '../testing/wait';
import { systemClock } from '../util/clock';
import type { ArgumentsKept } from '../model/arguments-kept';
import { SlowLogCapture } from './slow-log-capture';

/** Everything is logged: our own commands, too. */
const LOG_ALL = ['--slowlog-log-slower-than', '0'];

interface Options {
  readonly positions?: readonly LogPosition[];
  readonly kept?: ArgumentsKept;
}

/** Polls a server when the test says so, and keeps its slow log. */
function start({ host, port }: RedisServer, { positions = [], kept = 'redacted' }: Options = {}) {
  const target: Target = makeTarget('cache', { address: { kind: 'tcp', host, port }, timeoutMs: 5000 });
  const added: LogEntry[] = [];
  const lost: number[] = [];
  const failures: string[] = [];
  let asking: Promise<unknown> = Promise.resolve();
  const ask: Targets['ask'] = (_, commands) => {
    const replies = poller.ask(commands);
    asking = replies.catch(() => undefined);
    return replies;
  };
  const capture = new SlowLogCapture({
    ask,
    add: (entries) => added.push(...entries),
    arguments: () => kept,
    positions,
    onOverrun: (_target, _log, count) => lost.push(count),
    onFailure: (_target, _log, message) => failures.push(message),
    now: Date.now,
  });
  const poller = new TargetPoller(target, {
    connect: (one, signal) => Connection.open(one, signal),
    collectors: [slowlog, commandlog],
    clock: systemClock,
    random: () => 0,
    publish: (result) => capture.notice(result),
  });
  atEnd(() => poller.close());
  /** A poll and what follows from it. */
  const poll = async (): Promise<void> => {
    const { failure } = await poller.fresh(0);
    if (failure !== undefined) throw new Error(failure.message);
    let seen: unknown;
    while (seen !== asking) {
      seen = asking;
      await asking;
      await setImmediate();
    }
    expect(failures).toEqual([]);
  };
  const ids = (): number[] => added.map(({ id }) => id);
  return { added, lost, poll, ids, stop: () => poller.close() };
}

const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, id) => id);

describe('the slow log of a real server', () => {
  it('is kept whole while commands come', async () => {
    const server = await startRedis({ args: LOG_ALL });
    const { added, lost, poll, ids } = start(server);
    for (let round = 0; round < 20; round++) {
      for (let count = 0; count < round; count++) await server.command('GET', `user:${count}`);
      await poll();
    }
    expect(ids()).toEqual(upTo(added.length - 1));
    expect(added.filter(({ command }) => command === 'get').map(({ text }) => text)).toEqual(Array(190).fill('user:*'));
    expect(lost).toEqual([]);
  });

  it('is kept with time, duration and client', async () => {
    const server = await startRedis({ args: ['--slowlog-log-slower-than', '10000'] });
    const { added, poll } = start(server);
    const beforeMs = Date.now();
    await server.command('EVAL', 'for i = 1, 1e7 do end', '0');
    await poll();
    await poll();
    expect(added).toMatchObject([{ id: 0, log: 'slow', command: 'eval', text: '', clientName: '' }]);
    const [{ amount, timeMs, clientAddress, runId } = added[0]!] = added;
    expect(amount).toBeGreaterThanOrEqual(10_000);
    expect(timeMs).toBeGreaterThanOrEqual(Math.floor(beforeMs / 1000) * 1000);
    expect(clientAddress).toBe(`${server.socketPath}:0`);
    expect(String(await server.command('INFO', 'server'))).toContain(`run_id:${runId}`);
  });

  it('goes on over restarts of the server, a RESET and a restart of ours', async () => {
    const server = await startRedis({ args: LOG_ALL });
    const book = createMemoryLogBook();
    let part = start(server);
    await server.command('GET', 'before:1');
    await part.poll();
    await server.command('SLOWLOG', 'RESET');
    await server.command('GET', 'after-reset:1');
    await part.poll();
    await server.restart();
    await until(async () => {
      await part.poll();
      return true;
    }, 'a poll after the restart');
    await server.command('GET', 'after-restart:1');
    await part.poll();
    book.addEntries(part.added);
    part.stop();
    await server.command('GET', 'while-we-were-away:1');
    part = start(server, { positions: book.positions() });
    await part.poll();
    book.addEntries(part.added);
    const kept = book.entries({ fromMs: 0, toMs: Infinity, limit: Infinity });
    const texts = kept.filter(({ command }) => command === 'get').map(({ text }) => text);
    expect(texts).toEqual(['before:*', 'after-reset:*', 'after-restart:*', 'while-we-were-away:*']);
    const keys = kept.map(({ runId, id }) => `${runId} ${id}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(kept.map(({ runId }) => runId)).size).toBe(2);
  });

  it('that is too short tells how many entries were pushed out of it', async () => {
    const server = await startRedis({ args: [...LOG_ALL, '--slowlog-max-len', '10'] });
    const { added, lost, poll, ids } = start(server);
    await poll();
    const last = ids().at(-1)!;
    for (let count = 0; count < 50; count++) await server.command('GET', 'a:1');
    await poll();
    const firstAfter = ids().find((id) => id > last)!;
    expect(lost).toEqual([firstAfter - last - 1]);
    expect(lost[0]).toBeGreaterThanOrEqual(40);
    expect(added.length + lost[0]!).toBe(ids().at(-1)! + 1);
  });

  it.each(['redacted', 'keys', 'full'] as const)('holds no secrets with arguments %s', async (kept) => {
    const server = await startRedis({ args: LOG_ALL });
    const { added, poll } = start(server, { kept });
    const secret = 'canary-5e0f';
    await server.command('CONFIG', 'SET', 'masterauth', secret);
    await server.command('ACL', 'SETUSER', 'ada', 'on', `>${secret}`);
    await server.command('AUTH', 'ada', secret);
    await server.command('HELLO', '2', 'AUTH', 'ada', secret);
    await server.command('MIGRATE', '127.0.0.1', '1', 'key', '0', '100', 'AUTH', secret).catch(() => undefined);
    if (kept === 'redacted') {
      await server.command('SET', `session:${secret}`, 'x');
    }
    if (kept !== 'full') {
      await server.command('SET', 'key', secret);
      await server.command('HSET', 'key:1', 'field', secret);
      await server.command('EVAL', `return '${secret}'`, '1', secret);
      await server.command('PUBLISH', secret, secret);
      await server.command('ECHO', secret);
    }
    await poll();
    expect(added.length).toBeGreaterThanOrEqual(5);
    expect(JSON.stringify(added)).not.toContain(secret);
  });

  it('is kept as Redis gives it when arguments are kept in full', async () => {
    const server = await startRedis({ args: LOG_ALL });
    const { added, poll } = start(server, { kept: 'full' });
    await server.command('SET', 'user:17', 'two words');
    await poll();
    expect(added.map(({ command, text }) => `${command} ${text}`)).toContain('set user:17 "two words"');
  });
});
