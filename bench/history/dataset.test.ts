import { polls, sampleCount, targetNames } from './dataset';
import { syntheticMix } from './synthetic';

const FROM_MS = 1_700_000_000_000;
const dataset = { mix: syntheticMix(3), targets: targetNames(2), fromMs: FROM_MS, toMs: FROM_MS + 30_000 };

describe('polls', () => {
  it('come in the order of time, each target every ten seconds, spread between', () => {
    const times = Array.from(polls(dataset), ({ target, atMs }) => [target, atMs - FROM_MS]);
    expect(times).toEqual([
      [0, 2500],
      [1, 7500],
      [0, 12_500],
      [1, 17_500],
      [0, 22_500],
      [1, 27_500],
    ]);
  });

  it('are as many as are counted', () => {
    let samples = 0;
    for (const { values } of polls(dataset)) samples += values.length;
    expect(sampleCount(dataset)).toBe(samples);
  });
});
