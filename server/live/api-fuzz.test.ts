import { startCollector } from '../testing/collector-process';
import { send } from '../testing/http-app';
import { randomNumbers } from '../testing/random';
import { isGoodAnswer, makeApiRequest } from '../testing/random-api-request';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';

jest.setTimeout(120_000);

const REQUESTS = 1500;

describe('the collector', () => {
  it('answers whatever it is asked, makes no mistake of its own, and goes on', async () => {
    const server = await startRedis();
    const configText = JSON.stringify({ targets: [{ name: 'cache-1', url: server.url }] });
    const collector = await startCollector({ args: ['--interval', '200ms', '--timeout', '200ms'], configText });
    const isUp = async () => (await collector.get('/api/v1/status')).text.includes('"up":1');
    await until(isUp, 'the target to be up');

    const random = randomNumbers(1);
    const statuses = new Set<number>();
    for (let count = 0; count < REQUESTS; count++) {
      const { path, how } = makeApiRequest(random);
      if (path.startsWith('/api/v1/stream')) continue; // it would not end
      const answer = await send(collector.url + path, how);
      statuses.add(answer.status);
      if (!isGoodAnswer(how, answer)) throw new Error(JSON.stringify({ path, how, answer }));
    }
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 404, 405, 413, 415]));
    expect(await isUp()).toBe(true);
    expect(collector.output()).not.toMatch(/"level":"(?:warn|error|fatal)"/);
  });
});
