import type { Request, RequestHandler } from 'express';
import { HttpError } from '../errors';
import type { PollResult } from '../model/poll-result';
import type { SampleSet } from '../model/samples';
import { isAllowed, parseAdHocAddress } from './ad-hoc-address';
import type { HttpDeps } from './deps';
import type { Scrape, Scraper } from './scraper';

const LONGEST_TARGET = 512;
const NO_LABELS = {};

/** Never repeats what was asked for, which may hold a secret, and never tells of other targets. */
const NOT_ALLOWED =
  'This target is not configured. To allow it, either add it under `targets:` in the configuration, or add a pattern ' +
  'that matches its host:port to `scrape.allow`, for example `cache-*.example.com:6379`; a target allowed by a ' +
  'pattern is asked without a password.';

/** `GET /scrape?target=`: one target, without labels of ours. */
export function scrapeHandler(deps: HttpDeps, scraper: Scraper): RequestHandler {
  return (request, response) => {
    let scrape: Scrape;
    try {
      scrape = scrapeOf(deps, readTarget(request));
    } catch (error) {
      deps.telemetry.countBadScrapeRequest();
      throw error;
    }
    return scraper.answer(request, response, scrape);
  };
}

function readTarget(request: Request): string {
  const target: unknown = request.query['target'];
  if (target === undefined || target === '') {
    throw new HttpError(400, 'bad_data', 'Say which target: /scrape?target=<name or address>.');
  }
  if (typeof target !== 'string') {
    throw new HttpError(400, 'bad_data', 'Give one `target` only; ask for each target with a request of its own.');
  }
  if (target.length > LONGEST_TARGET) {
    throw new HttpError(400, 'bad_data', `The target is longer than ${LONGEST_TARGET} characters.`);
  }
  return target;
}

function scrapeOf({ targets, adHoc, options }: HttpDeps, text: string): Scrape {
  const target = targets.find(text);
  if (text.includes('@') && target?.name !== text) {
    throw new HttpError(
      400,
      'bad_data',
      'The target holds a user name or password. Take them out of the URL and configure them for the target under ' +
        '`targets:`; URLs end up in logs and histories.'
    );
  }
  if (target !== undefined) {
    return oneTarget(
      `name ${target.name}`,
      (maxAgeMs, deadlineMs) => targets.poll(target.name, maxAgeMs, deadlineMs),
      () => targets.freshness(target.name)
    );
  }
  const address = parseAdHocAddress(text);
  if (adHoc === undefined || address === undefined || !isAllowed(address, options().scrape.allow)) {
    throw new HttpError(403, 'forbidden', NOT_ALLOWED);
  }
  return oneTarget(
    `address ${address.host} ${address.port} ${address.tls}`,
    (maxAgeMs, deadlineMs) => adHoc.poll(address, maxAgeMs, deadlineMs),
    () => adHoc.freshness(address)
  );
}

function oneTarget(
  key: string,
  poll: (maxAgeMs: number, deadlineMs: number) => Promise<PollResult>,
  freshness: () => SampleSet
): Scrape {
  return {
    key,
    ownText: 'exporter',
    poll: async (maxAgeMs, deadlineMs) => [await poll(maxAgeMs, deadlineMs)],
    entries: (results) => [
      ...results.map(({ samples }) => ({ labels: NO_LABELS, samples })),
      { labels: NO_LABELS, samples: freshness() },
    ],
  };
}
