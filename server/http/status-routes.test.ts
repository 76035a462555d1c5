import type { HistoryStatus } from '../api/contract';
import { createHash } from 'node:crypto';
import type { ServerFacts } from '../model/server-facts';
import type { PollRecord } from '../poll/interfaces';
import { FakeTargets, makeResult, makeTarget } from '../testing/fake-targets';
import { startApp, type RunningApp } from '../testing/http-app';

const NOW = Date.parse('2025-03-01T12:00:00Z');
const MASTER: ServerFacts = {
  flavour: 'valkey',
  version: [8, 1, 1],
  redisVersion: [7, 2, 4],
  mode: 'cluster',
  role: 'master',
  runId: '',
  startTimeSeconds: NOW / 1000 - 7200,
  sentinelMasters: [],
};
const HOSTILE = `<script>alert("1")</script>&'`;

/** What a person reads, without markup. */
function read(page: string): string {
  const body = page.slice(page.indexOf('<main>'));
  return body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

function refreshSeconds(page: string): string | undefined {
  return /<meta http-equiv="refresh" content="(\d+)"/.exec(page)?.[1];
}

/** Where the link with this text leads. */
function linkOf(text: string, page: string): string | undefined {
  const links = [...page.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a\s*>/g)];
  return links.find(([, , found]) => found === text)?.[1];
}

/** Of the table of targets, in its order. */
function targetsIn(page: string): readonly string[] {
  const table = page.slice(page.indexOf('<table'));
  return [...table.matchAll(/href="targets\/([^"]+)"/g)].map(([, name]) => name!);
}

function failed(secondsAgo: number, message: string): PollRecord {
  return { startedAtMs: NOW - secondsAgo * 1000, durationMs: 2000, failure: { code: 'timeout', message } };
}

function start(targets: FakeTargets): Promise<RunningApp> {
  return startApp({}, {}, targets);
}

/** Targets in every state, in an order that has to be changed. */
function everyState(): FakeTargets {
  const up = makeTarget('cache-10', { disabledCollectors: new Set(['latency']) });
  const down = makeTarget('orders', { address: { kind: 'tcp', host: 'fd00::1', port: 7000 } });
  const failure = { code: 'refused', message: 'orders: nobody listens there' } as const;
  return new FakeTargets()
    .add(up, 1, {
      latest: makeResult(up, 1, {
        startedAtMs: NOW - 3000,
        durationMs: 1.84,
        facts: MASTER,
        collectorFailures: [
          { collector: 'slowlog', code: 'no_permission', message: 'NOPERM on SLOWLOG: grant +slowlog', off: true },
          { collector: 'cluster', code: 'parse', message: 'CLUSTER INFO of an unknown shape', off: false },
        ],
      }),
      polls: 1204,
      skippedPolls: 3,
      connections: 2,
      recentFailures: [failed(7200, 'cache-10: no answer within 2s')],
    })
    .add(makeTarget('cache-9'), 1)
    .add(makeTarget('fresh'), 1, { state: 'waiting', polls: 0, connections: 0 })
    .add(down, 0, { state: 'down', latest: makeResult(down, 0, { startedAtMs: NOW - 60_000, failure }) });
}

const HISTORY: HistoryStatus = {
  state: 'ok',
  directory: '/var/lib/vitals',
  retentionMs: 15 * 86_400_000,
  diskBytes: 1_234_000,
  series: 300,
  samplesStored: 216_000,
  samplesRefused: {},
  pendingSamples: 0,
  oldestMs: Date.parse('2025-03-01T10:00:00Z'),
};

describe('GET /', () => {
  it('shows all that is known of each target', async () => {
    const { get } = await start(everyState());
    const { status, headers, text } = await get('/');
    const page = read(text);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page).toContain('1 of 4 targets down');
    expect(page).toContain('up cache-10 10.0.0.1:6379 Valkey 8.1.1 master, cluster 3 s ago took 1.8 ms');
    expect(page).toContain('1,204 3 skipped, 2 connections');
    expect(page).toContain('1 collector failing cluster CLUSTER INFO of an unknown shape');
    expect(page).toContain(
      '2 collectors off slowlog NOPERM on SLOWLOG: grant +slowlog latency switched off in the configuration'
    );
    expect(page).toContain('last error 2 h ago cache-10: no answer within 2s');
    expect(page).toMatch(/down orders \[fd00::1\]:7000 .*1 min ago .*orders: nobody listens there/);
  });

  it('puts first who needs somebody, then goes by name as people count', async () => {
    const { get } = await start(everyState());
    expect(targetsIn((await get('/')).text)).toEqual(['orders', 'fresh', 'cache-9', 'cache-10']);
  });

  it.each([
    ['down', ['orders']],
    ['up', ['cache-9', 'cache-10']],
    ['nonsense', ['orders', 'fresh', 'cache-9', 'cache-10']],
  ])('shows only targets that are %s', async (state, shown) => {
    const { get } = await start(everyState());
    const { text } = await get(`/?state=${state}`);
    expect(targetsIn(text)).toEqual(shown);
  });

  it.each([
    ['no target', [], 'No targets yet'],
    ['one', ['up'], 'The target is up'],
    ['one that is down', ['down'], 'The target is down'],
    ['two', ['up', 'up'], 'All 2 targets up'],
    ['three, one of them new', ['up', 'waiting', 'up'], 'Waiting for 1 target'],
  ] as const)('sums up %s', async (_, states, headline) => {
    const targets = new FakeTargets();
    states.forEach((state, index) => targets.add(makeTarget(`t${index}`), 1, { state }));
    const { text } = await (await start(targets)).get('/');
    expect(read(text)).toContain(headline);
    expect(/<title>(.*)<\/title>/.exec(text)?.[1]).toBe(`${headline} · Redis Vitals`);
  });

  it.each([
    [1, ['t1'], ''],
    [5, ['t1', 't2', 't3', 't4', 't5'], ''],
    [7, ['t1', 't2', 't3', 't4', 't5'], 'and 2 other targets'],
  ])('names %d targets that are down at the top, with the reason', async (count, named, more) => {
    const targets = new FakeTargets().add(makeTarget('t0'), 1);
    for (let index = 1; index <= count; index++) {
      const target = makeTarget(`t${index}`);
      const failure = { code: 'refused', message: `t${index}: nobody listens there` } as const;
      targets.add(target, 0, { state: 'down', latest: makeResult(target, 0, { failure }) });
    }
    const { text } = await (await start(targets)).get('/');
    const top = text.slice(text.indexOf('<div id="health"'), text.indexOf('<div id="details"'));
    expect([...top.matchAll(/href="targets\/([^"]+)"/g)].map(([, name]) => name)).toEqual(named);
    expect(read(`<main>${top}`)).toContain('down t1 t1: nobody listens there');
    expect(linkOf('and 2 other targets', top)).toBe(more === '' ? undefined : './?state=down');
  });

  it('says how to begin where there is no target', async () => {
    const { text } = await (await start(new FakeTargets())).get('/');
    expect(read(text)).toContain('Name a Redis or Valkey on the command line, or under targets: in the configuration');
  });

  it('tells version, time and how long it has been running', async () => {
    const { get, state } = await start(new FakeTargets());
    state.nowMs += 3_723_000;
    const { text } = await get('/');
    expect(/<span>(.*)<\/span>/.exec(text)?.[1]).toBe('1.2.3');
    expect(read(text)).toContain('13:02:03 UTC, running for 1 h 2 min');
  });

  it.each([
    ['is off', undefined, 'History: off'],
    ['goes well', HISTORY, 'History: 2 h, 1.2 MB in <code>/var/lib/vitals</code>, kept for 15 d.'],
    [
      'is in trouble',
      { ...HISTORY, state: 'degraded', problem: 'The disk is full: <make> room.' },
      'History: degraded. The disk is full: &lt;make&gt; room.',
    ],
  ] as const)('says how the history is when it %s', async (_, status, text) => {
    const history = status && { status: () => status, request: () => Promise.reject(new Error('not asked here')) };
    const { get } = await startApp({}, { history });
    expect((await get('/')).text.replace(/\s+/g, ' ')).toContain(text);
  });

  it('refreshes itself when asked to, and only then', async () => {
    const { get } = await start(everyState());
    const still = (await get('/?state=up')).text;
    expect(refreshSeconds(still)).toBeUndefined();
    expect(linkOf('Refresh every 10 s', still)).toBe('./?state=up&amp;refresh=on');
    const moving = (await get('/?state=up&refresh=on')).text;
    expect(refreshSeconds(moving)).toBe('10');
    expect(linkOf('Stop refreshing', moving)).toBe('./?state=up');
    expect(linkOf('all 4', moving)).toBe('./?refresh=on');
  });

  it('links to what else there is, relative to itself', async () => {
    const { text } = await (await start(everyState())).get('/');
    const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, link]) => link!);
    expect(links).toEqual(expect.arrayContaining(['./metrics', './sd', './health', './ready']));
    expect(links.filter((link) => /^(\/|https?:)/.test(link))).toEqual([]);
  });

  it('is usable with many targets', async () => {
    const targets = new FakeTargets();
    for (let index = 0; index < 500; index++) targets.add(makeTarget(`cache-${index}`));
    targets.add(makeTarget('zebra'), 1, { state: 'down' });
    const { text } = await (await start(targets)).get('/');
    expect(text.match(/<tr class="is-/g)).toHaveLength(501);
    expect(text.indexOf('zebra')).toBeLessThan(text.indexOf('cache-0'));
  });
});

describe('GET /targets/<name>', () => {
  it('shows the recent polls of one target, and its failures in a row as one', async () => {
    const target = makeTarget('unix:///run/a b.sock', { labels: { env: 'prod' }, timeoutMs: 500 });
    const targets = new FakeTargets().add(target, 1, {
      state: 'up',
      latest: makeResult(target, 1, { startedAtMs: NOW - 4000, durationMs: 0.5, facts: MASTER }),
      recentPolls: [{ startedAtMs: NOW - 4000, durationMs: 0.5 }, failed(14, 'no answer')],
      recentFailures: [failed(14, 'no answer'), failed(24, 'no answer'), failed(300, 'refused')],
    });
    const { get } = await start(targets);
    const { status, text } = await get(`/targets/${encodeURIComponent(target.name)}`);
    const page = read(text);
    expect(status).toBe(200);
    expect(page).toMatch(/unix:\/\/\/run\/a b\.sock up /);
    expect(page).toContain('Running for 2 h');
    expect(page).toContain('Last poll 4 s ago , took 0.5 ms');
    expect(page).toContain('Polled every 10 s, for 500 ms at most');
    expect(page).toContain('env=prod');
    expect(page).toContain('4 s ago 0.5 ms answered 14 s ago 2 s timeout');
    expect(page).toContain('14 s ago no answer 2 times in a row, first 24 s ago 5 min ago refused');
    expect(linkOf('Its metrics', text)).toBe('../scrape?target=unix%3A%2F%2F%2Frun%2Fa%20b.sock');
  });

  it.each(['orders', 'fresh', 'cache-10'])('says what there is to say of %s', async (name) => {
    const { get } = await start(everyState());
    const { status, text } = await get(`/targets/${name}`);
    expect(status).toBe(200);
    expect(read(text)).not.toMatch(/undefined|NaN|\[object/);
  });

  it('shows why a target is down, and not how long its server has been running', async () => {
    const page = read((await (await start(everyState())).get('/targets/orders')).text);
    expect(page).toContain('orders: nobody listens there');
    expect(page).not.toContain('Running for');
  });
});

describe.each(['/', '/targets/a'])('the page at %s', (path) => {
  it('escapes all that comes from outside', async () => {
    const failure = { code: 'refused', message: HOSTILE } as const;
    const target = makeTarget('a', { labels: { env: HOSTILE }, disabledCollectors: new Set([HOSTILE]) });
    const other = makeTarget(HOSTILE, { address: { kind: 'unix', path: HOSTILE } });
    const targets = new FakeTargets()
      .add(target, 1, {
        state: 'down',
        latest: makeResult(target, 1, {
          failure,
          facts: { ...MASTER, role: HOSTILE },
          collectorFailures: [{ collector: HOSTILE, code: 'parse', message: HOSTILE, off: false }],
        }),
        recentPolls: [{ startedAtMs: NOW, durationMs: 1, failure }],
        recentFailures: [{ startedAtMs: NOW, durationMs: 1, failure }],
      })
      .add(other);
    const { text } = await (await start(targets)).get(path);
    expect(text.match(/&lt;script&gt;alert\(&quot;1&quot;\)/g)).not.toBeNull();
    expect(text.match(/<script|alert\("|[^;]&'/g)).toBeNull();
  });

  it('may load and run nothing but what is ours, and has no script in itself', async () => {
    const { headers, text } = await (await start(new FakeTargets().add(makeTarget('a')))).get(path);
    const style = /<style>([^]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'sha256-${hash}'; ` +
        `img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(text.match(/ style=| on[a-z]+=|<script/g)).toBeNull();
  });

  it('comes packed to who can unpack it', async () => {
    const { get } = await start(new FakeTargets().add(makeTarget('a')));
    const packed = await get(path, { 'accept-encoding': 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.text).toBe((await get(path)).text);
  });
});
