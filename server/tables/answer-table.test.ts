import type { TableAnswer, TableRequest } from '../api/contract';
import { TargetError } from '../errors';
import type { LogEntry, Selection } from '../history/interfaces';
import type { ServerFacts } from '../model/server-facts';
import { FakeTargets, makeResult, makeTarget } from '../testing/fake-targets';
import { answerTable, type TableParts } from './answer-table';

const NOW_MS = 1_700_000_000_000;

function facts(overrides: Partial<ServerFacts> = {}): ServerFacts {
  return {
    flavour: 'redis',
    version: [7, 0, 15],
    redisVersion: [7, 0, 15],
    mode: 'standalone',
    role: 'master',
    runId: 'a',
    startTimeSeconds: 1_699_999_000,
    sentinelMasters: [],
    ...overrides,
  };
}

/** Targets `a`, `b`, `c`, of which the last is a replica; each with the clients its test wants. */
function threeTargets(clients: Readonly<Record<string, number>> = {}): FakeTargets {
  const targets = new FakeTargets();
  for (const [name, role] of [
    ['a', 'master'],
    ['b', 'master'],
    ['c', 'slave'],
  ] as const) {
    const target = makeTarget(name, { labels: { env: name === 'a' ? 'test' : 'prod' } });
    targets.add(target, 1, { latest: makeResult(target, 1, { facts: facts({ role }) }) });
    const lines = Array.from(
      { length: clients[name] ?? 1 },
      (_, at) => `id=${at + 1} addr=10.0.0.7:${at} name=${name}`
    );
    targets.respond(name, (command) => (command === 'CLIENT LIST' ? lines.join('\n') : undefined));
  }
  return targets;
}

function ask(body: unknown, parts: Partial<TableParts> = {}): Promise<TableAnswer> {
  return answerTable(
    { targets: threeTargets(), query: undefined, entries: undefined, now: () => NOW_MS, ...parts },
    body
  );
}

function column({ columns }: TableAnswer, name: string) {
  return columns.find((one) => one.name === name)?.values;
}

const texts = ({ notices }: TableAnswer) => notices.map(({ text }) => text);

describe('a request that cannot be understood', () => {
  const clients = (rest: object) => ({ table: 'clients', ...rest });
  it.each<[unknown, string]>([
    [undefined, 'Invalid input'],
    ['clients', 'Invalid input'],
    [{}, 'table: Invalid option'],
    [{ table: 'keys' }, 'table: Invalid option'],
    [clients({ more: 1 }), 'Unrecognized key: "more"'],
    [clients({ limit: 0 }), 'limit: Too small'],
    [clients({ limit: 10_001 }), 'limit: Too big'],
    [clients({ groupBy: 'age' }), 'groupBy: Invalid option'],
    [clients({ from: 'yesterday' }), 'from: "yesterday" is no time'],
    [clients({ to: 'tomorrow' }), 'to: "tomorrow" is no time'],
    [clients({ from: 'now', to: 'now-1h' }), 'from: it is later than `to`'],
    [clients({ from: NOW_MS + 1 }), 'from: it is later than `to`'],
    [clients({ targets: { labels: [{ label: 'env', op: '=~', value: '(' }] } }), 'targets.labels: the pattern for env'],
  ])('%j', async (body, message) => {
    const failure = ask(body);
    await expect(failure).rejects.toMatchObject({ status: 400, errorType: 'bad_data' });
    await expect(failure).rejects.toThrow(message);
  });
});

describe('targets', () => {
  it.each<[string, TableRequest['targets'], string[]]>([
    ['all without a selector', undefined, ['a', 'b', 'c']],
    ['by name', { names: ['c', 'a'] }, ['a', 'c']],
    ['by label', { labels: [{ label: 'env', op: '!=', value: 'test' }] }, ['b', 'c']],
    ['by instance', { labels: [{ label: 'instance', op: '=~', value: 'a|b' }] }, ['a', 'b']],
    ['by role', { roles: ['slave'] }, ['c']],
  ])('%s', async (_, targets, expected) => {
    const answer = await ask({ table: 'clients', ...(targets !== undefined && { targets }) });
    expect(column(answer, 'instance')).toEqual(expected);
    expect(answer.notices).toEqual([]);
  });

  it('that are not there are told of', async () => {
    const answer = await ask({ table: 'clients', targets: { names: ['a', 'x'] } });
    expect(column(answer, 'instance')).toEqual(['a']);
    expect(answer.notices).toEqual([{ severity: 'warning', text: 'There is no target `x`.' }]);
  });

  it('that are not there at all are told of', async () => {
    const { columns, notices } = await ask({ table: 'clients', targets: { roles: ['sentinel'] } });
    expect(columns.flatMap(({ values }) => values)).toEqual([]);
    expect(notices).toEqual([
      { severity: 'info', text: 'No target has the name, labels and role that were asked for.' },
    ]);
  });

  it('that a table is not for are named, the first of them', async () => {
    const targets = new FakeTargets();
    const names = Array.from({ length: 12 }, (_, at) => `t${at}`);
    for (const name of names) {
      const target = makeTarget(name);
      targets.add(target, 1, { latest: makeResult(target, 1, { facts: facts() }) });
    }
    expect(texts(await ask({ table: 'cluster' }, { targets }))).toEqual([
      `Left out, as they are no cluster nodes: ${names
        .slice(0, 10)
        .map((name) => `\`${name}\``)
        .join(', ')} and 2 more.`,
    ]);
  });

  it('are put side by side up to 100', async () => {
    const targets = new FakeTargets();
    for (let at = 0; at < 120; at++) targets.add(makeTarget(`t${at}`)).respond(`t${at}`, () => ['maxmemory', `${at}`]);
    const { columns, notices } = await ask({ table: 'config' }, { targets });
    expect(columns.slice(2).map(({ name, values }) => [name, ...values])).toEqual(
      Array.from({ length: 100 }, (_, at) => [`t${at}`, `${at}`])
    );
    expect(notices.map(({ text }) => text)).toEqual(['100 of 120 targets: choose those to be put side by side.']);
  });

  it('that fail are told of, in their order; the others are whole', async () => {
    const targets = threeTargets().respond('c', new TargetError('timeout', '10.0.0.1:6379: no answer within 5000 ms'));
    targets.respond('a', () => 17);
    const answer = await ask({ table: 'clients' }, { targets });
    expect(column(answer, 'instance')).toEqual(['b']);
    expect(answer.notices).toEqual([
      { severity: 'warning', text: 'a: the answer to CLIENT LIST is no text.' },
      { severity: 'warning', text: 'c: 10.0.0.1:6379: no answer within 5000 ms.' },
    ]);
  });

  it('that fail for a mistake of ours are no notice', async () => {
    const targets = threeTargets().respond('a', () => {
      throw new Error('a mistake');
    });
    await expect(ask({ table: 'clients' }, { targets })).rejects.toThrow('a mistake');
  });

  it('are asked no more than 16 at a time', async () => {
    const targets = new FakeTargets();
    for (let at = 0; at < 50; at++) targets.add(makeTarget(`t${at}`)).respond(`t${at}`, () => 'id=1');
    let open = 0;
    let most = 0;
    const counted: FakeTargets = Object.create(targets, {
      ask: {
        value: async (...args: Parameters<FakeTargets['ask']>) => {
          most = Math.max(most, ++open);
          const replies = await targets.ask(...args);
          open--;
          return replies;
        },
      },
    }) as FakeTargets; // the same but for `ask`
    const answer = await ask({ table: 'clients' }, { targets: counted });
    expect(column(answer, 'instance')).toEqual(Array.from({ length: 50 }, (_, at) => `t${at}`));
    expect(most).toBe(16);
  });
});

describe('rows', () => {
  it('are bounded, with a notice', async () => {
    const answer = await ask({ table: 'clients', limit: 5 }, { targets: threeTargets({ a: 3, b: 4, c: 1000 }) });
    expect(column(answer, 'instance')).toEqual(['a', 'a', 'a', 'b', 'b']);
    expect(texts(answer)).toEqual(['5 of 1007 clients: choose fewer targets or raise `limit`.']);
  });

  it('are at most 1000 where the request does not say', async () => {
    const answer = await ask({ table: 'clients' }, { targets: threeTargets({ a: 20_000 }) });
    expect(column(answer, 'id')).toHaveLength(1000);
    expect(texts(answer)).toEqual(['1000 of 20002 clients: choose fewer targets or raise `limit`.']);
  });

  it('of groups count all clients', async () => {
    const answer = await ask({ table: 'clients', groupBy: 'address' }, { targets: threeTargets({ a: 20_000 }) });
    expect(column(answer, 'instance')).toEqual(['a', 'b', 'c']);
    expect(column(answer, 'address')).toEqual(['10.0.0.7', '10.0.0.7', '10.0.0.7']);
    expect(column(answer, 'clients')).toEqual([20_000, 1, 1]);
  });
});

describe('the slow log', () => {
  const entry = (id: number, overrides: Partial<LogEntry> = {}): LogEntry => ({
    target: 'a',
    log: 'slow',
    runId: 'r',
    id,
    timeMs: NOW_MS - 1000 + id,
    amount: 10 * id,
    command: 'get',
    text: 'get user:*',
    clientAddress: '10.0.0.7:1',
    clientName: 'web',
    ...overrides,
  });

  function book(...kept: LogEntry[]) {
    const asked: Selection[] = [];
    const entries = (selection: Selection) => {
      asked.push(selection);
      return Promise.resolve(kept.slice(-selection.limit));
    };
    return { asked, entries };
  }

  it('is given newest first', async () => {
    const { entries } = book(entry(1), entry(2, { target: 'gone', log: 'large-reply' }));
    const answer = await ask({ table: 'slowlog' }, { entries });
    expect(Object.fromEntries(answer.columns.map(({ name, values }) => [name, values]))).toEqual({
      instance: ['gone', 'a'],
      time: [NOW_MS - 998, NOW_MS - 999],
      log: ['large-reply', 'slow'],
      duration: [null, 10],
      size: [20, null],
      command: ['get', 'get'],
      text: ['get user:*', 'get user:*'],
      client_address: ['10.0.0.7:1', '10.0.0.7:1'],
      client_name: ['web', 'web'],
      id: [2, 1],
    });
  });

  it.each<[string, Partial<TableRequest>, Selection]>([
    ['everything', {}, { fromMs: 0, toMs: NOW_MS, limit: 1001 }],
    ['a time', { from: 'now-1h', to: 'now-5m' }, { fromMs: NOW_MS - 3_600_000, toMs: NOW_MS - 300_000, limit: 1001 }],
    [
      'names, also of the past',
      { targets: { names: ['gone', 'a'] } },
      { fromMs: 0, toMs: NOW_MS, limit: 1001, targets: ['gone', 'a'] },
    ],
    [
      'roles',
      { targets: { roles: ['master'], names: ['a', 'c'] } },
      { fromMs: 0, toMs: NOW_MS, limit: 1001, targets: ['a'] },
    ],
  ])('is asked for %s', async (_, request, selection) => {
    const { asked, entries } = book();
    const { notices } = await ask({ table: 'slowlog', ...request }, { entries });
    expect(asked).toEqual([selection]);
    expect(notices).toEqual([]);
  });

  it('is not asked for when no target is meant', async () => {
    const { asked, entries } = book(entry(1));
    const answer = await ask({ table: 'slowlog', targets: { roles: ['sentinel'] } }, { entries });
    expect([column(answer, 'id'), asked]).toEqual([[], []]);
  });

  it('says when there is more', async () => {
    const answer = await ask({ table: 'slowlog', limit: 2 }, { entries: book(entry(1), entry(2), entry(3)).entries });
    expect(column(answer, 'id')).toEqual([3, 2]);
    expect(texts(answer)).toEqual(['The newest 2 entries: narrow the time or raise `limit` to see the others.']);
  });

  it('needs the history', async () => {
    const answer = await ask({ table: 'slowlog' });
    expect(column(answer, 'id')).toEqual([]);
    expect(texts(answer)).toEqual(['The slow log is kept in the history, which is off. Set `history.enabled: true`.']);
  });
});
