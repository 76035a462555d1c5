import { parseNumber } from '../parse/number';
import { fieldsLike, infoCollector, infoFields } from './info-fields';

const { counter } = infoFields('CPU');

// prettier-ignore
const FIELDS = [
  counter('used_cpu_sys', 'redis_cpu_sys_seconds_total', 'seconds',
    'System CPU time of the server process, all threads.'),
  counter('used_cpu_user', 'redis_cpu_user_seconds_total', 'seconds',
    'User CPU time of the server process, all threads.'),
  counter('used_cpu_sys_children', 'redis_cpu_sys_children_seconds_total', 'seconds',
    'System CPU time of ended child processes: RDB saves and AOF rewrites.'),
  counter('used_cpu_user_children', 'redis_cpu_user_children_seconds_total', 'seconds',
    'User CPU time of ended child processes: RDB saves and AOF rewrites.'),
  counter('used_cpu_sys_main_thread', 'redis_cpu_sys_main_thread_seconds_total', 'seconds',
    'System CPU time of the main thread, which executes the commands (Redis 6.2+).'),
  counter('used_cpu_user_main_thread', 'redis_cpu_user_main_thread_seconds_total', 'seconds',
    'User CPU time of the main thread, which executes the commands (Redis 6.2+).'),
  counter('used_active_time_main_thread', 'redis_active_time_main_thread_seconds_total', 'seconds',
    'Time the main thread spent working instead of waiting for work; 1 per second is full load (Valkey 9.1+).'),
];

const ioThread = infoFields('CPU', ['thread']).counter(
  'used_active_time_io_thread_<n>',
  'redis_active_time_io_thread_seconds_total',
  'seconds',
  'Time the I/O thread spent working instead of waiting for work; 1 per second is full load (Valkey 9.1+).'
).family;
const ioThreads = fieldsLike('CPU', /^used_active_time_io_thread_(\d+)$/);

/** INFO section CPU. */
export const cpu = infoCollector({
  name: 'cpu',
  help: 'CPU time of the server, its main thread and its children.',
  fields: FIELDS,
  families: [ioThread],
  collect({ info }, sink) {
    for (const { at, part } of ioThreads(info.shape)) {
      const seconds = parseNumber(info.values[at] as string);
      if (seconds !== undefined) sink.add(ioThread, seconds, [part]);
    }
  },
});
