import { RANGES, rangeNamed } from './view.ts';

const KEY = 'redis-vitals-range';

/** What was chosen last in this browser; one that keeps nothing begins with the default. */
export function rememberedRange(): number {
  try {
    return rangeNamed(localStorage.getItem(KEY));
  } catch {
    return rangeNamed(null);
  }
}

export function rememberRange(rangeMs: number): void {
  try {
    localStorage.setItem(KEY, RANGES.find(({ ms }) => ms === rangeMs)?.name ?? '');
  } catch {
    // it is forgotten with the page
  }
}
