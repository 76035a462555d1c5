import { FakeTargets, makeTarget } from '../testing/fake-targets';
import { startApp } from '../testing/http-app';

describe('GET /health', () => {
  it('is ok whatever the targets do', async () => {
    const { get } = await startApp({}, {}, new FakeTargets().add(makeTarget('a'), 1, { state: 'down' }));
    expect(await get('/health')).toMatchObject({ status: 200, text: 'ok\n' });
  });
});

describe('GET /ready', () => {
  it('waits for the first poll of every target, and tells of how many', async () => {
    const targets = new FakeTargets()
      .add(makeTarget('a'), 1, { state: 'waiting' })
      .add(makeTarget('b'), 1, { state: 'down' })
      .add(makeTarget('c'), 1, { state: 'up' });
    const { get } = await startApp({}, {}, targets);
    expect(await get('/ready')).toMatchObject({
      status: 503,
      text: 'waiting for the first poll of 1 of 3 targets\n',
    });
    targets.add(makeTarget('a'), 1, { state: 'down' });
    expect(await get('/ready')).toMatchObject({ status: 200, text: 'ready\n' });
  });

  it('stays ready when a reload brings another target', async () => {
    const targets = new FakeTargets();
    const { get } = await startApp({}, {}, targets);
    expect((await get('/ready')).status).toBe(200);
    targets.add(makeTarget('new'), 1, { state: 'waiting' });
    expect((await get('/ready')).status).toBe(200);
  });
});
