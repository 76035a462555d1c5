import { infoCollector, infoFields } from './info-fields';

const { counter } = infoFields('CPU');

/** INFO section CPU. */
export const cpu = infoCollector({
  name: 'cpu',
  help: 'CPU time of the server, its main thread and its children.',
  fields: [
    counter(
      'used_cpu_sys',
      'redis_cpu_sys_seconds_total',
      'seconds',
      'System CPU time of the server process, all threads.'
    ),
    counter(
      'used_cpu_user',
      'redis_cpu_user_seconds_total',
      'seconds',
      'User CPU time of the server process, all threads.'
    ),
  ],
});
