import type { RequestHandler } from 'express';
import type { HistoryStatus, StatusAnswer } from '../api/contract';
import { HttpError } from '../errors';
import type { AnswerSender } from './answer-sender';
import { parseBody } from '../api/body';
import { readBody } from './api-body';
import { Body, sendBody } from './body';
import { clientGone } from './client-gone';
import type { HistoryApi, HttpDeps } from './deps';

const JSON_HEADERS = { 'Content-Type': 'application/json; charset=utf-8', Vary: 'Accept-Encoding' };
const OFF: HistoryStatus = {
  state: 'off',
  diskBytes: 0,
  series: 0,
  samplesStored: 0,
  samplesRefused: {},
  pendingSamples: 0,
};
const NOTHING = Buffer.from('{}');

/** `POST /api/v1/query` and `/api/v1/events`, `GET /api/v1/catalog`: the history's thread reads and writes the JSON. */
export function historyHandler(
  deps: HttpDeps,
  sender: AnswerSender,
  route: 'query' | 'events' | 'catalog'
): RequestHandler {
  return async (request, response) => {
    const history = requireHistory(deps);
    const asked = route === 'catalog' ? NOTHING : await readBody(request, response, deps.after);
    sender.refuseWhenFull();
    const { status, body } = await history.request(route, asked, clientGone(response));
    return sender.send(request, response, jsonBody(toBuffer(body)), status);
  };
}

/** `POST /api/v1/table`: what servers say now, side by side. */
export function tableHandler({ table, after }: HttpDeps, sender: AnswerSender): RequestHandler {
  return async (request, response) => {
    const asked = parseBody(await readBody(request, response, after));
    sender.refuseWhenFull();
    const answer = await table(asked);
    return sender.send(request, response, jsonBody(JSON.stringify(answer)));
  };
}

/** `GET /api/v1/status`: always answered, so that whoever cannot use the rest is told why. */
export function apiStatusHandler({ targets, version, startedAtMs, history }: HttpDeps): RequestHandler {
  return (request, response) => {
    const states = targets.list().map(({ name }) => targets.status(name)?.state);
    const count = (state: string) => states.filter((one) => one === state).length;
    const answer: StatusAnswer = {
      status: 'success',
      version,
      startedMs: startedAtMs,
      targets: { up: count('up'), down: count('down'), waiting: count('waiting') },
      history: history?.status() ?? OFF,
    };
    return sendBody(request, response, jsonBody(JSON.stringify(answer)));
  };
}

/** `GET /api/v1/openapi.json`. */
export function openApiHandler({ openApi }: HttpDeps): RequestHandler {
  let body: Promise<Body> | undefined;
  return async (request, response) => {
    body ??= openApi().then(jsonBody);
    return sendBody(request, response, await body);
  };
}

/** Throws the HttpError that says how to switch it on. */
export function requireHistory({ history }: HttpDeps): HistoryApi {
  if (history !== undefined) return history;
  throw new HttpError(
    503,
    'unavailable',
    'The history is off: leave out `--no-history`, or set `history.enabled: true` in the configuration.'
  );
}

export function jsonBody(content: string | Buffer): Body {
  return new Body(content, JSON_HEADERS);
}

export function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
