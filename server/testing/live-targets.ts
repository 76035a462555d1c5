import { collectors } from '../collectors/registry';
import { Secret } from '../model/secret';
import type { Target } from '../model/target';
import { TargetSet } from '../poll/target-set';
import { Connection } from '../redis/connection';
import { systemClock } from '../util/clock';
import { atEnd } from './cleanup';
import { makeTarget } from './fake-targets';
import type { RedisServer } from './redis-server';

/** Real servers, each polled with every collector and answered once; closed when the test file ends. */
export async function startLiveTargets(
  servers: Readonly<Record<string, Pick<RedisServer, 'host' | 'port' | 'password'>>>,
  overrides: Partial<Target> = {}
): Promise<TargetSet> {
  const set = new TargetSet({
    connect: (target, signal) => Connection.open(target, signal),
    collectors,
    clock: systemClock,
    random: () => 0,
    publish: () => undefined,
  });
  atEnd(() => set.close());
  const targets = Object.entries(servers).map(([name, { host, port, password }]) =>
    makeTarget(name, {
      address: { kind: 'tcp', host, port },
      timeoutMs: 5_000,
      ...(password !== undefined && { password: { from: 'value', value: new Secret(password) } }),
      ...overrides,
    })
  );
  set.replace(targets, () => false);
  await Promise.all(targets.map(({ name }) => set.poll(name, 60_000, 10_000)));
  return set;
}
