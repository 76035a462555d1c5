import type { Notice } from '../api/contract';
import type { FieldRows } from './plans';
import { lastBucketCoverage, type Grid } from './window';

/** Tells of fields that gave nothing. */
export function reportEmpty(fields: readonly FieldRows[], notices: Notice[]): void {
  for (const { about, rows } of fields) {
    if (rows.some(({ values }) => values.some(Number.isFinite))) continue;
    const text =
      rows.length === 0
        ? `There are no series of ${about.field} for these targets and labels.`
        : `${about.field} has no values in this time.`;
    notices.push({ severity: 'info', text });
  }
}

/** Tells of counts that end within a bucket. Rates are by the time that was measured, and need no such word. */
export function reportLastBucket(fields: readonly FieldRows[], grid: Grid, nowMs: number, notices: Notice[]): void {
  const coveredMs = lastBucketCoverage(grid, nowMs);
  const counting = fields.filter(({ growsWithLength, rows }) => growsWithLength && rows.length > 0);
  if (coveredMs === undefined || counting.length === 0) return;
  const names = counting.map(({ about }) => about.field).join(', ');
  notices.push({
    severity: 'info',
    text: `The last bucket covers ${seconds(coveredMs)} of ${seconds(grid.stepMs)} s: ${names} counts only that long in it.`,
  });
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
