import type { FamilyDescriptor } from '../model/family';
import type { PollResult } from '../model/poll-result';
import { SampleRecorder } from '../model/sample-recorder';
import type { ServerFacts } from '../model/server-facts';
import { makeTarget } from './fake-targets';

/** A value, or one for each of several sets of labels. */
type Values = number | readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];

export interface PollParts {
  readonly target?: string;
  readonly atMs?: number;
  readonly facts?: Partial<ServerFacts>;
  /** By name of the family. */
  readonly samples?: Readonly<Record<string, Values>>;
  /** The poll got no answer. */
  readonly failure?: PollResult['failure'];
}

const FACTS: ServerFacts = {
  flavour: 'redis',
  version: [7, 2, 5],
  redisVersion: [7, 2, 5],
  mode: 'standalone',
  role: 'master',
  runId: 'run-a',
  startTimeSeconds: 1_600_000_000,
  sentinelMasters: [],
};

/** A poll as the test says: of target `cache`, which is a master of Redis 7.2.5. */
export function makePoll({
  target = 'cache',
  atMs = 1_700_000_000_000,
  facts,
  samples = {},
  failure,
}: PollParts = {}): PollResult {
  const recorder = new SampleRecorder();
  for (const [name, values] of Object.entries(samples)) {
    for (const [labels, value] of typeof values === 'number' ? [[{}, values] as const] : values) {
      recorder.add(familyOf(name, Object.keys(labels)), value, Object.values(labels));
    }
  }
  return {
    target: makeTarget(target),
    startedAtMs: atMs,
    durationMs: 1,
    facts: { ...FACTS, ...facts },
    collectorFailures: [],
    samples: recorder.finish(),
    ...(failure !== undefined && { failure }),
  };
}

const families = new Map<string, FamilyDescriptor>();

/** One object for each, as series are told apart by it. */
function familyOf(name: string, labelNames: readonly string[]): FamilyDescriptor {
  const key = [name, ...labelNames].join();
  let family = families.get(key);
  if (family === undefined) {
    family = { name, type: 'gauge', unit: 'none', help: 'Made for a test.', labelNames, source: { command: 'TEST' } };
    families.set(key, family);
  }
  return family;
}
