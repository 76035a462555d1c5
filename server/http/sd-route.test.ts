import { FakeTargets, makeTarget } from '../testing/fake-targets';
import { startApp } from '../testing/http-app';

const SOCKET = makeTarget('unix:///run/redis.sock', { labels: { env: 'test', instance: 'not this' } });

describe('GET /sd', () => {
  it('lists a group for each target, to be scraped here', async () => {
    const { get } = await startApp({}, {}, new FakeTargets().add(makeTarget('cache-1')).add(SOCKET));
    const { status, headers, text } = await get('/sd', { host: 'vitals.example.com:9121' });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(text)).toEqual([
      {
        targets: ['vitals.example.com:9121'],
        labels: { __metrics_path__: '/scrape', __param_target: 'cache-1', instance: 'cache-1' },
      },
      {
        targets: ['vitals.example.com:9121'],
        labels: {
          __metrics_path__: '/scrape',
          __param_target: 'unix:///run/redis.sock',
          instance: 'unix:///run/redis.sock',
          env: 'test',
        },
      },
    ]);
  });

  it('is an empty list without targets', async () => {
    const { get } = await startApp();
    expect(JSON.parse((await get('/sd')).text)).toEqual([]);
  });

  it.each(['localhost', 'redis_vitals:9121', '10.0.0.1:9121', '[::1]:9121', 'a.b-c.example'])(
    'takes the Host header %s',
    async (host) => {
      const { get } = await startApp({}, {}, new FakeTargets().add(makeTarget('cache-1')));
      expect(JSON.parse((await get('/sd', { host })).text)).toMatchObject([{ targets: [host] }]);
    }
  );

  it.each(['user@host', 'a/b', 'a b', '"', '-a', 'a:b', 'a:123456', '[x]', 'x'.repeat(256), '<b>'])(
    'refuses the Host header %s and does not repeat it',
    async (host) => {
      const { get } = await startApp({}, {}, new FakeTargets().add(makeTarget('cache-1')));
      const { status, text } = await get('/sd', { host });
      expect({ status, error: JSON.parse(text) as unknown }).toEqual({
        status: 400,
        error: {
          status: 'error',
          errorType: 'bad_data',
          error: 'The Host header must be host or host:port: it becomes the scrape address.',
        },
      });
    }
  );
});
