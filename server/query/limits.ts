/** What one request may cost; beyond these a query is refused with the remedy in its error. */
export const QUERY_LIMITS = {
  pointsPerSeries: 11_000,
  /** Before aggregation, over all fields of a query. */
  seriesPerQuery: 5_000,
  /** Before aggregation, over all queries of a request. */
  pointsPerRequest: 5_000_000,
  deadlineMs: 10_000,
} as const;
