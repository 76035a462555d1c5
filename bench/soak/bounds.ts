/** What a soak may come to. */
export const BOUNDS = {
  /** Samples of the open ten minutes are in memory as they are, and a while longer, until all targets are in blocks. */
  filledSeconds: 20 * 60,
  bytesPerSample: 8,
  /** What the garbage collector and malloc need besides while the history fills. */
  fillingFactor: 2,
  /** What the engine and malloc still take, in the second half of a short soak, until they know their work. */
  startMb: 100,
  /** An hour. Blocks are made of ten minutes at a time: the waves of that still show in a line through half an hour. */
  steadyRiseMb: 60,
  /** Connections of readers come and go. */
  descriptors: 8,
  /** A quarter of the two seconds a poll may take. */
  lagMs: 500,
} as const;

/** By how many MB an hour memory may rise in the second half. */
export function boundOfRise(seconds: number, samplesPerSecond: number): number {
  const { filledSeconds, bytesPerSample, fillingFactor, startMb, steadyRiseMb } = BOUNDS;
  if (seconds / 2 >= filledSeconds) return steadyRiseMb;
  const fillingMbPerSecond = (samplesPerSecond * bytesPerSample * fillingFactor) / 1e6;
  return Math.round(steadyRiseMb + (fillingMbPerSecond + startMb / (seconds / 2)) * 3600);
}
