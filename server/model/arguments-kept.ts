/** How much of a slow-log entry's arguments is kept: a pattern of its keys, the keys, or everything but secrets. */
export const ARGUMENTS_KEPT = ['redacted', 'keys', 'full'] as const;
export type ArgumentsKept = (typeof ARGUMENTS_KEPT)[number];
