import { HttpError } from '../errors';
import { createMemoryLogBook } from '../history/log-book';
import { answerEvents } from './answer-events';

const NOW_MS = Date.parse('2026-11-20T12:00:00Z');

const TARGETS = [
  { name: 'cache-1', labels: { env: 'prod' }, role: 'master' },
  { name: 'cache-2', labels: { env: 'prod' }, role: 'slave' },
  { name: 'cache-3', labels: { env: 'test' }, role: 'master' },
];

/** One event for each, a minute apart, the last now; `old-1` is configured no more. */
const EVENTS = [
  ['old-1', 'restart', 'warning'],
  ['cache-1', 'target_down', 'critical'],
  ['cache-2', 'failover', 'warning'],
  ['cache-3', 'target_up', 'info'],
] as const;

function ask(request: object) {
  const log = createMemoryLogBook();
  log.addEvents(
    EVENTS.map(([target, kind, severity], index) => ({
      timeMs: NOW_MS - (EVENTS.length - 1 - index) * 60_000,
      ...(kind === 'target_up' && { startMs: NOW_MS - 5000 }),
      target,
      kind,
      severity,
      text: 'Something happened.',
      details: { from: 'a' },
    }))
  );
  return answerEvents(log, () => TARGETS, { from: 'now-1h', to: 'now', ...request }, NOW_MS);
}

const labels = (op: string, value: string) => [{ label: 'env', op, value }];

describe('answerEvents', () => {
  it('gives events as they are stored', () => {
    expect(ask({ from: NOW_MS })).toEqual({
      status: 'success',
      events: [
        {
          id: 4,
          timeMs: NOW_MS,
          startMs: NOW_MS - 5000,
          target: 'cache-3',
          kind: 'target_up',
          severity: 'info',
          text: 'Something happened.',
          details: { from: 'a' },
        },
      ],
      notices: [],
    });
  });

  it.each([
    ['all', {}, [1, 2, 3, 4]],
    ['a time', { from: '2026-11-20T11:58:00Z', to: NOW_MS - 1 }, [2, 3]],
    ['kinds', { kinds: ['failover', 'restart'] }, [1, 3]],
    ['no kinds, which is any', { kinds: [], severities: [] }, [1, 2, 3, 4]],
    ['severities', { severities: ['critical'] }, [2]],
    ['names, also of the past', { targets: { names: ['old-1', 'cache-1', 'unheard-of'] } }, [1, 2]],
    ['labels', { targets: { labels: labels('=', 'prod') } }, [2, 3]],
    ['a pattern', { targets: { labels: labels('!~', 't.*') } }, [2, 3]],
    ['the label of the name', { targets: { labels: [{ label: 'instance', op: '=~', value: 'cache-[13]' }] } }, [2, 4]],
    ['roles', { targets: { roles: ['slave'] } }, [3]],
    ['names and roles', { targets: { names: ['cache-1', 'cache-2', 'old-1'], roles: ['master'] } }, [2]],
    ['an empty selector', { targets: { names: [] } }, [1, 2, 3, 4]],
  ])('chooses by %s', (_, request, ids) => {
    const { events, notices } = ask(request);
    expect([events.map(({ id }) => id), notices]).toEqual([ids, []]);
  });

  it('keeps the newest and says so', () => {
    const { events, notices } = ask({ limit: 2 });
    expect(events.map(({ id }) => id)).toEqual([3, 4]);
    expect(notices).toEqual([
      {
        severity: 'warning',
        text: 'Only the newest 2 events are given: ask for a shorter time or fewer targets, or raise `limit`.',
      },
    ]);
  });

  it('says when no target is meant', () => {
    expect(ask({ targets: { roles: ['sentinel'] } })).toEqual({
      status: 'success',
      events: [],
      notices: [
        { severity: 'info', text: 'No target that is configured has the name, labels and role that were asked for.' },
      ],
    });
  });

  it.each([
    [
      'from',
      { from: 'yesterday' },
      'from: "yesterday" is no time: give Unix milliseconds, an ISO 8601 time, now or now-6h',
    ],
    ['to', { to: 'now+1h' }, 'to: "now+1h" is no time: give Unix milliseconds, an ISO 8601 time, now or now-6h'],
    ['the order of times', { from: 'now', to: 'now-1h' }, 'from is later than to: exchange them'],
    [
      'a pattern',
      { targets: { labels: labels('=~', '(') } },
      /^targets\.labels: the pattern for env is no regular expression/,
    ],
    ['a pattern next to names', { targets: { names: ['cache-1'], labels: labels('=~', '(') } }, /^targets\.labels: /],
    ['a kind', { kinds: ['meteor'] }, /^kinds\[0\]: /],
    ['a limit', { limit: 0 }, /^limit: /],
    ['an unknown input', { colour: 'red' }, /colour/],
  ])('refuses a bad request: %s', (_, request, message) => {
    const refused = catching(() => ask(request));
    expect(refused).toMatchObject({ status: 400, errorType: 'bad_data' });
    expect(refused.message).toMatch(message);
  });

  it.each([null, 'events', [], 17])('refuses what is no request: %j', (body) => {
    expect(catching(() => answerEvents(createMemoryLogBook(), () => TARGETS, body, NOW_MS)).status).toBe(400);
  });
});

function catching(work: () => unknown): HttpError {
  try {
    work();
  } catch (error) {
    if (error instanceof HttpError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
