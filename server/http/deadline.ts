const DEFAULT_MS = 10_000;
const LONGEST_MS = 120_000;
const LEAST_MARGIN_MS = 50;
const MOST_MARGIN_MS = 500;

/**
 * Milliseconds a scrape may wait for its polls: what `X-Prometheus-Scrape-Timeout-Seconds` says, less a margin for
 * rendering and the way back; 10 s when the header is absent or makes no sense.
 */
export function scrapeDeadlineMs(header: string | readonly string[] | undefined): number {
  const timeoutMs = typeof header === 'string' && header !== '' ? Number(header) * 1000 : NaN;
  if (!(timeoutMs > 0 && timeoutMs < Infinity)) return DEFAULT_MS;
  const marginMs = Math.min(Math.max(timeoutMs / 10, LEAST_MARGIN_MS), MOST_MARGIN_MS);
  return Math.min(Math.max(timeoutMs - marginMs, timeoutMs / 2), LONGEST_MS);
}
