import { Secret } from '../model/secret';
import type { Target } from '../model/target';
import { sameTarget } from './same-target';

/** As if loaded anew each time. */
function target(changed: Partial<Target> = {}): Target {
  return {
    name: 'cache',
    address: { kind: 'tcp', host: 'cache', port: 6379 },
    username: 'user',
    password: { from: 'value', value: new Secret('hunter2') },
    tls: { caFile: '/ca', insecureSkipVerify: false },
    labels: { team: 'a', zone: 'z' },
    intervalMs: 10_000,
    timeoutMs: 2_000,
    disabledCollectors: new Set(['latency', 'slowlog']),
    ...changed,
  };
}

describe('sameTarget', () => {
  it.each<[string, Partial<Target>]>([
    ['nothing', {}],
    ['the order of labels', { labels: { zone: 'z', team: 'a' } }],
    ['the order of collectors', { disabledCollectors: new Set(['slowlog', 'latency']) }],
  ])('is true when %s changed', (_, changed) => {
    expect(sameTarget(target(), target(changed))).toBe(true);
  });

  it.each<[string, Partial<Target>]>([
    ['name', { name: 'queue' }],
    ['host', { address: { kind: 'tcp', host: 'queue', port: 6379 } }],
    ['port', { address: { kind: 'tcp', host: 'cache', port: 6380 } }],
    ['kind of address', { address: { kind: 'unix', path: '/run/redis.sock' } }],
    ['user', { username: 'other' }],
    ['password', { password: { from: 'value', value: new Secret('hunter3') } }],
    ['source of the password', { password: { from: 'env', variable: 'hunter2' } }],
    ['TLS', { tls: { caFile: '/other', insecureSkipVerify: false } }],
    ['labels', { labels: { team: 'a' } }],
    ['interval', { intervalMs: 5_000 }],
    ['timeout', { timeoutMs: 1_000 }],
    ['collectors', { disabledCollectors: new Set(['latency']) }],
  ])('is false when the %s changed', (_, changed) => {
    expect(sameTarget(target(), target(changed))).toBe(false);
  });

  it.each(['username', 'password', 'tls'])('is false when the %s is gone', (gone) => {
    const without = Object.fromEntries(Object.entries(target()).filter(([key]) => key !== gone)) as unknown as Target; // the three are optional
    expect(sameTarget(target(), without)).toBe(false);
    expect(sameTarget(without, target())).toBe(false);
  });
});
