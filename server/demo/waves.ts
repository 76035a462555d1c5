const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A sine: how far it goes up and down, and how long it takes. */
export interface Wave {
  readonly amplitude: number;
  readonly periodMs: number;
  /** In turns: 0.25 begins at the top. */
  readonly phase: number;
}

/** Traffic has a day and a night, and is never quite still; the amplitudes sum up to less than 1. */
const TRAFFIC: readonly Wave[] = [
  { amplitude: 0.22, periodMs: 24 * HOUR, phase: 0.7 },
  { amplitude: 0.16, periodMs: 97 * MINUTE, phase: 0.1 },
  { amplitude: 0.14, periodMs: 23 * MINUTE, phase: 0.4 },
  { amplitude: 0.14, periodMs: 5 * MINUTE, phase: 0.2 },
  { amplitude: 0.08, periodMs: 71 * SECOND, phase: 0.9 },
  { amplitude: 0.04, periodMs: 17 * SECOND, phase: 0.3 },
];

/** How much is going on at a time (Unix milliseconds): 1 on average, never below 0.2. */
export function trafficAt(ms: number): number {
  return 1 + swayAt(TRAFFIC, ms);
}

/** The sum of `trafficAt` over the seconds from one time to another: what there would be of one per second. */
export function trafficBetween(fromMs: number, toMs: number): number {
  return (toMs - fromMs) / SECOND + swaySum(TRAFFIC, toMs) - swaySum(TRAFFIC, fromMs);
}

/** The sum of the waves at a time; 0 on average. */
export function swayAt(waves: readonly Wave[], ms: number): number {
  return waves.reduce((sum, { amplitude, ...wave }) => sum + amplitude * Math.sin(angle(wave, ms)), 0);
}

/** An antiderivative of `swayAt`, per second. */
export function swaySum(waves: readonly Wave[], ms: number): number {
  return waves.reduce(
    (sum, { amplitude, ...wave }) =>
      sum - ((amplitude * wave.periodMs) / (2 * Math.PI * SECOND)) * Math.cos(angle(wave, ms)),
    0
  );
}

function angle({ periodMs, phase }: Omit<Wave, 'amplitude'>, ms: number): number {
  // The remainder first: so far from 1970 a sine would lose its last digits.
  return 2 * Math.PI * (((ms % periodMs) / periodMs + phase) % 1);
}
