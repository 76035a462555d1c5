import type { FailureCode } from '../model/poll-result';
import { FakeClock } from '../testing/fake-clock';
import { Retry } from './retry';

const failure = (code: FailureCode) => ({ code, message: code });

/** How long it waits after each of these failures, which come as soon as they may. */
async function waits(codes: readonly FailureCode[], random = 0.999_999): Promise<number[]> {
  const clock = new FakeClock();
  const retry = new Retry(clock, () => random);
  const waited: number[] = [];
  for (const code of codes) {
    retry.failed(failure(code));
    const from = clock.monotonic();
    while (retry.waitsFor !== undefined) {
      expect(retry.waitsFor.code).toBe(code);
      await clock.advance(50);
    }
    waited.push(clock.monotonic() - from);
  }
  return waited;
}

describe('Retry', () => {
  it('waits for nothing at first', () => {
    expect(new Retry(new FakeClock(), Math.random).waitsFor).toBeUndefined();
  });

  it('waits twice as long each time, up to 30 s', async () => {
    const refused = Array.from({ length: 11 }, () => 'refused' as const);
    expect(await waits(refused)).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
  });

  it('waits half as long when chance has it', async () => {
    expect(await waits(['refused', 'timeout', 'dns'], 0)).toEqual([50, 100, 200]);
  });

  it.each(['auth', 'no_permission', 'unknown_command'] as const)('waits 30 s after each %s', async (code) => {
    expect(await waits([code, code, code], 0)).toEqual([30_000, 30_000, 30_000]);
  });

  it('begins anew after a success', async () => {
    const clock = new FakeClock();
    const retry = new Retry(clock, () => 0.999_999);
    for (let count = 0; count < 9; count++) retry.failed(failure('refused'));
    retry.succeeded();
    expect(retry.waitsFor).toBeUndefined();
    retry.failed(failure('refused'));
    await clock.advance(100);
    expect(retry.waitsFor).toBeUndefined();
  });
});
