import type { IncomingMessage, ServerResponse } from 'node:http';
import { CONTENT_TYPES, type Format, type PageEntry } from '../exposition/page';
import type { PollResult } from '../model/poll-result';
import { negotiateFormat } from './accept';
import { Body, sendBody } from './body';
import { scrapeDeadlineMs } from './deadline';
import type { HttpDeps, OwnTextScope } from './deps';
import { SAFE_HEADERS } from './middleware';
import { PageCache } from './page-cache';

/** What a scrape reads. */
export interface Scrape {
  /** Tells apart what must not share a page. */
  readonly key: string;
  readonly ownText: OwnTextScope;
  readonly poll: (maxAgeMs: number, deadlineMs: number) => Promise<readonly PollResult[]>;
  readonly entries: (results: readonly PollResult[]) => readonly PageEntry[];
}

type ScraperDeps = Pick<HttpDeps, 'options' | 'telemetry' | 'renderer' | 'now'>;

/** Answers scrapes: polls, renders, and shares the page with everybody who would get the same. */
export class Scraper {
  private readonly deps: ScraperDeps;
  private readonly pages = new PageCache();

  constructor(deps: ScraperDeps) {
    this.deps = deps;
  }

  async answer(request: IncomingMessage, response: ServerResponse, scrape: Scrape): Promise<void> {
    const startedAt = performance.now();
    const { options, telemetry } = this.deps;
    const format = negotiateFormat(request.headers.accept);
    const deadlineMs = scrapeDeadlineMs(request.headers['x-prometheus-scrape-timeout-seconds']);
    const [results, ownText] = await Promise.all([
      scrape.poll(options().scrape.maxAgeMs, deadlineMs),
      telemetry.text(format, scrape.ownText),
    ]);
    const body = this.page(scrape, results, format, ownText);
    telemetry.observeScrape(performance.now() - startedAt);
    return sendBody(request, response, body);
  }

  private page(scrape: Scrape, results: readonly PollResult[], format: Format, ownText: string): Body {
    const nowMs = this.deps.now();
    const key = `${format} ${scrape.key}`;
    const shared = this.pages.find(key, results, nowMs);
    if (shared !== undefined) return shared;
    const { renderer } = this.deps;
    const headers = {
      ...SAFE_HEADERS, // nothing that sets them stands before /metrics
      'Content-Type': CONTENT_TYPES[format],
      Vary: 'Accept, Accept-Encoding',
      'Snapshot-Age-Seconds': oldestAgeSeconds(results, nowMs),
    };
    const bytes = renderer.write(scrape.entries(results), format, ownText);
    const body = new Body(bytes, headers, (unused) => renderer.recycle(unused));
    this.pages.store(key, body, results, nowMs);
    return body;
  }
}

/** Age of the oldest poll on the page when it was rendered. */
function oldestAgeSeconds(results: readonly PollResult[], nowMs: number): string {
  const oldestMs = results.reduce((oldest, { startedAtMs }) => Math.min(oldest, startedAtMs), nowMs);
  return ((nowMs - oldestMs) / 1000).toFixed(3);
}
