import type { Clock } from '../util/clock';
import { formatDuration } from '../util/duration';
import { count } from './words';
import type { Output } from './streams';

const TERMINAL_EVERY_MS = 100;
const LINE_EVERY_MS = 5_000;
const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\x1b[K';

/** How far something is. */
export interface Done {
  /** Not above `total`; may have fractions. */
  readonly done: number;
  readonly total: number;
  /** What was read; absent: it is not counted. */
  readonly samples?: number;
}

export interface Progress {
  /** May be called often; only now and then something is written. */
  update(done: Done): void;
  /** Leaves nothing of a bar on the terminal. */
  end(): void;
}

/**
 * Shows how far something is: a bar on a terminal, elsewhere a line every few seconds. `unit` is what `done` and
 * `total` count.
 */
export function showProgress(output: Output, what: string, unit: string, clock: Clock): Progress {
  const isTerminal = output.isTTY === true;
  const everyMs = isTerminal ? TERMINAL_EVERY_MS : LINE_EVERY_MS;
  const startedAt = clock.monotonic();
  let shownAt = startedAt;
  return {
    update(done) {
      const now = clock.monotonic();
      if (now - shownAt < everyMs) return;
      shownAt = now;
      const text = describe(done, unit, now - startedAt);
      if (!isTerminal) output.write(`${what}: ${text}\n`);
      else output.write(CLEAR_LINE + `${what} ${bar(done)} ${text}`.slice(0, (output.columns ?? 80) - 1));
    },
    end() {
      if (isTerminal && shownAt !== startedAt) output.write(CLEAR_LINE);
    },
  };
}

function fraction({ done, total }: Done): number {
  return total === 0 ? 1 : Math.min(1, done / total);
}

function bar(done: Done): string {
  return `[${'#'.repeat(Math.floor(fraction(done) * BAR_WIDTH)).padEnd(BAR_WIDTH, '-')}]`;
}

function describe(done: Done, unit: string, elapsedMs: number): string {
  const part = fraction(done);
  const parts = [
    `${Math.floor(part * 100)} %`,
    `${count(done.done)} of ${count(done.total)} ${unit}`,
    ...(done.samples === undefined ? [] : [`${count((done.samples / elapsedMs) * 1000)} samples/s`]),
  ];
  const leftMs = Math.ceil((elapsedMs * (1 - part)) / part / 1000) * 1000;
  return [...parts, ...(leftMs > 0 && leftMs < Infinity ? [`${formatDuration(leftMs)} left`] : [])].join(', ');
}
