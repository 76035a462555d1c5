import type { Collector } from '../collectors/collector';
import { commandKey, type Command } from '../model/command';
import type { FamilyDescriptor } from '../model/family';

/** A collector that needs the reply to each of these commands and counts them in `redis_<name>`. */
export function makeCollector(
  name: string,
  commands: readonly Command[],
  overrides: Partial<Collector> = {}
): Collector {
  const family: FamilyDescriptor = {
    name: `redis_${name}`,
    type: 'gauge',
    unit: 'none',
    help: 'Replies.',
    labelNames: [],
    source: { command: 'TEST' },
  };
  return {
    name,
    help: 'Made for a test.',
    families: [family],
    commands: () => commands,
    collect(replies, sink) {
      const answered = commands.map((command) => replies.get(commandKey(command)));
      sink.add(family, answered.length);
    },
    ...overrides,
  };
}
