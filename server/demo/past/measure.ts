import { setTimeout as sleep } from 'node:timers/promises';
import { collectors } from '../../collectors/registry';
import type { PollResult } from '../../model/poll-result';
import type { Target } from '../../model/target';
import { TargetSet } from '../../poll/target-set';
import { Connection } from '../../redis/connection';
import { systemClock } from '../../util/clock';
import { INTERVAL_MS } from '../collector';
import { HOST } from '../ports';
import { DEMO_TARGETS, labelsOf, type DemoTarget, type Ports } from '../topology';

const POLLS = 5;
const EVERY_MS = 900;
const DEADLINE_MS = 5_000;

export type Measurement = ReadonlyMap<DemoTarget, readonly PollResult[]>;

/** Polls all servers a few times as the collector does. Rejects when one cannot be polled. */
export async function measure(ports: Ports, signal: AbortSignal): Promise<Measurement> {
  const set = new TargetSet({
    connect: (target, aborted) => Connection.open(target, aborted),
    collectors,
    clock: systemClock,
    random: Math.random,
    publish: () => undefined,
  });
  try {
    set.replace(
      DEMO_TARGETS.map((name) => toTarget(name, ports[name])),
      () => false
    );
    const found = new Map(DEMO_TARGETS.map((name) => [name, [] as PollResult[]]));
    for (let poll = 0; poll < POLLS; poll++) {
      if (poll > 0) await sleep(EVERY_MS, undefined, { signal });
      for (const result of await Promise.all(DEMO_TARGETS.map((name) => set.poll(name, 0, DEADLINE_MS)))) {
        if (result.failure !== undefined) throw new Error(`a poll has failed: ${result.failure.message}`);
        found.get(result.target.name as DemoTarget)?.push(result); // safe: the targets are those of the demo
      }
    }
    return found;
  } finally {
    set.close();
  }
}

function toTarget(name: DemoTarget, port: number): Target {
  return {
    name,
    address: { kind: 'tcp', host: HOST, port },
    labels: labelsOf(name),
    // Never by the clock.
    intervalMs: 24 * 3_600_000,
    timeoutMs: Math.max(INTERVAL_MS, DEADLINE_MS),
    disabledCollectors: new Set(),
  };
}
