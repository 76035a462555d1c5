import { parseExposition, sampleValue } from '../testing/exposition';
import { FakeTargets, makeResult, makeTarget } from '../testing/fake-targets';
import { startApp } from '../testing/http-app';
import type { AdHocAddress } from '../poll/interfaces';
import type { AdHocTargets } from './deps';

function twoTargets(): FakeTargets {
  return new FakeTargets()
    .add(makeTarget('cache-1', { labels: { env: 'prod' } }), 1)
    .add(makeTarget('shop@eu', { address: { kind: 'tcp', host: 'shop.example.com', port: 6380 } }), 2);
}

class FakeAdHoc implements AdHocTargets {
  readonly asked: AdHocAddress[] = [];

  poll(address: AdHocAddress) {
    this.asked.push(address);
    return Promise.resolve(makeResult(makeTarget(address.host), 42));
  }

  freshness() {
    return new FakeTargets().freshness();
  }
}

function error(text: string): unknown {
  return JSON.parse(text);
}

describe('GET /scrape', () => {
  it.each([
    ['name', 'cache-1', 1],
    ['address', '10.0.0.1:6379', 1],
    ['a name that looks like a URL with a user', 'shop@eu', 2],
  ])('shows one target by %s, without labels of ours', async (_, target, value) => {
    const { get } = await startApp({}, {}, twoTargets());
    const { status, text } = await get(`/scrape?target=${encodeURIComponent(target)}`);
    const families = parseExposition(text);
    expect(status).toBe(200);
    expect(families.get('redis_value')?.samples).toEqual([{ name: 'redis_value', labels: {}, value }]);
    expect(sampleValue(families, 'redis_vitals_age')).toBe(0.5);
  });

  it('shows of ourselves what redis_exporter shows, and nothing of the process', async () => {
    const { get } = await startApp({}, {}, twoTargets());
    const families = parseExposition((await get('/scrape?target=cache-1')).text);
    const own = [...families.keys()].filter((name) => !/redis_value|redis_vitals_age/.test(name));
    expect(own).toEqual([
      'redis_exporter_build_info',
      'redis_exporter_scrapes_total',
      'redis_exporter_scrape_duration_seconds',
      'redis_target_scrape_request_errors_total',
    ]);
  });

  it('does not show one target the page of another', async () => {
    const { get } = await startApp({}, {}, twoTargets());
    const [first, second] = [await get('/scrape?target=cache-1'), await get('/scrape?target=shop%40eu')];
    expect(sampleValue(parseExposition(first.text), 'redis_value')).toBe(1);
    expect(sampleValue(parseExposition(second.text), 'redis_value')).toBe(2);
  });

  it.each([
    ['no target', '/scrape', 400, 'Say which target: /scrape?target=<name or address>.'],
    ['an empty target', '/scrape?target=', 400, 'Say which target: /scrape?target=<name or address>.'],
    [
      'two targets',
      '/scrape?target=cache-1&target=cache-2',
      400,
      'Give one `target` only; ask for each target with a request of its own.',
    ],
    ['an endless target', `/scrape?target=${'x'.repeat(513)}`, 400, 'The target is longer than 512 characters.'],
  ])('refuses %s', async (_, path, status, message) => {
    const { get } = await startApp({}, {}, twoTargets());
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(error(answer.text)).toEqual({ status: 'error', errorType: 'bad_data', error: message });
  });

  it.each(['redis://admin:canary@10.0.0.1:6379', 'canary@10.0.0.1', 'redis://:canary@unknown'])(
    'refuses a target with credentials and does not repeat them: %s',
    async (target) => {
      const { get } = await startApp(
        { scrape: { maxAgeMs: 0, allow: ['*:*'] } },
        { adHoc: new FakeAdHoc() },
        twoTargets()
      );
      const { status, text } = await get(`/scrape?target=${encodeURIComponent(target)}`);
      expect(status).toBe(400);
      expect(text).toContain('Take them out of the URL and configure them');
      expect(text).not.toMatch(/canary|admin/);
    }
  );

  it.each(['unknown:6379', 'redis://10.0.0.1:1/?password=canary'])(
    'refuses an unknown target, says how to allow it, and names neither it nor others: %s',
    async (target) => {
      const { get } = await startApp({}, { adHoc: new FakeAdHoc() }, twoTargets());
      const { status, text } = await get(`/scrape?target=${encodeURIComponent(target)}`);
      expect(status).toBe(403);
      expect(error(text)).toMatchObject({ status: 'error', errorType: 'forbidden' });
      expect(text).toMatch(/`targets:`.*`scrape\.allow`/);
      expect(text).not.toMatch(/unknown|canary|10\.0\.0|cache-1|shop/);
    }
  );

  it('asks a target that a pattern allows', async () => {
    const adHoc = new FakeAdHoc();
    const { get } = await startApp({ scrape: { maxAgeMs: 0, allow: ['*.example.com:*'] } }, { adHoc }, twoTargets());
    const { status, text } = await get('/scrape?target=rediss://New.example.com:7000');
    expect(status).toBe(200);
    expect(sampleValue(parseExposition(text), 'redis_value')).toBe(42);
    expect(adHoc.asked).toEqual([{ host: 'new.example.com', port: 7000, tls: true }]);
    expect((await get('/scrape?target=new.example.org:7000')).status).toBe(403);
  });

  it('allows nothing by patterns where nobody could ask', async () => {
    const { get } = await startApp({ scrape: { maxAgeMs: 0, allow: ['*:*'] } }, {}, twoTargets());
    expect((await get('/scrape?target=new:6379')).status).toBe(403);
  });

  it('counts refused requests', async () => {
    const { get, state } = await startApp({}, {}, twoTargets());
    for (const path of ['/scrape', '/scrape?target=a@b', '/scrape?target=unknown']) await get(path);
    await get('/scrape?target=cache-1');
    state.nowMs += 1000;
    const families = parseExposition((await get('/metrics')).text);
    expect(sampleValue(families, 'redis_target_scrape_request_errors_total')).toBe(3);
    expect(sampleValue(families, 'redis_vitals_http_requests_total', { route: '/scrape', code: '400' })).toBe(2);
    expect(sampleValue(families, 'redis_vitals_http_requests_total', { route: '/scrape', code: '403' })).toBe(1);
  });
});
