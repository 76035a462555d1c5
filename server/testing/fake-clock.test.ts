import { FakeClock } from './fake-clock';

describe('FakeClock', () => {
  it('runs timers in their order, each at its own time, and those they start', async () => {
    const clock = new FakeClock(1000);
    const ran: string[] = [];
    const note = (name: string) => () => void ran.push(`${name} at ${clock.monotonic()} (${clock.now()})`);
    clock.after(20, note('b'));
    clock.after(10, () => {
      note('a')();
      clock.after(5, note('a2'));
    });
    clock.after(31, note('later'));
    await clock.advance(30);
    expect(ran).toEqual(['a at 10 (1010)', 'a2 at 15 (1015)', 'b at 20 (1020)']);
    expect([clock.monotonic(), clock.pendingTimers]).toEqual([30, 1]);
  });

  it('does not run what was cancelled', async () => {
    const clock = new FakeClock();
    const callback = jest.fn();
    clock.after(10, callback)();
    await clock.advance(20);
    expect(callback).not.toHaveBeenCalled();
  });

  it('runs what became due during a stall at its end', async () => {
    const clock = new FakeClock();
    const ranAt: number[] = [];
    clock.after(10, () => ranAt.push(clock.monotonic()));
    await clock.stall(100);
    expect(ranAt).toEqual([100]);
  });

  it('runs timers early when told to', async () => {
    const clock = new FakeClock();
    const ranAt: number[] = [];
    clock.earlyMs = 2;
    clock.after(10, () => ranAt.push(clock.monotonic()));
    await clock.advance(9);
    expect(ranAt).toEqual([8]);
  });

  it('lets the time of day jump alone', () => {
    const clock = new FakeClock(1000);
    clock.jump(-400);
    expect([clock.now(), clock.monotonic()]).toEqual([600, 0]);
  });
});
