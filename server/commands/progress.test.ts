import { PassThrough } from 'node:stream';
import { FakeClock } from '../testing/fake-clock';
import { type Done, showProgress } from './progress';

/** What is shown of these, each some milliseconds after the one before. */
async function shown(
  output: object,
  steps: readonly (readonly [afterMs: number, done: Done])[],
  ends = true
): Promise<string> {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), output);
  const clock = new FakeClock();
  const progress = showProgress(stream, 'Exporting', 'series', clock);
  for (const [afterMs, done] of steps) {
    await clock.advance(afterMs);
    progress.update(done);
  }
  if (ends) progress.end();
  return String(stream.read() ?? '');
}

const at = (done: number, total: number, samples: number): Done => ({ done, total, samples });

describe('showProgress', () => {
  it('draws a bar on a terminal, at most ten times a second, and takes it away', async () => {
    const terminal = { isTTY: true, columns: 120 };
    const steps = [
      [99, at(1, 2000, 50)],
      [901, at(500.5, 2000, 1_000_000)],
      [50, at(600, 2000, 1_100_000)],
      [50, at(2000, 2000, 4_000_000)],
    ] as const;
    expect((await shown(terminal, steps)).split('\r\x1b[K')).toEqual([
      '',
      'Exporting [######------------------] 25 %, 500 of 2,000 series, 1,000,000 samples/s, 3s left',
      'Exporting [########################] 100 %, 2,000 of 2,000 series, 3,636,363 samples/s',
      '',
    ]);
  });

  it('does not wrap on a narrow terminal', async () => {
    expect(await shown({ isTTY: true, columns: 20 }, [[1000, at(1, 2, 3)]], false)).toBe('\r\x1b[KExporting [########');
  });

  it('writes nothing on a terminal for what is done at once', async () => {
    expect(await shown({ isTTY: true }, [[50, at(1, 1, 10)]])).toBe('');
  });

  it('writes a line every five seconds elsewhere', async () => {
    const steps = [1, 2, 3, 4, 5, 6].map((step) => [2000, at(step, 100, step * 1000)] as const);
    expect(await shown({}, steps)).toBe(
      'Exporting: 3 %, 3 of 100 series, 500 samples/s, 3m14s left\n' +
        'Exporting: 6 %, 6 of 100 series, 500 samples/s, 3m8s left\n'
    );
  });

  it.each([
    ['nothing is done yet', at(0, 5, 0), 'Exporting: 0 %, 0 of 5 series, 0 samples/s\n'],
    ['there is nothing to do', at(0, 0, 0), 'Exporting: 100 %, 0 of 0 series, 0 samples/s\n'],
  ])('can say that %s', async (_, done, text) => {
    expect(await shown({}, [[5000, done]])).toBe(text);
  });
});
