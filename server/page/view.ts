/** What is shown of time, Unix milliseconds. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Lengths of time one can choose. */
export const RANGES = [
  { name: '15 m', title: 'the last 15 minutes', ms: 15 * MINUTE },
  { name: '1 h', title: 'the last hour', ms: HOUR },
  { name: '6 h', title: 'the last 6 hours', ms: 6 * HOUR },
  { name: '24 h', title: 'the last 24 hours', ms: 24 * HOUR },
] as const;

/** The charts move with time; or they stand still, looked at closely or because somebody stopped them. */
export type View =
  | { readonly kind: 'live'; readonly rangeMs: number }
  | { readonly kind: 'paused' | 'zoomed'; readonly rangeMs: number; readonly window: TimeWindow };

export function rangeNamed(name: string | null): number {
  return (RANGES.find((range) => range.name === name) ?? RANGES[0]).ms;
}

export function windowOf(view: View, nowMs: number): TimeWindow {
  return view.kind === 'live' ? { fromMs: nowMs - view.rangeMs, toMs: nowMs } : view.window;
}

/** A window that begins when there was nothing yet is no use: it begins with the first value, but is as long as this. */
const LEAST_MS = 60_000;

/**
 * What is drawn: a live window leaves out the time before the first value, `firstMs`, when nothing was kept before
 * `oldestMs`, and that is within it.
 */
export function shownWindow(view: View, nowMs: number, firstMs: number, oldestMs: number): TimeWindow {
  const { fromMs, toMs } = windowOf(view, nowMs);
  if (view.kind !== 'live' || oldestMs <= fromMs) return { fromMs, toMs };
  return { fromMs: Math.max(fromMs, Math.min(firstMs, toMs - LEAST_MS)), toMs };
}

const SHORTEST_MS = 10_000;
const LONGEST_MS = 15 * 24 * HOUR;

/** A window somebody asked for, made one that can be shown: neither too short nor too long, and not in the future. */
export function clampWindow({ fromMs, toMs }: TimeWindow, nowMs: number): TimeWindow {
  const length = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, toMs - fromMs));
  const end = Math.min(nowMs, (fromMs + toMs + length) / 2);
  return { fromMs: Math.floor(end - length), toMs: Math.floor(end) };
}
