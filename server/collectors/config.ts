import type { FamilyDescriptor, Unit } from '../model/family';
import { commandKey } from '../model/command';
import { parseNumber } from '../parse/number';
import type { Collector } from './collector';
import { configCommands, settings } from './config-values';

function family(
  name: string,
  unit: Unit,
  help: string,
  key: string,
  labelNames: readonly string[] = []
): FamilyDescriptor {
  return { name, type: 'gauge', unit, help, labelNames, source: { command: `CONFIG GET ${key}` } };
}

const NUMBERS = [
  {
    key: 'io-threads',
    family: family('redis_config_io_threads', 'none', 'Configured threads for reading and writing.', 'io-threads'),
  },
  {
    key: 'maxclients',
    family: family('redis_config_maxclients', 'none', 'Most clients that may be connected at once.', 'maxclients'),
  },
  {
    key: 'maxmemory',
    family: family(
      'redis_config_maxmemory',
      'bytes',
      'Configured limit of memory for data; 0 means none.',
      'maxmemory'
    ),
  },
  {
    key: 'repl-backlog-size',
    family: family(
      'redis_config_repl_backlog_size',
      'bytes',
      'Configured size of the replication backlog.',
      'repl-backlog-size'
    ),
  },
];

const BUFFER_KEY = 'client-output-buffer-limit';
const bufferLimit = family(
  'redis_config_client_output_buffer_limit_bytes',
  'bytes',
  'A client of the class is disconnected when its output buffer exceeds the hard limit, or stays above the soft one; 0 means no limit.',
  BUFFER_KEY,
  ['class', 'limit']
);
const bufferSeconds = family(
  'redis_config_client_output_buffer_limit_overcome_seconds',
  'seconds',
  'How long a client of the class may stay above the soft limit before it is disconnected.',
  BUFFER_KEY,
  ['class', 'limit']
);

/** CONFIG GET of the settings in use, asked once a minute; the values in between are the last ones. */
export const config: Collector = {
  name: 'config',
  help: 'Settings the other values are read against: limits of clients, memory and buffers; number of databases.',
  families: [...NUMBERS.map((row) => row.family), bufferLimit, bufferSeconds],
  applies: (facts) => facts.mode !== 'sentinel',
  commands: configCommands,
  collect(replies, sink) {
    for (const command of configCommands(replies.facts)) replies.array(commandKey(command));
    const known = settings(replies);
    for (const { key, family } of NUMBERS) {
      const value = parseNumber(known.get(key) ?? '');
      if (value !== undefined) sink.add(family, value);
    }
    // `normal 0 0 0 slave 268435456 67108864 60 pubsub ...`: class, hard bytes, soft bytes, soft seconds.
    const words = (known.get(BUFFER_KEY) ?? '').split(' ');
    for (let at = 0; at + 3 < words.length; at += 4) {
      const [name, hard, soft, seconds] = words.slice(at, at + 4) as [string, string, string, string];
      sink.add(bufferLimit, Number(hard), [name, 'hard']);
      sink.add(bufferLimit, Number(soft), [name, 'soft']);
      sink.add(bufferSeconds, Number(seconds), [name, 'soft']);
    }
  },
};
