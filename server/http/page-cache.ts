import type { PollResult } from '../model/poll-result';
import type { Body } from './body';

/** A page is shared this long at most: what is read off the clock (ages, our own counters) stays true to that. */
const SHARED_MS = 100;

interface Page {
  readonly body: Body;
  readonly results: readonly PollResult[];
  readonly renderedAtMs: number;
}

/** Rendered pages, shared among scrapes that would read the same polls at nearly the same moment. */
export class PageCache {
  /** Oldest first. */
  private readonly pages = new Map<string, Page>();

  find(key: string, results: readonly PollResult[], nowMs: number): Body | undefined {
    const page = this.pages.get(key);
    if (page === undefined || !isFresh(page, nowMs) || page.results.length !== results.length) return undefined;
    return page.results.every((result, index) => result === results[index]) ? page.body : undefined;
  }

  /** Keeps a page, and lets go of those that nobody may be given any more. */
  store(key: string, body: Body, results: readonly PollResult[], nowMs: number): void {
    this.drop(key);
    this.pages.set(key, { body, results, renderedAtMs: nowMs });
    for (const [oldKey, page] of this.pages) {
      if (isFresh(page, nowMs)) break;
      this.drop(oldKey);
    }
  }

  private drop(key: string): void {
    this.pages.get(key)?.body.release();
    this.pages.delete(key);
  }
}

/** A clock that was set back makes a page stale, too. */
function isFresh(page: Page, nowMs: number): boolean {
  const ageMs = nowMs - page.renderedAtMs;
  return ageMs >= 0 && ageMs < SHARED_MS;
}
