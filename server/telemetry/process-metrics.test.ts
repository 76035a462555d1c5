import { parseExposition, sampleValue, type ExposedFamily } from '../testing/exposition';
import { Telemetry } from './telemetry';

async function read(): Promise<ReadonlyMap<string, ExposedFamily>> {
  const telemetry = new Telemetry({ namespace: 'redis', version: '1.2.3', countTargets: () => 0 });
  return parseExposition(await telemetry.text('text', 'process'));
}

describe('the metrics of our process', () => {
  it.each([
    ['process_cpu_seconds_total', 'counter'],
    ['process_cpu_user_seconds_total', 'counter'],
    ['process_cpu_system_seconds_total', 'counter'],
    ['process_open_fds', 'gauge'],
    ['process_max_fds', 'gauge'],
    ['process_resident_memory_bytes', 'gauge'],
    ['process_virtual_memory_bytes', 'gauge'],
    ['process_virtual_memory_max_bytes', 'gauge'],
    ['process_start_time_seconds', 'gauge'],
    ['process_network_receive_bytes_total', 'counter'],
    ['process_network_transmit_bytes_total', 'counter'],
    ['nodejs_heap_size_total_bytes', 'gauge'],
    ['nodejs_heap_size_used_bytes', 'gauge'],
    ['nodejs_external_memory_bytes', 'gauge'],
    ['nodejs_eventloop_lag_max_seconds', 'gauge'],
    ['nodejs_eventloop_lag_mean_seconds', 'gauge'],
    ['nodejs_eventloop_lag_p50_seconds', 'gauge'],
    ['nodejs_eventloop_lag_p99_seconds', 'gauge'],
  ])('%s is a %s with a number', async (name, type) => {
    const families = await read();
    expect(families.get(name)?.type).toBe(type);
    expect(sampleValue(families, name)).toBeGreaterThanOrEqual(0);
  });

  it('are true of this process', async () => {
    const families = await read();
    const value = (name: string) => sampleValue(families, name)!;
    expect(Math.abs(value('process_start_time_seconds') - (Date.now() / 1000 - process.uptime()))).toBeLessThan(5);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(10e6);
    expect(value('process_virtual_memory_bytes')).toBeGreaterThan(value('process_resident_memory_bytes'));
    expect(value('process_virtual_memory_max_bytes')).toBeGreaterThan(value('process_virtual_memory_bytes'));
    expect(value('process_max_fds')).toBeGreaterThan(value('process_open_fds'));
    expect(value('process_open_fds')).toBeGreaterThan(2);
    const halves = value('process_cpu_user_seconds_total') + value('process_cpu_system_seconds_total');
    expect(value('process_cpu_seconds_total')).toBeCloseTo(halves, 1);
    expect(value('process_cpu_seconds_total')).toBeGreaterThan(0);
  });

  it('say which Node.js it is', async () => {
    expect(sampleValue(await read(), 'nodejs_version_info', { version: process.version })).toBe(1);
  });
});
