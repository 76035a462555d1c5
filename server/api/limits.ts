/** Requests are small; what is beyond these is a mistake or an attack. Apart from the schemas, which are slow to load. */
export const LIMITS = {
  queries: 50,
  fields: 50,
  names: 2000,
  matchers: 50,
  textLength: 1000,
  patternLength: 4000,
  /** Of all patterns of one list of matchers, with their repetitions written out: compiling and matching cost by it. */
  patternsSize: 10_000,
  maxDataPoints: 11_000,
  topK: 1000,
  rows: 10_000,
  bodyBytes: 256 * 1024,
  /** Brackets within brackets; a request needs six. */
  nesting: 32,
  /** Streams at once. */
  streams: 200,
  /** Of all answers together that clients have asked for and not read yet. */
  unreadBytes: 128 * 1024 * 1024,
} as const;
