import type { EventAnswer } from '../api/contract.ts';

/** A moment to be marked in all charts. */
export interface Mark {
  readonly timeMs: number;
  readonly severity: EventAnswer['severity'];
  readonly text: string;
}

/** Events that lie on one spot share a mark, of the worst severity; `widthMs` is how long a spot is. */
export function marksOf(events: readonly EventAnswer[], widthMs: number): Mark[] {
  const marks: Mark[] = [];
  for (const { timeMs, severity, text } of events) {
    const last = marks.at(-1);
    if (last === undefined || timeMs - last.timeMs > widthMs) marks.push({ timeMs, severity, text });
    else marks[marks.length - 1] = { ...last, severity: worse(last.severity, severity), text: `${last.text}\n${text}` };
  }
  return marks;
}

/** The mark closest to a moment, if one is close enough. */
export function markNear(marks: readonly Mark[], timeMs: number, withinMs: number): Mark | undefined {
  const distance = (mark: Mark) => Math.abs(mark.timeMs - timeMs);
  return marks
    .filter((mark) => distance(mark) <= withinMs)
    .reduce<Mark | undefined>(
      (best, mark) => (best === undefined || distance(mark) < distance(best) ? mark : best),
      undefined
    );
}

const SEVERITIES = ['info', 'warning', 'critical'] as const;

function worse(a: Mark['severity'], b: Mark['severity']): Mark['severity'] {
  return SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b) ? a : b;
}
