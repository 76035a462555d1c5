import type { RequestHandler } from 'express';
import { HttpError } from '../errors';
import { Body, sendBody } from './body';
import type { HttpDeps } from './deps';
import { CONTENT_SECURITY_POLICY } from './page-frame';
import { parseState, renderStatusPage } from './status-page';
import { renderTargetPage } from './target-page';

/** `GET /`: the status of all targets, for people. `?state=down` shows those only, `?refresh=on` keeps it current. */
export function statusHandler({ targets, history, assets, version, startedAtMs, now }: HttpDeps): RequestHandler {
  return (request, response) => {
    const statuses = targets.list().flatMap(({ name }) => targets.status(name) ?? []);
    const page = renderStatusPage({
      version,
      startedAtMs,
      nowMs: now(),
      statuses,
      assets,
      history: history?.status(),
      state: parseState(request.query['state']),
      refreshing: request.query['refresh'] === 'on',
    });
    return sendBody(request, response, htmlBody(page));
  };
}

/** `GET /targets/<name>`: the status of one target. */
export function targetHandler({ targets, history, assets, version, now }: HttpDeps): RequestHandler {
  return (request, response) => {
    const { name } = request.params;
    const status = typeof name === 'string' ? targets.status(name) : undefined;
    if (status === undefined) throw new HttpError(404, 'not_found', 'There is no target of this name.');
    const page = renderTargetPage({ version, nowMs: now(), status, assets, history: history?.status() });
    return sendBody(request, response, htmlBody(page));
  };
}

function htmlBody(page: string): Body {
  return new Body(page, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Referrer-Policy': 'no-referrer',
    Vary: 'Accept-Encoding',
  });
}
