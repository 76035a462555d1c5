import type { FamilyDescriptor, Unit } from '../model/family';
import { parseNumber } from '../parse/number';
import type { Collector } from './collector';
import { knowsCommandlog, settings } from './config-values';

function family(name: string, unit: Unit, help: string, command: string): FamilyDescriptor {
  return { name, type: 'gauge', unit, help, labelNames: [], source: { command } };
}

const LENGTHS = [
  ['slow', 'redis_commandlog_slow_length', 'Entries in the log of slow commands now.'],
  ['large-request', 'redis_commandlog_large_request_length', 'Entries in the log of commands with large requests now.'],
  ['large-reply', 'redis_commandlog_large_reply_length', 'Entries in the log of commands with large replies now.'],
].map(([log, name, help]) => {
  const command = `COMMANDLOG LEN ${log}`;
  return { log: log as string, command, family: family(name as string, 'none', help as string, command) };
});

const SETTINGS = (
  [
    [
      'commandlog-execution-slower-than',
      'microseconds',
      'Commands slower than this are logged; -1 switches the log off.',
    ],
    ['commandlog-slow-execution-max-len', 'none', 'Most entries the log of slow commands keeps.'],
    ['commandlog-request-larger-than', 'bytes', 'Requests larger than this are logged; -1 switches the log off.'],
    ['commandlog-large-request-max-len', 'none', 'Most entries the log of large requests keeps.'],
    ['commandlog-reply-larger-than', 'bytes', 'Replies larger than this are logged; -1 switches the log off.'],
    ['commandlog-large-reply-max-len', 'none', 'Most entries the log of large replies keeps.'],
  ] as const
).map(([key, unit, help]) => ({
  key,
  family: family(`redis_${key.replaceAll('-', '_')}`, unit, help, `CONFIG GET ${key}`),
}));

/** COMMANDLOG LEN of the three logs and their settings (Valkey 8.1+). */
export const commandlog: Collector = {
  name: 'commandlog',
  help: "Lengths and limits of Valkey's logs of slow commands, large requests and large replies.",
  families: [...LENGTHS, ...SETTINGS].map((row) => row.family),
  applies: knowsCommandlog,
  commands: () => LENGTHS.map(({ log }) => ({ args: ['COMMANDLOG', 'LEN', log] })),
  collect(replies, sink) {
    for (const row of LENGTHS) sink.add(row.family, replies.integer(row.command));
    const known = settings(replies);
    for (const row of SETTINGS) {
      const value = parseNumber(known.get(row.key) ?? '');
      if (value !== undefined) sink.add(row.family, value);
    }
  },
};
