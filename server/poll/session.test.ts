import { ErrorReply, type Command } from '../model/command';
import type { Reply } from '../model/command';
import type { CollectorFailure } from '../model/poll-result';
import { FakeClock } from '../testing/fake-clock';
import { FakeRedis, REDIS_7 } from '../testing/fake-redis';
import { makeCollector } from '../testing/make-collector';
import { makeTarget } from '../testing/fake-targets';
import type { Collector } from '../collectors/collector';
import { Session } from './session';

const HOUR_MS = 3_600_000;
const slow: Command = { args: ['SLOWLOG', 'LEN'] };
const settings: Command = { args: ['CONFIG', 'GET', 'maxmemory'], refreshMs: 60_000 };
const NOPERM = new ErrorReply('NOPERM no');

/** A session with a server that answers these, to INFO as Redis 7 and to everything else 0. */
async function startSession(
  collectors: readonly Collector[],
  answers: Record<string, Reply | ErrorReply> = {},
  disabled: readonly string[] = []
) {
  const clock = new FakeClock();
  const all: Record<string, Reply | ErrorReply> = { INFO: REDIS_7, 'INFO everything': REDIS_7, ...answers };
  const server = new FakeRedis((command) => all[command] ?? 0);
  const connection = await server.connect(makeTarget('cache'), new AbortController().signal);
  let sent = 0;
  const onSend = (commands: number) => void (sent += commands);
  const session = new Session(connection, { collectors, disabled: new Set(disabled), clock, onSend });
  return { clock, server, session, answers: all, sent: () => sent };
}

describe('Session', () => {
  it('asks once what kind of server it is, then everything in one round trip', async () => {
    const { session, server, sent } = await startSession([makeCollector('a', [slow])], { 'SLOWLOG LEN': 3 });
    expect(session.facts).toBeUndefined();
    const { replies, collectors } = await session.ask();
    expect(replies.integer('SLOWLOG LEN')).toBe(3);
    expect(collectors.map(({ name }) => name)).toEqual(['a']);
    expect(session.facts).toMatchObject({ version: [7, 0, 15], role: 'master' });
    await session.ask();
    const everything = ['INFO everything', 'SLOWLOG LEN'];
    expect(server.roundTrips).toEqual([['INFO'], everything, everything]);
    expect(sent()).toBe(5);
  });

  it('asks for all where everything is answered with a heading alone', async () => {
    const { session, server } = await startSession([], { 'INFO everything': '# Everything\r\n', 'INFO all': REDIS_7 });
    expect((await session.ask()).replies.facts).toMatchObject({ version: [7, 0, 15] });
    expect(server.roundTrips).toEqual([['INFO'], ['INFO everything'], ['INFO all']]);
  });

  it('leaves out collectors that are disabled', async () => {
    const { session, server } = await startSession([makeCollector('a', [slow])], {}, ['a']);
    expect((await session.ask()).collectors).toEqual([]);
    expect(server.commands).not.toContain('SLOWLOG LEN');
  });

  it('asks now and then what changes rarely, and gives the last reply in between', async () => {
    const { session, server, clock, answers } = await startSession([makeCollector('a', [settings])], {
      'CONFIG GET maxmemory': ['maxmemory', '0'],
    });
    for (const [afterMs, value] of [
      [0, '0'],
      [59_999, '0'],
      [1, '1'],
      [30_000, '1'],
    ] as const) {
      await clock.advance(afterMs);
      expect((await session.ask()).replies.array('CONFIG GET maxmemory')).toEqual(['maxmemory', value]);
      answers['CONFIG GET maxmemory'] = ['maxmemory', '1'];
    }
    expect(server.commands.filter((command) => command.startsWith('CONFIG'))).toHaveLength(2);
  });

  it('asks again at once after an error that may pass', async () => {
    const { session, answers } = await startSession([makeCollector('a', [settings])], {
      'CONFIG GET maxmemory': new ErrorReply('LOADING wait'),
    });
    const { replies } = await session.ask();
    expect(() => replies.get('CONFIG GET maxmemory')).toThrow('LOADING');
    answers['CONFIG GET maxmemory'] = ['maxmemory', '0'];
    expect((await session.ask()).replies.array('CONFIG GET maxmemory')).toHaveLength(2);
  });

  it('does not send a refused command again, though a collector can do without it, for an hour', async () => {
    const easy = makeCollector('a', [slow], { collect: (replies) => void replies.find('SLOWLOG LEN') });
    const { session, server, clock, answers } = await startSession([easy], { 'SLOWLOG LEN': NOPERM });
    const timesAsked = async () => {
      const { replies } = await session.ask();
      return [server.commands.filter((command) => command === 'SLOWLOG LEN').length, replies.find('SLOWLOG LEN')];
    };
    expect(await timesAsked()).toEqual([1, NOPERM]);
    expect(await timesAsked()).toEqual([1, NOPERM]);
    await clock.advance(HOUR_MS - 1);
    expect(await timesAsked()).toEqual([1, NOPERM]);
    await clock.advance(1);
    answers['SLOWLOG LEN'] = 5;
    expect(await timesAsked()).toEqual([2, 5]);
    expect(await timesAsked()).toEqual([3, 5]);
  });

  describe('a collector that is off', () => {
    const failure: CollectorFailure = { collector: 'a', code: 'no_permission', off: true, message: 'no' };
    const passing: CollectorFailure = { collector: 'b', code: 'parse', off: false, message: 'odd' };

    it('is not run, and what it alone asks is not asked, for an hour', async () => {
      const latest: Command = { args: ['LATENCY', 'LATEST'] };
      const collectors = [makeCollector('a', [slow, latest]), makeCollector('b', [latest])];
      const { session, server, clock } = await startSession(collectors, { 'SLOWLOG LEN': NOPERM });
      const names = async () => (await session.ask()).collectors.map(({ name }) => name);
      expect(await names()).toEqual(['a', 'b']);
      session.note([failure]);
      expect(await names()).toEqual(['b']);
      expect(server.roundTrips.at(-1)).toEqual(['INFO everything', 'LATENCY LATEST']);
      await clock.advance(HOUR_MS);
      expect(await names()).toEqual(['a', 'b']);
      expect(server.roundTrips.at(-1)).toContain('SLOWLOG LEN');
    });

    it('is among the failures of each poll until then', async () => {
      const { session, clock } = await startSession([]);
      expect(session.note([passing])).toEqual([passing]);
      expect(session.note([failure, passing])).toEqual([passing, failure]);
      expect(session.note([])).toEqual([failure]);
      await clock.advance(HOUR_MS);
      await session.ask();
      expect(session.note([])).toEqual([]);
    });
  });

  it.each([
    ['INFO all', [['INFO all']]],
    ['INFO', [['INFO all'], ['INFO']]],
  ])('asks %s of a server that says nothing to more, and remembers that', async (known, tried) => {
    const { session, server } = await startSession([], { 'INFO everything': '', 'INFO all': '', [known]: REDIS_7 });
    expect((await session.ask()).replies.facts.version).toEqual([7, 0, 15]);
    await session.ask();
    expect(server.roundTrips).toEqual([['INFO'], ['INFO everything'], ...tried, [known]]);
  });

  it('fails when the server says nothing to any INFO', async () => {
    const { session } = await startSession([], { INFO: '', 'INFO everything': '', 'INFO all': '' });
    await expect(session.ask()).rejects.toThrow('the reply to INFO is not a list of fields: it is empty');
  });

  it('does not ask the commands of a collector that rests, until it has rested', async () => {
    const dear = makeCollector('dear', [{ args: ['LATENCY', 'HISTOGRAM'] }], { everyMs: 5000 });
    const { session, server, clock } = await startSession([dear, makeCollector('a', [slow])]);
    const { resting } = await session.ask();
    resting.set('dear', { samples: { series: [], values: new Float64Array() }, untilMs: 5000 });
    await clock.advance(4999);
    expect([...(await session.ask()).resting.keys()]).toEqual(['dear']);
    await clock.advance(1);
    expect([...(await session.ask()).resting.keys()]).toEqual([]);
    expect(server.roundTrips.slice(1)).toEqual([
      ['INFO everything', 'LATENCY HISTOGRAM', 'SLOWLOG LEN'],
      ['INFO everything', 'SLOWLOG LEN'],
      ['INFO everything', 'LATENCY HISTOGRAM', 'SLOWLOG LEN'],
    ]);
  });

  it.each([
    ['its role', REDIS_7.replace('role:master', 'role:slave'), 'slave'],
    [
      'the masters it watches',
      'redis_version:7.0.15\r\nredis_mode:sentinel\r\nmaster0:name=cache,status=ok\r\n',
      'sentinel cache',
    ],
  ])('makes another plan when the server changes: %s', async (_, info, key) => {
    const byFacts = makeCollector('a', [], {
      commands: ({ role, sentinelMasters }) => [{ args: ['SLOWLOG', role, ...sentinelMasters] }],
    });
    const { session, server, answers } = await startSession([byFacts]);
    await session.ask();
    answers['INFO everything'] = info;
    await session.ask();
    await session.ask();
    expect(server.roundTrips.slice(1)).toEqual([
      ['INFO everything', 'SLOWLOG master'],
      ['INFO everything', 'SLOWLOG master'],
      ['INFO everything', `SLOWLOG ${key}`],
    ]);
  });

  it.each(['INFO', 'INFO everything'])('fails when %s is refused', async (info) => {
    const { session } = await startSession([], { [info]: NOPERM });
    await expect(session.ask()).rejects.toMatchObject({ name: 'ReplyError', command: info, reply: NOPERM });
  });

  it('fails when INFO is no text', async () => {
    const { session } = await startSession([], { INFO: ['AUTH', 'x'] });
    await expect(session.ask()).rejects.toThrow('the reply to INFO is not a string');
  });
});
