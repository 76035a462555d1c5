import type { PollResult } from '../model/poll-result';
import { detectEvents, type Watched } from './detect-events';
import type { NewEvent } from './draft';

interface EventWatchParts {
  readonly add: (events: readonly NewEvent[]) => void;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Tells what happens to targets from poll to poll. */
export class EventWatch {
  private readonly parts: EventWatchParts;
  private readonly targets = new Map<string, Watched>();

  constructor(parts: EventWatchParts) {
    this.parts = parts;
  }

  /** Is told of every poll. */
  notice(result: PollResult): void {
    const { name } = result.target;
    const { watched, events } = detectEvents(this.targets.get(name), result, this.parts.now());
    this.targets.set(name, watched);
    if (events.length > 0) this.parts.add(events);
  }

  /** Forgets the other targets. */
  keep(names: ReadonlySet<string>): void {
    for (const name of this.targets.keys()) if (!names.has(name)) this.targets.delete(name);
  }
}
