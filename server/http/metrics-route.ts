import type { RequestHandler } from 'express';
import type { PageEntry } from '../exposition/page';
import type { Target } from '../model/target';
import type { Guard } from './auth';
import type { HttpDeps } from './deps';
import { countWhenSent } from './middleware';
import type { Scrape, Scraper } from './scraper';

const NO_LABELS = {};

/** `GET /metrics`: every target on one page. It counts and guards itself: nothing runs in front of it. */
export function metricsHandler(deps: HttpDeps, scraper: Scraper, guard: Guard): RequestHandler {
  const { targets, options } = deps;
  return async (request, response) => {
    countWhenSent(deps.telemetry, request, response);
    await guard(request, response);
    const polled = targets.list();
    const scrape: Scrape = {
      key: '/metrics',
      ownText: 'process',
      poll: (maxAgeMs, deadlineMs) => Promise.all(polled.map(({ name }) => targets.poll(name, maxAgeMs, deadlineMs))),
      entries: (results) =>
        results.flatMap(({ samples }, index): PageEntry[] => {
          const target = polled[index] as Target; // one result for each polled target, in their order
          const labels = options().singleTarget ? NO_LABELS : { instance: target.name, ...target.labels };
          return [
            { labels, samples },
            { labels, samples: targets.freshness(target.name) },
          ];
        }),
    };
    return scraper.answer(request, response, scrape);
  };
}
