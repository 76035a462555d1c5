import type { PollResult } from '../model/poll-result';
import { FakeClock } from '../testing/fake-clock';
import { makeResult, makeTarget } from '../testing/fake-targets';
import { PollTicks } from './poll-ticks';

function start() {
  const clock = new FakeClock();
  const subscribers = new Set<(result: PollResult) => void>();
  const ticks = new PollTicks({
    after: (ms, callback) => clock.after(ms, callback),
    onPoll: (listener) => {
      subscribers.add(listener);
      return () => void subscribers.delete(listener);
    },
  });
  const poll = (name: string, startedAtMs: number) =>
    subscribers.forEach((take) => take(makeResult(makeTarget(name), 1, { startedAtMs })));
  const told: [string, number][][] = [];
  return { clock, subscribers, ticks, poll, told, listen: () => ticks.listen((polls) => told.push([...polls])) };
}

describe('PollTicks', () => {
  it('tells of polls together, each target with its earliest, a tick behind the first', async () => {
    const { clock, poll, told, listen } = start();
    listen();
    poll('a', 1000);
    await clock.advance(60);
    poll('b', 1060);
    poll('a', 990);
    poll('a', 1060);
    await clock.advance(39);
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told).toEqual([
      [
        ['a', 990],
        ['b', 1060],
      ],
    ]);
    await clock.advance(1000);
    expect(told).toHaveLength(1);
    poll('a', 2000);
    await clock.advance(100);
    expect(told[1]).toEqual([['a', 2000]]);
  });

  it('tells everybody, and listens to polls only while somebody does', async () => {
    const { clock, subscribers, poll, told, listen } = start();
    expect(subscribers.size).toBe(0);
    const unlisten = [listen(), listen()] as const;
    expect(subscribers.size).toBe(1);
    poll('a', 1);
    await clock.advance(100);
    expect(told).toEqual([[['a', 1]], [['a', 1]]]);
    unlisten[0]();
    expect(subscribers.size).toBe(1);
    poll('b', 2);
    unlisten[1]();
    expect(subscribers.size).toBe(0);
    await clock.advance(100);
    expect(told).toHaveLength(2);
    listen();
    poll('c', 3);
    await clock.advance(100);
    expect(told[2]).toEqual([['c', 3]]);
  });
});
