import { systemClock } from './clock';

describe('systemClock', () => {
  it('calls back once, later', async () => {
    const startedAt = systemClock.monotonic();
    const calls: number[] = [];
    await new Promise<void>((resolve) => {
      systemClock.after(5, () => {
        calls.push(systemClock.monotonic());
        resolve();
      });
      expect(calls).toEqual([]);
    });
    expect(calls).toEqual([expect.any(Number)]);
    expect(calls[0]).toBeGreaterThan(startedAt);
  });

  it('does not call back when that was cancelled', async () => {
    const callback = jest.fn();
    systemClock.after(1, callback)();
    await new Promise<void>((resolve) => systemClock.after(5, resolve));
    expect(callback).not.toHaveBeenCalled();
  });

  it('gives Unix time', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000);
  });
});
