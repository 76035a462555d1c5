import { collected } from '../testing/collected';
import { cpu } from './cpu';

describe('cpu', () => {
  it('gives each I/O thread', () => {
    const info = [
      '# CPU',
      'used_cpu_sys:4.25',
      'used_active_time_main_thread:192.003980',
      'used_active_time_io_thread_1:7.5',
      'used_active_time_io_thread_12:0.000000',
      '# Elsewhere',
      'used_active_time_io_thread_3:9',
      '',
    ].join('\r\n');
    expect(collected(cpu, info)).toEqual({
      redis_cpu_sys_seconds_total: 4.25,
      redis_active_time_main_thread_seconds_total: 192.00398,
      'redis_active_time_io_thread_seconds_total{thread="1"}': 7.5,
      'redis_active_time_io_thread_seconds_total{thread="12"}': 0,
    });
  });
});
