import express, { type Express } from 'express';
import { join } from 'node:path';
import { AnswerSender } from './http/answer-sender';
import { apiStatusHandler, historyHandler, openApiHandler, tableHandler } from './http/api-routes';
import { assetHandler } from './http/asset-routes';
import { readAssets } from './http/assets';
import { createGuard } from './http/auth';
import type { HttpDeps } from './http/deps';
import { errorHandler, methodNotAllowed, notFound } from './http/errors';
import { healthHandler, readyHandler } from './http/health-routes';
import { metricsHandler } from './http/metrics-route';
import { countRequests, limitBody, requireAuth, setSafeHeaders } from './http/middleware';
import { reloadHandler } from './http/reload-route';
import { scrapeHandler } from './http/scrape-route';
import { Scraper } from './http/scraper';
import { serviceDiscoveryHandler } from './http/sd-route';
import { statusHandler, targetHandler } from './http/status-routes';
import { streamHandler } from './http/stream-route';
import { Unsent } from './http/unsent';
import { systemClock } from './util/clock';

type Defaulted = 'now' | 'after' | 'assets';
export type AppDeps = Omit<HttpDeps, Defaulted> & Partial<Pick<HttpDeps, Defaulted>>;

/** Where the page's scripts are built to. */
const PAGE_FOLDER = join(__dirname, 'page');

/** The whole HTTP side; it does not listen. */
export function buildApp(given: AppDeps): Express {
  const deps: HttpDeps = {
    now: Date.now,
    after: (ms, callback) => systemClock.after(ms, callback),
    assets: readAssets(PAGE_FOLDER),
    ...given,
  };
  const guard = createGuard(deps.options);
  const scraper = new Scraper(deps);
  const unsent = new Unsent();
  const sender = new AnswerSender(unsent, deps.after);
  const readOnly = methodNotAllowed('GET, HEAD');
  const postOnly = methodNotAllowed('POST');
  const app = express().disable('x-powered-by').disable('etag');

  // Scrapes come first: nothing stands between them and their page.
  app.get('/metrics', metricsHandler(deps, scraper, guard));
  app.use(countRequests(deps.telemetry), setSafeHeaders, limitBody);

  app.route('/health').get(healthHandler).all(readOnly);
  app.route('/ready').get(readyHandler(deps.targets)).all(readOnly);

  app.use(requireAuth(guard));
  app.all('/metrics', readOnly);
  app.route('/scrape').get(scrapeHandler(deps, scraper)).all(readOnly);
  app.route('/sd').get(serviceDiscoveryHandler(deps)).all(readOnly);
  app.route('/').get(statusHandler(deps)).all(readOnly);
  app.route('/targets/:name').get(targetHandler(deps)).all(readOnly);
  app.route('/assets/:version/:name').get(assetHandler(deps)).all(readOnly);
  app.route('/-/reload').post(reloadHandler(deps.reload)).all(postOnly);

  app
    .route('/api/v1/query')
    .post(historyHandler(deps, sender, 'query'))
    .all(postOnly);
  app
    .route('/api/v1/events')
    .post(historyHandler(deps, sender, 'events'))
    .all(postOnly);
  app.route('/api/v1/table').post(tableHandler(deps, sender)).all(postOnly);
  app.route('/api/v1/stream').post(streamHandler(deps, unsent)).all(postOnly);
  app
    .route('/api/v1/catalog')
    .get(historyHandler(deps, sender, 'catalog'))
    .all(readOnly);
  app.route('/api/v1/status').get(apiStatusHandler(deps)).all(readOnly);
  app.route('/api/v1/openapi.json').get(openApiHandler(deps)).all(readOnly);
  return app.use(notFound, errorHandler(deps.log));
}
