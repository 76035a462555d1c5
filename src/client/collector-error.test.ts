import { CollectorError, fromResponse, notOurAnswer, toCollectorError } from './collector-error';
import recorded from '../testdata/core/failures.json';

const config = { url: '' };

describe('what a response that is no success says', () => {
  it.each([
    ['nobody listens there', 502, '', 'unreachable', /cannot reach the collector.*9121.*not Redis' 6379/],
    ['a proxy with a page of its own', 502, '<html>Bad Gateway</html>', 'unreachable', /check that it is running/],
    ['no answer in time', 504, '', 'timeout', /took too long: ask for fewer series/],
    ['a 401 that Grafana made 400', 400, recorded.unauthorized.body, 'unauthorized', /set the user name and password/],
    ['a 401 of somebody else that Grafana made 400', 400, '', 'unauthorized', /refused the credentials/],
    [
      'a 401 whose words Grafana replaced',
      400,
      'Authentication to data source failed',
      'unauthorized',
      /refused the credentials/,
    ],
    ['a 401 as it is', 401, recorded.unauthorized.body, 'unauthorized', /refused the credentials/],
    ['a proxy that refuses', 403, 'Forbidden', 'unauthorized', /permissions, allow this address/],
    ['a collector without this endpoint', 404, recorded.notFound.body, 'collector', /no older version/],
    ['an exporter at the same port', 404, '404 page not found\n', 'not_a_collector', /no redis_exporter/],
    ['Grafana itself', 404, '{"message":"Not found"}', 'not_a_collector', /without a path/],
    ['a data source that is not saved', 404, '{"message":"Data source not found"}', 'grafana', /save it/],
    ['another method', 405, recorded.methodNotAllowed.body, 'collector', /no older version/],
    ['TLS at the port', 400, 'Client sent an HTTP request to an HTTPS server.\n', 'unreachable', /use https/],
    ['the history off', 503, recorded.historyOff.body, 'collector', /set `history.enabled: true`/],
    ['a wrong request', 400, recorded.badRequest.body, 'collector', /^queries: Too small/],
    ['an unknown failure', 500, 'oh dear', 'not_a_collector', /It said: oh dear$/],
  ])('%s', (_name, status, body, kind, message) => {
    const error = fromResponse(status, body);
    expect(error).toMatchObject({ kind, status, message: expect.stringMatching(message) });
  });

  it('is read as well when Grafana has parsed it', () => {
    expect(fromResponse(400, JSON.parse(recorded.unauthorized.body)).kind).toBe('unauthorized');
  });
});

it.each([
  ['a page', recorded.page.body, /^A web page came back instead of JSON/],
  ['a text', '+PONG', /is no Redis Vitals collector/],
  ['other JSON', { database: 'ok' }, /is no Redis Vitals collector/],
])('an answer that is %s is none of ours', (_name, body, message) => {
  expect(notOurAnswer(body)).toMatchObject({ kind: 'not_a_collector', message: expect.stringMatching(message) });
});

describe('whatever was thrown', () => {
  it.each([
    ['an error of ours', new CollectorError('timeout', 'late'), 'timeout', /^late$/],
    ['a response', { status: 502, data: '', config }, 'unreachable', /cannot reach/],
    ['a cancelled request', { status: -1, data: null, cancelled: true, config }, 'cancelled', /cancelled/],
    ['a lost connection', new TypeError('Failed to fetch'), 'unreachable', /Failed to fetch/],
  ])('%s', (_name, thrown, kind, message) => {
    expect(toCollectorError(thrown)).toMatchObject({ kind, message: expect.stringMatching(message) });
  });
});

it.each([
  [502, '', true],
  [504, '', true],
  [503, recorded.historyOff.body, true],
  [400, recorded.badRequest.body, false],
  [401, recorded.unauthorized.body, false],
  [404, '', false],
])('a failure with %i passes by itself: see %#', (status, body, passes) => {
  expect(fromResponse(status, body).passes).toBe(passes);
});
