import type { FamilyDescriptor, Unit } from '../model/family';
import type { Collector } from './collector';
import { UnexpectedReply } from './replies';

function family(name: string, unit: Unit, help: string, command: string): FamilyDescriptor {
  return { name, type: 'gauge', unit, help, labelNames: [], source: { command } };
}

const length = family('redis_slowlog_length', 'none', 'Entries in the slow log now.', 'SLOWLOG LEN');
const lastId = family(
  'redis_slowlog_last_id',
  'none',
  'Id of the newest entry; ids grow by one with every slow command, so its increase counts them. 0 when the log is empty.',
  'SLOWLOG GET 1'
);
const lastDuration = family(
  'redis_last_slow_execution_duration_seconds',
  'seconds',
  'Execution time of the newest entry; 0 when the log is empty.',
  'SLOWLOG GET 1'
);

/** SLOWLOG LEN and the newest entry: `[id, unix time, microseconds, [arguments], client address, client name]`. */
export const slowlog: Collector = {
  name: 'slowlog',
  help: 'Length of the slow log and its newest entry.',
  families: [length, lastId, lastDuration],
  applies: (facts) => facts.mode !== 'sentinel',
  commands: () => [{ args: ['SLOWLOG', 'LEN'] }, { args: ['SLOWLOG', 'GET', '1'] }],
  collect(replies, sink) {
    sink.add(length, replies.integer('SLOWLOG LEN'));
    const newest = replies.array('SLOWLOG GET 1')[0] ?? [0, 0, 0];
    const [id, , usec] = Array.isArray(newest) ? (newest as readonly unknown[]) : [];
    if (typeof id !== 'number' || typeof usec !== 'number') {
      throw new UnexpectedReply('SLOWLOG GET 1', 'a list of entries with id and duration');
    }
    sink.add(lastId, id);
    sink.add(lastDuration, usec / 1e6);
  },
};
