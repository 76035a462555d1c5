import type { PollResult } from '../model/poll-result';
import { parseExposition, sampleValue } from '../testing/exposition';
import { FakeTargets, makeResult, makeTarget } from '../testing/fake-targets';
import { startApp } from '../testing/http-app';
import { until } from '../testing/wait';

const OPENMETRICS = 'application/openmetrics-text; version=1.0.0';

function twoTargets(): FakeTargets {
  return new FakeTargets()
    .add(makeTarget('cache-1', { labels: { env: 'prod' } }), 1)
    .add(makeTarget('cache-2', { labels: { env: 'test' } }), 2);
}

describe('GET /metrics', () => {
  it('shows every target under its name and labels, and how fresh it is', async () => {
    const { get } = await startApp({}, {}, twoTargets());
    const { status, headers, text } = await get('/metrics');
    const families = parseExposition(text);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(families.get('redis_value')?.samples).toEqual([
      { name: 'redis_value', labels: { instance: 'cache-1', env: 'prod' }, value: 1 },
      { name: 'redis_value', labels: { instance: 'cache-2', env: 'test' }, value: 2 },
    ]);
    expect(sampleValue(families, 'redis_vitals_age', { instance: 'cache-1', env: 'prod' })).toBe(0.5);
  });

  it('shows a single target of the command line without labels', async () => {
    const { get } = await startApp({ singleTarget: true }, {}, new FakeTargets().add(makeTarget('cache-1'), 7));
    const families = parseExposition((await get('/metrics')).text);
    expect(families.get('redis_value')?.samples).toEqual([{ name: 'redis_value', labels: {}, value: 7 }]);
  });

  it('shows our own process, also without any target', async () => {
    const { get } = await startApp();
    const families = parseExposition((await get('/metrics')).text);
    expect([...families.keys()]).toEqual(
      expect.arrayContaining(['redis_exporter_build_info', 'redis_vitals_targets', 'process_cpu_seconds_total'])
    );
  });

  it('speaks OpenMetrics to who asks for it, and ends the page', async () => {
    const { get } = await startApp({}, {}, twoTargets());
    const { headers, text } = await get('/metrics', { accept: OPENMETRICS });
    expect(headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(text.match(/# EOF/g)).toHaveLength(1);
    expect(text).toMatch(/# EOF\n$/);
    expect(text).toContain('# TYPE redis_exporter_scrapes counter\nredis_exporter_scrapes_total ');
  });

  it('packs the page for who can unpack it, and says on what the answer depends', async () => {
    const { get } = await startApp({}, {}, twoTargets());
    const plain = await get('/metrics');
    const packed = await get('/metrics', { 'accept-encoding': 'gzip' });
    expect(plain.headers).toMatchObject({ vary: 'Accept, Accept-Encoding', 'content-length': `${plain.text.length}` });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(Number(packed.headers['content-length'])).toBeLessThan(plain.text.length);
    expect(packed.text).toBe(plain.text);
  });

  it('packs a very large page, too', async () => {
    const labels = { filler: 'x'.repeat(300_000) };
    const { get } = await startApp({}, {}, new FakeTargets().add(makeTarget('cache-1', { labels })));
    const [first, second] = await Promise.all([1, 2].map(() => get('/metrics', { 'accept-encoding': 'gzip' })));
    expect(first!.headers['content-encoding']).toBe('gzip');
    expect(first!.text).toContain(labels.filler);
    expect(second!.text).toBe(first!.text);
  });

  it('answers HEAD with the headers alone', async () => {
    const { get, ask } = await startApp({}, {}, twoTargets());
    const { text } = await get('/metrics');
    const head = await ask('/metrics', { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, text: '', headers: { 'content-length': `${text.length}` } });
  });

  it('tells the age of the oldest poll on the page', async () => {
    const targets = twoTargets();
    const { get, state } = await startApp({}, {}, targets);
    const target = targets.find('cache-1')!;
    const other = targets.find('cache-2')!;
    targets.answer('cache-1', () => Promise.resolve(makeResult(target, 1, { startedAtMs: state.nowMs - 100 })));
    targets.answer('cache-2', () => Promise.resolve(makeResult(other, 1, { startedAtMs: state.nowMs - 1234 })));
    expect((await get('/metrics')).headers['snapshot-age-seconds']).toBe('1.234');
  });

  it.each([
    ['no header', undefined, 10_000],
    ['2 s', '2', 1_800],
    ['10 s', '10', 9_500],
    ['nonsense', 'soon', 10_000],
  ])(
    'asks for polls as young as configured, within the deadline of the scraper: %s',
    async (_, timeout, deadlineMs) => {
      const { get, targets } = await startApp({ scrape: { maxAgeMs: 250, allow: [] } }, {}, twoTargets());
      await get('/metrics', timeout === undefined ? {} : { 'x-prometheus-scrape-timeout-seconds': timeout });
      expect(targets.calls).toEqual([
        { name: 'cache-1', maxAgeMs: 250, deadlineMs },
        { name: 'cache-2', maxAgeMs: 250, deadlineMs },
      ]);
    }
  );

  it('counts scrapes and requests', async () => {
    const { get, state } = await startApp({}, {}, twoTargets());
    await get('/metrics');
    await get('/metrics');
    state.nowMs += 1000;
    const families = parseExposition((await get('/metrics')).text);
    expect(sampleValue(families, 'redis_exporter_scrapes_total')).toBe(2);
    expect(sampleValue(families, 'redis_exporter_scrape_duration_seconds_count')).toBe(2);
    expect(sampleValue(families, 'redis_vitals_http_requests_total', { route: '/metrics', code: '200' })).toBe(2);
  });
});

describe('the page of /metrics', () => {
  async function countRenders() {
    const renders: string[] = [];
    const recycled: string[] = [];
    const write = (_: unknown, format: string) => Buffer.from(`page ${renders.push(format)}\n`);
    const recycle = (bytes: Buffer) => void recycled.push(String(bytes));
    return { renders, recycled, ...(await startApp({}, { renderer: { write, recycle } }, twoTargets())) };
  }

  it('is shared by scrapes of the same polls for less than 100 ms', async () => {
    const { get, state } = await countRenders();
    expect((await get('/metrics')).text).toBe('page 1\n');
    state.nowMs += 99;
    expect((await get('/metrics')).text).toBe('page 1\n');
    state.nowMs += 1;
    expect((await get('/metrics')).text).toBe('page 2\n');
  });

  it('is rendered once for scrapes that wait for the same poll', async () => {
    const { get, targets, renders } = await countRenders();
    const { promise, resolve } = Promise.withResolvers<PollResult>();
    targets.answer('cache-1', () => promise);
    const answers = [get('/metrics'), get('/metrics'), get('/metrics', { 'accept-encoding': 'gzip' })];
    await until(() => targets.calls.length === 6, 'three scrapes of two targets');
    resolve(makeResult(targets.find('cache-1')!, 5));
    expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(['page 1\n', 'page 1\n', 'page 1\n']);
    expect(renders).toEqual(['text']);
  });

  it('is another one for a new poll, for another format, and after the clock was set back', async () => {
    const { get, targets, state } = await countRenders();
    await get('/metrics');
    targets.answer('cache-2', () => Promise.resolve(makeResult(targets.find('cache-2')!, 3)));
    expect((await get('/metrics')).text).toBe('page 2\n');
    expect((await get('/metrics', { accept: OPENMETRICS })).text).toBe('page 3\n');
    state.nowMs -= 5000;
    expect((await get('/metrics')).text).toBe('page 4\n');
  });

  it('is given back once, when it is no longer shared and its last reader has it', async () => {
    const { get, state, recycled } = await countRenders();
    await Promise.all([get('/metrics'), get('/metrics')]);
    state.nowMs += 100;
    expect(recycled).toEqual([]);
    await get('/metrics');
    await until(() => recycled.length > 0, 'the first page to be given back');
    state.nowMs += 100;
    await get('/metrics');
    await until(() => recycled.length > 1, 'the second page to be given back');
    expect(recycled).toEqual(['page 1\n', 'page 2\n']);
  });
});
