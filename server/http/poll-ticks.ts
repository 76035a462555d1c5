import type { HttpDeps } from './deps';

/** Polls that end close to one another are told of together. */
const TICK_MS = 100;

/** Is told of the polls that have ended since it was told last: when each target's first one began. */
export type TickListener = (polls: ReadonlyMap<string, number>) => void;

/** Tells of polls, a tick later; costs nothing while nobody listens. */
export class PollTicks {
  private readonly deps: Pick<HttpDeps, 'onPoll' | 'after'>;
  private readonly listeners = new Set<TickListener>();
  private unsubscribe: (() => void) | undefined;
  private polls = new Map<string, number>();

  constructor(deps: Pick<HttpDeps, 'onPoll' | 'after'>) {
    this.deps = deps;
  }

  /** The returned function ends it. */
  listen(listener: TickListener): () => void {
    this.listeners.add(listener);
    this.unsubscribe ??= this.deps.onPoll(({ target, startedAtMs }) => this.take(target.name, startedAtMs));
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.unsubscribe?.();
      this.unsubscribe = undefined;
    };
  }

  private take(target: string, startedAtMs: number): void {
    if (this.polls.size === 0) this.deps.after(TICK_MS, () => this.tell());
    this.polls.set(target, Math.min(this.polls.get(target) ?? Infinity, startedAtMs));
  }

  private tell(): void {
    const { polls } = this;
    this.polls = new Map();
    for (const listener of this.listeners) listener(polls);
  }
}
