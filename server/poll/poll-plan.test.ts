import type { CollectorFailure } from '../model/poll-result';
import type { ServerFacts } from '../model/server-facts';
import { makeCollector } from '../testing/make-collector';
import { planKey, planPoll } from './poll-plan';

const facts: ServerFacts = {
  flavour: 'redis',
  version: [7, 2, 6],
  redisVersion: [7, 2, 6],
  mode: 'standalone',
  role: 'master',
  runId: 'a',
  startTimeSeconds: 0,
  sentinelMasters: [],
};
const slow = { args: ['SLOWLOG', 'LEN'] } as const;
const latest = { args: ['LATENCY', 'LATEST'] } as const;
const off: CollectorFailure = { collector: 'b', code: 'no_permission', message: '', off: true };

function keys(...args: Parameters<typeof planPoll>): string[] {
  return planPoll(...args).commands.map(({ key }) => key);
}

describe('planPoll', () => {
  const collectors = [makeCollector('a', [slow]), makeCollector('b', [latest, slow]), makeCollector('c', [])];
  const none = new Set<string>();

  it('asks INFO first, then each command once', () => {
    expect(keys(collectors, facts, none, new Map())).toEqual(['INFO everything', 'SLOWLOG LEN', 'LATENCY LATEST']);
  });

  it.each([
    ['disabled', new Set(['b']), new Map(), true],
    ['off', none, new Map([['b', off]]), true],
    ['not for such a server', none, new Map(), false],
  ])('leaves out a collector that is %s, and what it alone asks', (_, disabled, off, applies) => {
    const given = [collectors[0]!, { ...collectors[1]!, applies: () => applies }, collectors[2]!];
    const plan = planPoll(given, facts, disabled, off);
    expect(plan.collectors.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(plan.commands.map(({ key }) => key)).toEqual(['INFO everything', 'SLOWLOG LEN']);
  });

  it.each([
    [[2, 8, 24], 'standalone', 'INFO all'],
    [[5, 0, 14], 'cluster', 'INFO all'],
    [[6, 0, 0], 'standalone', 'INFO everything'],
    [[6, 2, 16], 'sentinel', 'INFO all'],
    [[7, 0, 0], 'sentinel', 'INFO everything'],
  ] as const)('asks version %j as %s: %s', (redisVersion, mode, info) => {
    expect(planPoll([], { ...facts, redisVersion, mode }, none, new Map()).infoKey).toBe(info);
  });

  it('asks what was found to work', () => {
    const plan = planPoll(collectors, facts, none, new Map(), { args: ['INFO', 'all'] });
    expect([plan.infoKey, plan.commands[0]!.key]).toEqual(['INFO all', 'INFO all']);
  });
});

describe('planKey', () => {
  it.each<[string, Partial<ServerFacts>]>([
    ['flavour', { flavour: 'valkey' }],
    ['version', { version: [7, 2, 7] }],
    ['version of Redis', { redisVersion: [7, 4, 0] }],
    ['mode', { mode: 'cluster' }],
    ['role', { role: 'slave' }],
    ['masters', { sentinelMasters: ['cache'] }],
  ])('is another one for another %s', (_, other) => {
    expect(planKey({ ...facts, ...other })).not.toBe(planKey(facts));
  });

  it('is the same after a restart', () => {
    expect(planKey({ ...facts, runId: 'b', startTimeSeconds: 5 })).toBe(planKey(facts));
  });
});
