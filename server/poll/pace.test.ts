import { collectors } from '../collectors/registry';
import type { PollResult } from '../model/poll-result';
import type { Target } from '../model/target';
import { Connection } from '../redis/connection';
import { atEnd } from '../testing/cleanup';
import { makeTarget } from '../testing/fake-targets';
import { freePort } from '../testing/free-port';
import { startRedis } from '../testing/redis-server';
import { until } from '../testing/wait';
import { systemClock } from '../util/clock';
import { TargetSet } from './target-set';

const INTERVAL_MS = 100;
const GOOD = 50;
/** So long that the hung poll is still running when all is seen. */
const HUNG_TIMEOUT_MS = 60_000;

function at(name: string, { port }: { port: number }, timeoutMs = 10_000): Target {
  return makeTarget(name, { address: { kind: 'tcp', host: '127.0.0.1', port }, intervalMs: INTERVAL_MS, timeoutMs });
}

it('a hung and a refused target leave 50 good ones their pace', async () => {
  const [one, other, hung] = await Promise.all([startRedis(), startRedis(), startRedis()]);
  const names = Array.from({ length: GOOD }, (_, index) => `good-${index}`);
  const good = names.map((name, index) => at(name, index % 2 === 0 ? one : other));
  let results: PollResult[] = [];
  const set = new TargetSet({
    connect: (target, signal) => Connection.open(target, signal),
    collectors,
    clock: systemClock,
    random: Math.random,
    publish: (result) => void results.push(result),
  });
  atEnd(() => set.close());
  const refused = at('refused', { port: await freePort() });
  set.replace([...good, at('hung', hung, HUNG_TIMEOUT_MS), refused], () => false);
  const of = (name: string) => results.filter(({ target }) => target.name === name);
  await until(() => names.every((name) => of(name).length > 0) && of('hung').length > 0, 'the first polls');

  hung.pause();
  const skipped = () => set.status('hung')!.skippedPolls;
  const before = skipped();
  await until(() => skipped() > before + 1 && set.status('hung')!.polls > of('hung').length, 'the hang');
  results = [];
  await until(() => names.every((name) => of(name).length >= 10), 'ten polls of each good target', 30_000);

  expect(of('hung')).toEqual([]);
  expect(names.flatMap((name) => of(name)).filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(of('refused').length).toBeGreaterThanOrEqual(10);
  expect(new Set(of('refused').map(({ failure }) => failure?.code))).toEqual(new Set(['refused']));
  // They take turns: nobody has been polled much more often than another.
  const counts = names.map((name) => of(name).length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(3);
  expect(set.status('good-0')).toMatchObject({ state: 'up', connections: 1 });
}, 60_000);
